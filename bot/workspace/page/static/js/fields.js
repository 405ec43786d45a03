// What is typed into a window reaches the workspace by itself, and no update of the window takes it away.
//
// A field that differs from what the workspace knows is kept as it is (data-keep) until the workspace knows it too.
import { beforeAct, control, onUpdate } from "./api.js";
import { facts } from "./facts.js";
import { isDown } from "./line.js";
import { byId, collect } from "./values.js";

const PAUSE = 300;
const LATE = 2000;
const KEPT = "#window [data-keep][data-input]";
const changed = new Set();
const told = new Set();
let timer = 0;
let telling = Promise.resolve();

/** Whether there is something typed that the server did not draw yet, so that the form may not know it was touched. */
export function isUntold() {
  return document.querySelector(KEPT) !== null;
}

/** Tell the workspace what was typed; the promise is that it knows. What it will not take is said at submitting. */
export function settle() {
  clearTimeout(timer);
  if (changed.size) telling = telling.then(tellChanged);
  return telling;
}

/** Forget what is not told yet, because its window goes. */
export function forget() {
  clearTimeout(timer);
  changed.clear();
}

/** Let the server draw every field again; returns those that it could not draw before, for `hold`. */
export function release() {
  const fields = [...document.querySelectorAll(KEPT)];
  fields.forEach(free);
  changed.clear();
  return fields;
}

/** Keep what is typed into these fields after all, because the workspace did not take it; it is told again later. */
export function hold(fields) {
  for (const field of fields) {
    if (field.dataset.type !== "file_input") changed.add(field);
    field.setAttribute("data-keep", "");
  }
}

async function tellChanged() {
  const fields = [...changed].filter((field) => field.isConnected);
  changed.clear();
  const form = fields[0]?.closest("form");
  if (!form) return;
  try {
    await control("fill", { user: facts().user, view_id: form.dataset.view, values: only(collect(form), fields) });
  } catch {
    if (isDown()) hold(fields);
    return;
  }
  for (const field of fields) if (!changed.has(field)) told.add(field);
  setTimeout(freeTold, LATE);
}

function only(values, fields) {
  const found = byId();
  for (const { dataset } of fields) {
    (found[dataset.block] ??= byId())[dataset.action] = values[dataset.block]?.[dataset.action];
  }
  return found;
}

function freeTold() {
  for (const field of told) if (!changed.has(field)) free(field);
  told.clear();
}

function free(field) {
  field.removeAttribute("data-keep");
}

function noticed(event) {
  const field = event.target instanceof Element ? event.target.closest("#window form [data-action][data-input]") : null;
  if (!field || field.dataset.type === "file_input") return;
  field.setAttribute("data-keep", "");
  changed.add(field);
  soon();
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(settle, PAUSE);
}

for (const type of ["input", "change", "chosen", "closed"]) document.addEventListener(type, noticed);
onUpdate("modal", () => {
  freeTold();
  if (changed.size) soon(); // what could not be told while the line was lost
});
beforeAct(settle);
