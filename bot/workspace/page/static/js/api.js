// Acting in the workspace, and what every module shares: the place, delegated listeners, toasts.
import { DOWN, isDown } from "./line.js";

const sentences = JSON.parse(document.body.dataset.sentences);
const updated = [];
const coming = [];
const moved = [];
const before = [];
const READING = 75; // ms a letter, for those who read slowly

/** The request may have arrived or not, and nobody here can know. */
export class Unanswered extends Error {
  constructor() {
    super("The workspace did not answer, so nobody can tell whether this arrived. Look before you try again.");
  }
}

/** Call a verb of the control interface; the promise is its result, or an Error with a sentence. Never sent again. */
export async function control(verb, args = {}) {
  if (isDown()) throw new Error(DOWN);
  const method = { method: "POST", headers: { "content-type": "application/json" } };
  const answer = await fetch(`/control/${verb}`, { ...method, body: JSON.stringify(args) }).catch(unanswered);
  const body = await answer.json().catch(answer.ok ? unanswered : () => ({}));
  if (!answer.ok) throw new Error(body.error || `The workspace answered ${answer.status}.`);
  return body.result;
}

function unanswered() {
  throw new Unanswered();
}

/** Like `control`, with the button busy meanwhile and every trouble told; null when it failed. */
export async function act(verb, args, button) {
  button?.setAttribute("aria-busy", "true");
  try {
    await Promise.all(before.map((fn) => fn()));
    const result = await control(verb, args);
    const trouble = sentenceOf(result);
    if (trouble) tell(trouble, "error");
    return result;
  } catch (problem) {
    tell(problem.message, "error");
    return null;
  } finally {
    button?.removeAttribute("aria-busy");
  }
}

/** Have something done before every act; what `fn` promises is waited for, and must not fail. */
export function beforeAct(fn) {
  before.push(fn);
}

/** What a person reads of a result's error; "" for none, and where sentences stand at the fields. */
export function sentenceOf(result) {
  if (!result?.error || result.error === "form_incomplete") return "";
  return sentences[result.error] || result.reason || result.error;
}

/** Where this page is. */
export function place() {
  const query = new URLSearchParams(location.search);
  return { as: query.get("as") || "", in: query.get("in") || "", thread: query.get("thread") || "" };
}

/** Go somewhere else without a reload: {as, in, thread}. What is not named stays, "" clears; a thread stays in its room. */
export function go(change, { replace = false } = {}) {
  const query = new URLSearchParams(location.search);
  const elsewhere = ["as", "in"].some((name) => name in change && change[name] !== query.get(name));
  if (elsewhere) query.delete("shown");
  if (elsewhere && "in" in change) query.delete("thread");
  for (const [name, value] of Object.entries(change)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  travel(`?${query}`, { replace });
}

/** Go to an address of this page: its query, as a link of it says. */
export function travel(search, { replace = false } = {}) {
  if (search !== location.search) history[replace ? "replaceState" : "pushState"](null, "", search);
  for (const fn of moved) fn(search);
}

/** Be told when the page goes somewhere: fn(search). */
export function onMove(fn) {
  moved.push(fn);
}

/** Be told after a region was shown anew: fn(element). */
export function onUpdate(region, fn) {
  updated.push([region, fn]);
}

/** Be told before regions are shown anew: fn(names). */
export function beforeUpdate(fn) {
  coming.push(fn);
}

/** Say that regions are about to be shown anew. */
export function foretell(names) {
  for (const fn of coming) fn(names);
}

/** Say that regions were shown anew. */
export function announce(names) {
  for (const [region, fn] of updated) if (names.includes(region)) fn(document.getElementById(region));
}

/** Listen on everything that matches now or later: fn(event, element). */
export function on(type, selector, fn) {
  document.addEventListener(type, (event) => {
    const element = event.target instanceof Element ? event.target.closest(selector) : null;
    if (element) fn(event, element);
  });
}

/** Say a sentence at the edge of the page, or in the window that covers it; errors and long ones stay longer. */
export function tell(sentence, kind = "info") {
  const toast = document.createElement("p");
  toast.className = `toast toast-${kind}`;
  toast.textContent = sentence;
  (document.querySelector("dialog[open] [data-notes]") || document.getElementById("toasts")).append(toast);
  setTimeout(() => toast.remove(), Math.max(kind === "error" ? 9000 : 4000, sentence.length * READING));
}
