// Windows: the app's topmost modal as a real dialog: shown when it comes, sent once, closed with a question when words
// would be lost, with the keyboard where it belongs. The server says which one is open; this page only shows it.
import "./home.js";
import { control, on, onUpdate, sentenceOf, tell } from "./api.js";
import { ask } from "./ask.js";
import { facts } from "./facts.js";
import { forget, hold, isUntold, release, settle } from "./fields.js";
import { enter, enterFirstError, isLost, rememberOpener, returnToOpener } from "./focus.js";
import { collect } from "./values.js";

const PATIENCE = 1200;
let shown = "";
let sending = false;
let leaving = false;
let wrong = [];

function follow() {
  const dialog = document.getElementById("window");
  const form = dialog?.querySelector("form");
  if (!dialog || !form) return gone();
  if (!dialog.open) open(dialog);
  if (shown && form.id !== shown) say("");
  if (form.id !== shown || isLost()) enter(form);
  shown = form.id;
  if (wrong.length && enterFirstError(form, wrong)) wrong = [];
}

function open(dialog) {
  if (!shown) rememberOpener();
  dialog.showModal();
  dialog.addEventListener("cancel", escaped);
}

function escaped(event) {
  if (event.defaultPrevented || event.target.closest?.("[popover]:popover-open")) return;
  event.preventDefault();
  leave(false);
}

function gone() {
  if (!shown) return;
  shown = "";
  wrong = [];
  if (isLost()) returnToOpener();
}

/** Say one thing in the window, in the place of what was said there before; "" takes it away. */
function say(sentence, kind = "info") {
  const notes = document.getElementById("window-notes");
  if (!notes) return sentence && tell(sentence, kind);
  const line = document.createElement("p");
  line.className = `window-note window-note-${kind}`;
  line.textContent = sentence;
  if (kind === "error") line.setAttribute("role", "alert");
  notes.replaceChildren(...(sentence ? [line] : []));
}

/** Do something for which a button waits: it looks busy at once, and after a while the window says so. */
async function wait(button, work) {
  button.setAttribute("aria-busy", "true");
  say("");
  const waiting = setTimeout(() => say(`Waiting for ${facts().app}…`), PATIENCE);
  try {
    const result = await work();
    clearTimeout(waiting);
    const trouble = sentenceOf(result);
    say(trouble, "error");
    return result;
  } catch (problem) {
    say(problem.message, "error");
    return null;
  } finally {
    clearTimeout(waiting);
    button.removeAttribute("aria-busy");
  }
}

async function send(form, button) {
  if (sending) return;
  sending = true;
  wrong = [];
  const result = await wait(button, () => submit(form));
  sending = false;
  if (result) goOn(form, result);
}

/** The server draws the fields again, with its errors, unless it did not hear of them. */
async function submit(form) {
  const { user } = facts();
  await settle();
  const fields = release();
  try {
    return await control("submit", { user, view_id: form.dataset.view, values: collect(form) });
  } catch (problem) {
    hold(fields);
    throw problem;
  }
}

/** After an answer: to the first error, as soon as it is shown, or to the beginning of what stands here now. */
function goOn(form, { errors, error, views }) {
  const now = document.getElementById(form.id);
  wrong = Object.keys(errors);
  if (!now || error === "operation_timeout") return;
  if (wrong.length) wrong = enterFirstError(now, wrong) ? [] : wrong;
  else if (!error && views.at(-1)?.id === now.dataset.view) enter(now);
}

/** Close the topmost window, or with `everything` all of them, unless the person would rather keep their words. */
async function leave(everything, button) {
  const form = document.querySelector("#window form");
  if (!form || leaving) return;
  leaving = true;
  if (await mayLose(form, everything)) {
    forget();
    const closer = button || form.querySelector("[data-close]");
    const args = { user: facts().user, view_id: form.dataset.view, everything };
    await wait(closer, () => control("close", args));
  }
  leaving = false;
}

async function mayLose(form, everything) {
  const words = isUntold() || "touched" in form.dataset || (everything && "touchedBelow" in form.dataset);
  if (!words) return true;
  return ask({
    title: "Discard what you wrote?",
    text: "It has not been sent, and closing the window does not keep it.",
    yes: "Discard",
    no: "Keep writing",
  });
}

on("keydown", "#window", (event) => event.key === "Escape" && escaped(event));
on("submit", "#window form", (event, form) => {
  event.preventDefault();
  const button = document.querySelector("#window button[type=submit]");
  if (button) send(form, button);
});
on("click", "#window [data-close]", (_event, button) => leave(button.dataset.close === "all", button));
onUpdate("modal", follow);
follow();
