// Menus whose options the app is asked for while a person types: a combobox with the app's answer below it.
import { control, on, tell } from "./api.js";
import { facts } from "./facts.js";
import { surfaceOf } from "./surface.js";
import { options } from "./values.js";

const FIELD = ".bk-external input";
const ASKED_AFTER = 250;
const questions = new WeakMap();

on("input", FIELD, (event, field) => {
  clearTimeout(questions.get(field));
  questions.set(field, setTimeout(ask, ASKED_AFTER, field));
});
on("focusin", FIELD, (event, field) => boxOf(field).dataset.least === "0" && ask(field));
on("focusout", FIELD, (event, field) => left(field));

on("keydown", FIELD, (event, field) => {
  const list = listOf(field);
  if (!list.matches(":popover-open")) return;
  const items = [...list.querySelectorAll("[role=option]")];
  const at = items.findIndex((item) => item.id === field.getAttribute("aria-activedescendant"));
  if (event.key === "ArrowDown") point(field, items, at + 1 < items.length ? at + 1 : 0);
  else if (event.key === "ArrowUp") point(field, items, at <= 0 ? items.length - 1 : at - 1);
  else if (event.key === "Enter" && items[at]) choose(field, JSON.parse(items[at].dataset.option));
  else if (event.key === "Escape") hide(field);
  else return;
  event.preventDefault();
  event.stopPropagation();
});

on("mousedown", ".bk-external [role=option]", (event, item) => {
  event.preventDefault(); // the field keeps the focus
  choose(item.closest(".bk-external").querySelector("input"), JSON.parse(item.dataset.option));
});

on("click", ".bk-external [data-drop]", (event, chip) => {
  const field = chip.closest(".bk-external").querySelector("input");
  set(field, options(field).filter((one) => one.value !== chip.dataset.drop));
  field.focus();
});

function boxOf(field) {
  return field.closest(".bk-external");
}

function listOf(field) {
  return boxOf(field).querySelector("[role=listbox]");
}

function severalIn(field) {
  return boxOf(field).dataset.several === "true";
}

async function ask(field) {
  const words = field.value.trim();
  const surface = surfaceOf(field);
  if (!surface || !field.isConnected || words.length < Number(boxOf(field).dataset.least)) return hide(field);
  const { action: action_id, block: block_id } = field.dataset;
  field.setAttribute("aria-busy", "true");
  try {
    const offered = await control("suggest", { user: facts().user, action_id, block_id, value: words, ...surface });
    if (field.value.trim() === words && document.activeElement === field) show(field, offered);
  } catch (problem) {
    tell(problem.message, "error");
  } finally {
    field.removeAttribute("aria-busy");
  }
}

/** Show what the app offered: {options} or {option_groups}. */
function show(field, offered) {
  const list = listOf(field);
  const groups = offered.option_groups ?? [{ options: offered.options ?? [] }];
  const parts = groups.flatMap((group) => [...(group.label ? [heading(group.label.text)] : []), ...group.options.map(item)]);
  list.replaceChildren(...(parts.some((part) => part.role === "option") ? parts : [heading("Nothing found")]));
  list.querySelectorAll("[role=option]").forEach((one, index) => (one.id = `${list.id}-${index}`));
  list.setAttribute("data-keep", "");
  if (!list.matches(":popover-open")) list.showPopover({ source: field });
  field.setAttribute("aria-expanded", "true");
  field.removeAttribute("aria-activedescendant");
}

function hide(field) {
  const list = listOf(field);
  if (list.matches(":popover-open")) list.hidePopover();
  list.removeAttribute("data-keep");
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function heading(words) {
  const line = document.createElement("div");
  line.className = "bk-popup-heading";
  line.role = "presentation";
  line.textContent = words;
  return line;
}

function item(option) {
  const line = document.createElement("div");
  line.role = "option";
  line.className = "bk-item";
  line.ariaSelected = "false";
  line.dataset.option = JSON.stringify(option);
  line.textContent = option.text.text;
  if (!option.description) return line;
  const about = document.createElement("span");
  about.className = "bk-choice-about";
  about.textContent = option.description.text;
  line.append(about);
  return line;
}

function point(field, items, index) {
  items.forEach((one, at) => (one.ariaSelected = String(at === index)));
  if (!items[index]) return;
  items[index].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", items[index].id);
}

function choose(field, option) {
  hide(field);
  if (!severalIn(field)) return set(field, [option]);
  const others = options(field).filter((one) => one.value !== option.value);
  const most = Number(boxOf(field).dataset.most || Infinity);
  if (others.length < most) set(field, [...others, option]);
}

function set(field, chosen) {
  field.dataset.chosen = JSON.stringify(chosen);
  field.value = severalIn(field) ? "" : (chosen[0]?.text.text ?? "");
  if (severalIn(field)) boxOf(field).querySelector("[data-chips]").replaceChildren(...chosen.map(chip));
  field.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
}

function chip(option) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "bk-chip";
  button.dataset.drop = option.value;
  button.ariaLabel = `Remove ${option.text.text}`;
  button.textContent = option.text.text;
  return button;
}

/** Words that chose nothing do not stay: an emptied menu is cleared, any other shows again what it is set to. */
function left(field) {
  clearTimeout(questions.get(field));
  hide(field);
  if (severalIn(field)) field.value = "";
  else if (!field.value.trim() && options(field).length) set(field, []);
  else field.value = options(field)[0]?.text.text ?? "";
}
