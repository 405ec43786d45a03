// Lists that open over the page: overflow menus by arrow keys, multi-selects with what is ticked as chips.
import { on } from "./api.js";

const KEYS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("toggle", (event) => toggled(event.target, event.newState === "open"), true);

function toggled(popup, opened) {
  if (!(popup instanceof HTMLElement) || !popup.matches(".bk-popup[popover]")) return;
  const opener = openerOf(popup);
  opener?.setAttribute("aria-expanded", String(opened));
  popup.toggleAttribute("data-keep", opened); // what is ticked or found stays while the page around it changes
  if (opened) enter(popup);
  else popup.closest(".bk-multi")?.dispatchEvent(new CustomEvent("closed", { bubbles: true }));
}

/** To the first thing in the list, unless the keys are further already. */
function enter(popup) {
  if (!popup.contains(document.activeElement)) popup.querySelector("[role=menuitem], [data-find], input")?.focus();
}

function openerOf(popup) {
  return document.querySelector(`[popovertarget="${CSS.escape(popup.id)}"]`);
}

on("keydown", "[role=menu]", (event, menu) => {
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  if (event.key in KEYS) items.at((at + KEYS[event.key]) % items.length).focus();
  else if (event.key === "Home") items[0].focus();
  else if (event.key === "End") items.at(-1).focus();
  else if (event.key === "Tab") menu.hidePopover();
  else return;
  if (event.key !== "Tab") event.preventDefault();
});

on("input", "[data-find]", (event, field) => {
  const wanted = field.value.trim().toLowerCase();
  for (const choice of field.closest(".bk-popup").querySelectorAll(".bk-choice")) {
    choice.hidden = !choice.textContent.toLowerCase().includes(wanted);
  }
});

on("change", ".bk-multi", (event, multi) => showTicked(multi));
on("restored", ".bk-multi", (event, multi) => showTicked(multi));

function showTicked(multi) {
  const line = multi.querySelector("[data-chosen]");
  const boxes = [...multi.querySelectorAll("[type=checkbox]")];
  const ticked = boxes.filter((box) => box.checked);
  line.replaceChildren(...(ticked.length ? ticked.map(chip) : [placeholder(line.dataset.placeholder)]));
  const full = "most" in multi.dataset && ticked.length >= Number(multi.dataset.most);
  for (const box of boxes) box.disabled = full && !box.checked;
}

function chip(box) {
  return word("bk-chip", box.closest("label").querySelector("[data-words]").textContent);
}

function placeholder(text) {
  return word("bk-placeholder", text);
}

function word(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}
