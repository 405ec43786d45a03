// Moving time: by a span, to a jump's moment, or to the time that somebody typed; then says what time it is. A typed
// moment that is far ahead is said first, because time cannot go back, and the second press goes there.
import { act, control, on, onUpdate, tell } from "./api.js";
import { isIdle } from "./idle.js";
import { isCalm, say } from "./side-said.js";

const SHOWN_WITHIN = 10_000;
const A_SECOND = 1000; // the page shows whole ones
const FAR_AHEAD = 12 * 3600;
const LIT = [{ color: "var(--accent)" }, { color: "var(--text)" }];

let goal = null; // the time that this page asked for (ms), until it is shown and said; and when that was
let agreed = "";

on("click", "[data-forward], [data-forward-to], [data-forward-words]", (_event, button) => {
  if (isIdle(button)) move(button);
});

on("submit", "form[data-move-time]", async (event, form) => {
  event.preventDefault();
  const field = form.elements.namedItem("words");
  if (!field.value.trim()) return complain(field, `Write a time, such as ${field.placeholder}.`);
  const button = form.querySelector("button");
  if (!isIdle(button)) return;
  button.setAttribute("aria-busy", "true");
  try {
    const goal = await instant(button, field.value);
    if (goal.ahead > FAR_AHEAD && agreed !== field.value) return announceGoal(field, goal.told);
    await forwardTo(goal.at);
    field.value = "";
    forget(field);
  } catch (problem) {
    complain(field, sentence(problem.message));
  } finally {
    button.removeAttribute("aria-busy");
  }
});

on("input", "#side-words", (_event, field) => forget(field));

onUpdate("side", sayIfThere);

async function move(button) {
  const { forward, forwardTo: at, forwardWords: words } = button.dataset;
  if (forward) return moved(await act("live_for", { seconds: Number(forward) }, button));
  if (at) return moved(await act("live_to", { at: Number(at) }, button));
  button.setAttribute("aria-busy", "true");
  try {
    await forwardTo((await instant(button, words)).at);
  } catch (problem) {
    tell(sentence(problem.message), "error");
  } finally {
    button.removeAttribute("aria-busy");
  }
}

async function instant(button, words) {
  const { user } = button.closest("[data-user]").dataset;
  return control("clock_for", { user, words });
}

async function forwardTo(at) {
  moved(await control("live_to", { at }));
}

/** The new time may be on the page already, or come with its next update. */
function moved(result) {
  if (result === null) return;
  goal = { time: result.now * 1000 - A_SECOND, at: performance.now() };
  sayIfThere();
  if (result.jumped) tell("So much was due on the way that time jumped over the rest, as on a computer that was asleep.");
}

function sayIfThere() {
  const shown = document.querySelector(".side-clock time");
  if (goal === null || performance.now() - goal.at > SHOWN_WITHIN || Date.parse(shown.dateTime) < goal.time) return;
  goal = null;
  const [hour, day] = [".side-hour", ".side-day"].map((part) => shown.querySelector(part));
  say(`It is ${hour.textContent}, ${day.textContent}.`);
  if (!isCalm()) hour.animate(LIT, { duration: 900, easing: "ease-out" });
}

/** Where the words lead; the next press with the same words goes there. */
function announceGoal(field, told) {
  agreed = field.value;
  complain(field, "");
  document.getElementById("side-words-goal").textContent =
    `That is ${told}, and time cannot go back. Press Move again to go there.`;
}

function forget(field) {
  agreed = "";
  complain(field, "");
  document.getElementById("side-words-goal").textContent = "";
}

function complain(field, words) {
  document.getElementById("side-words-trouble").textContent = words;
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (words) field.focus();
}

function sentence(words) {
  const end = /[.!?…]$/.test(words) ? "" : ".";
  return words.charAt(0).toUpperCase() + words.slice(1) + end;
}
