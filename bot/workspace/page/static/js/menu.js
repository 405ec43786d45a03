// One menu for the whole page: it opens beside the button that asks for it, and goes with a choice, Escape or a click
// elsewhere; the focus returns to the button. The arrow keys are those of every menu (popups.js).
import "./popups.js";

const GAP = 6;
let opener = null;

/** Open a menu beside a button: `items` are {label, about, danger, run}, null for a line between them. */
export function openMenu(button, items) {
  const menu = document.getElementById("menu") || make();
  if (menu.matches(":popover-open")) menu.hidePopover();
  opener?.setAttribute("aria-expanded", "false"); // "toggle" comes when another button has opened it already
  opener = button;
  (button.closest("main, section, nav, aside, header") || document.body).append(menu);
  menu.setAttribute("aria-label", button.getAttribute("aria-label") || "Menu");
  menu.replaceChildren(...items.map((item) => (item ? entry(menu, item) : line())));
  button.setAttribute("aria-expanded", "true");
  menu.showPopover();
  put(menu, button.getBoundingClientRect());
  menu.querySelector("[role=menuitem]").focus();
}

function make() {
  const menu = document.createElement("div");
  menu.id = "menu";
  menu.className = "menu";
  menu.setAttribute("data-stays", "");
  menu.setAttribute("role", "menu");
  menu.setAttribute("popover", "auto");
  menu.addEventListener("toggle", (event) => event.newState === "closed" && closed(menu));
  menu.addEventListener("keydown", (event) => typed(event, menu));
  return menu;
}

function closed(menu) {
  if (menu.matches(":popover-open")) return;
  opener?.setAttribute("aria-expanded", "false");
}

function entry(menu, { label, about, danger, run }) {
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1;
  button.className = danger ? "menu-item is-danger" : "menu-item";
  button.setAttribute("role", "menuitem");
  button.append(words("menu-label", label));
  if (about) button.append(words("menu-about", about));
  button.addEventListener("click", () => {
    const from = opener;
    menu.hidePopover();
    from.focus({ preventScroll: true });
    run(from);
  });
  return button;
}

function words(className, text) {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}

function line() {
  const rule = document.createElement("div");
  rule.className = "menu-line";
  rule.setAttribute("role", "separator");
  return rule;
}

/** Beside the button, on whichever side there is room, and never outside of the page. */
function put(menu, { left, right, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = bottom + GAP + height <= innerHeight || top < height + GAP;
  const x = left + width <= innerWidth - GAP ? left : right - width;
  menu.style.left = `${Math.max(GAP, Math.min(x, innerWidth - width - GAP))}px`;
  menu.style.top = `${Math.max(GAP, below ? Math.min(bottom + GAP, innerHeight - height - GAP) : top - height - GAP)}px`;
}

/** A letter goes to the next item that begins with it. */
function typed(event, menu) {
  if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const from = items.indexOf(document.activeElement) + 1;
  const turned = [...items.slice(from), ...items.slice(0, from)];
  turned.find((item) => item.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
}
