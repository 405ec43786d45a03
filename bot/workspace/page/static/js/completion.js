// Completing what is being written: /commands at the start of a message, @people and #rooms anywhere.
import { on } from "./api.js";
import { facts } from "./facts.js";

const MOST = 8;
const KINDS = [
  { mark: "/", before: /^\/(\S*)$/, found: (word) => commands(word) },
  { mark: "@", before: /(?:^|[\s(])@([\w.-]*)$/, found: (word) => named(facts().people, word) },
  { mark: "#", before: /(?:^|[\s(])#([\w.-]*)$/, found: (word) => named(facts().rooms, word) },
];

/** Offer what fits the words before the caret; nothing closes the list. */
export function offer(form) {
  const asked = askedFor(form);
  const choices = asked ? asked.kind.found(asked.word).slice(0, MOST) : [];
  listOf(form).replaceChildren(...choices.map((choice, index) => option(form, asked.kind.mark, choice, index)));
  listOf(form).hidden = !choices.length;
  point(form, choices.length ? 0 : -1);
}

/** Close the list. */
export function withdraw(form) {
  listOf(form).hidden = true;
  point(form, -1);
}

/** Whether a key was for the list: arrows, Enter and Tab to take, Escape to close. */
export function completes(event, form) {
  const list = listOf(form);
  if (list.hidden) return false;
  const now = pointed(form);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) point(form, (now + step + list.children.length) % list.children.length);
  else if (event.key === "Escape") withdraw(form);
  else if (event.key !== "Tab" && (event.key !== "Enter" || isWhole(form))) return false;
  else take(form, list.children[now]);
  event.preventDefault();
  return true;
}

function askedFor(form) {
  const box = form.querySelector("textarea");
  const words = box.value.slice(0, box.selectionStart);
  for (const kind of KINDS) {
    const match = words.match(kind.before);
    if (match) return { kind, word: match[1].toLowerCase(), start: words.length - match[1].length - 1 };
  }
  return null;
}

/** What is pointed at stands there in full already, so that Enter sends. */
function isWhole(form) {
  const asked = askedFor(form);
  const wanted = listOf(form).children[pointed(form)]?.dataset.insert.toLowerCase();
  return Boolean(asked) && wanted === asked.kind.mark + asked.word;
}

function take(form, chosen) {
  const box = form.querySelector("textarea");
  const asked = askedFor(form);
  withdraw(form);
  if (!asked) return; // the caret went elsewhere
  box.setRangeText(`${chosen.dataset.insert} `, asked.start, box.selectionStart, "end");
  form.dispatchEvent(new CustomEvent("completed", { bubbles: true }));
}

function commands(word) {
  const fits = facts().commands.filter(({ command }) => command.slice(1).toLowerCase().startsWith(word));
  return fits.map(({ command, description, usage_hint: usage }) => ({ name: command.slice(1), about: description, usage }));
}

function named(those, word) {
  const fits = ({ name, about }) =>
    name.toLowerCase().startsWith(word) || about.toLowerCase().split(/\s+/).some((part) => part.startsWith(word));
  return those.filter(fits).sort((one, other) => other.name.startsWith(word) - one.name.startsWith(word));
}

function option(form, mark, { name, about, usage = "" }, index) {
  const row = document.createElement("div");
  row.id = `${form.id}-option-${index}`;
  row.className = "composer-option";
  row.dataset.insert = mark + name;
  row.setAttribute("role", "option");
  row.append(part("strong", mark + name), part("code", usage), part("span", about || ""));
  return row;
}

function part(tag, words) {
  const element = document.createElement(tag);
  element.textContent = words;
  element.hidden = !words;
  return element;
}

function listOf(form) {
  return form.querySelector("[role=listbox]");
}

function pointed(form) {
  return [...listOf(form).children].findIndex((row) => row.ariaSelected === "true");
}

function point(form, index) {
  const rows = [...listOf(form).children];
  rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === index)));
  const box = form.querySelector("textarea");
  if (rows[index]) box.setAttribute("aria-activedescendant", rows[index].id);
  else box.removeAttribute("aria-activedescendant");
  rows[index]?.scrollIntoView({ block: "nearest" });
}

on("mousedown", ".composer-option", (event, row) => {
  event.preventDefault();
  take(row.closest("form"), row);
});
