// The menu "act as" and the list of who is here: where they open, and how the menu works by keyboard.
import { on } from "./api.js";

const GAP = 6;
const EDGE = 8;
const byId = (id) => document.getElementById(id);

/** Under its button, and inside the window. */
function put(panel, button) {
  const box = button.getBoundingClientRect();
  const right = Math.max(EDGE, document.documentElement.clientWidth - box.right);
  const furthest = Math.max(EDGE, document.documentElement.clientWidth - panel.offsetWidth - EDGE);
  panel.style.insetBlockStart = `${box.bottom + GAP}px`;
  panel.style.insetInlineEnd = `${Math.min(right, furthest)}px`;
}

function items() {
  return [...document.querySelectorAll("#who-menu [role='menuitemradio']")];
}

function toggled(event) {
  const panel = event.target;
  const button = panel.id && document.querySelector(`[popovertarget="${CSS.escape(panel.id)}"]`);
  if (!button || panel.matches(".bk-popup")) return; // the lists of elements place themselves
  const isOpen = event.newState === "open";
  if (button.hasAttribute("aria-expanded")) button.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) return;
  put(panel, button);
  if (panel.id === "who-menu") (items().find((one) => one.ariaChecked === "true") || items()[0])?.focus();
  else panel.focus();
}

function step(event, item) {
  const all = items();
  const here = all.indexOf(item);
  const next = {
    ArrowDown: all[(here + 1) % all.length],
    ArrowUp: all[(here - 1 + all.length) % all.length],
    Home: all[0],
    End: all.at(-1),
  }[event.key];
  if (next) next.focus();
  else if (event.key === " ") item.click();
  else if (event.key === "Tab") byId("who-menu").hidePopover();
  else if (!typed(event, all, here)) return;
  if (event.key !== "Tab") event.preventDefault();
}

/** A letter goes to the next person whose name begins with it. */
function typed(event, all, here) {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return false;
  const after = [...all.slice(here + 1), ...all.slice(0, here + 1)];
  const name = (one) => one.querySelector(".who-name").textContent.toLowerCase();
  const found = after.find((one) => name(one).startsWith(event.key.toLowerCase()));
  found?.focus();
  return Boolean(found);
}

document.addEventListener("toggle", toggled, true);
on("keydown", "#who-menu [role='menuitemradio']", step);
on("keydown", "#who", (event) => {
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  byId("who-menu").showPopover();
});
on("click", "#who-menu [data-as]", () => {
  byId("who-menu").hidePopover();
  byId("who").focus();
});
