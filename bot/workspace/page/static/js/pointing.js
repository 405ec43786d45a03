// Points at a message and at the control in it whose name starts with some words, once the page shows them; or writes
// words where they are to be sent; or points at a control of the panel at the side.
import { onUpdate, tell } from "./api.js";
import { isCalm } from "./side-said.js";
import { composerOf, write } from "./side-typing.js";

const CONTROLS = "button, a[href], input, select, textarea, summary, [role=button], [role=textbox], [contenteditable]";
const OF_THE_APP = "[data-action]";
const ROOMS = ["modal", "main", "thread"];
const PATIENCE = 4000;
const UNCHANGED = 600;

let sought = null;

/** Point at a spot {message, label, typed, writer, channel}; `isHere`: the page need not go anywhere for it. */
export function pointAt(spot, { isHere }) {
  clearTimeout(sought?.timer);
  sought = null;
  if (!spot.message && !spot.label && !spot.typed) return;
  sought = { ...spot, timer: setTimeout(giveUp, PATIENCE) };
  setTimeout(seek, isHere ? 0 : UNCHANGED);
}

/** Point at a control of the panel, wherever in it that is folded away. */
export function pointBeside(label) {
  if (!document.getElementById("side-panel").checkVisibility()) document.getElementById("fold-side").click();
  const control = [...document.getElementById("side").querySelectorAll(CONTROLS)].find((one) => isNamed(one, label));
  if (!control) return giveUp();
  for (let fold = control.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  show(null, control);
}

for (const region of ROOMS) onUpdate(region, seek);

function seek() {
  if (!sought) return;
  if (sought.typed) return seekComposer();
  const message = find(sought.message);
  if (sought.message && !message) return;
  const control = sought.label ? named(sought.label, message) : null;
  if (!message && !control) return;
  found();
  show(message, control);
}

function seekComposer() {
  const form = composerOf(sought);
  if (!form) return;
  const { typed } = sought;
  found();
  write(form, typed);
  ring(form, isCalm());
}

function found() {
  clearTimeout(sought.timer);
  sought = null;
}

function giveUp() {
  sought = null;
  tell("It is not on this page any more.");
}

function find(ts) {
  return ts ? document.querySelector(`[data-surface][data-ts="${CSS.escape(ts)}"]`) : null;
}

/** What the app shows comes before what the page itself has by the same name. */
function named(label, message) {
  const places = message ? [message] : ROOMS.map((id) => document.getElementById(id));
  const isIt = (one) => one.checkVisibility() && isNamed(one, label);
  const among = (selector) => places.flatMap((place) => [...place.querySelectorAll(selector)]).find(isIt);
  return among(OF_THE_APP) ?? among(CONTROLS) ?? null;
}

function isNamed(control, label) {
  return nameOf(control).toLowerCase().startsWith(label.toLowerCase());
}

function nameOf(control) {
  const labels = [...(control.labels || [])].map((label) => label.textContent).join(" ");
  return (control.ariaLabel || labels || control.textContent || control.placeholder || "").trim();
}

function show(message, control) {
  const target = control || message;
  const calm = isCalm();
  (message || control).scrollIntoView({ block: "center" });
  if (!control) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  if (message) glow(message, calm);
  if (control) ring(control, calm);
}

function glow(message, calm) {
  const tint = { backgroundColor: "var(--accent-soft)" };
  const none = { backgroundColor: "transparent" };
  message.animate(calm ? [tint, tint] : [none, tint, tint, none], { duration: 3200, easing: "ease-in-out" });
}

function ring(control, calm) {
  const near = { outline: "3px solid var(--accent)", outlineOffset: "2px" };
  const far = { outline: "3px solid var(--accent)", outlineOffset: "7px" };
  if (calm) control.animate([near, near], { duration: 4000 });
  else control.animate([near, far, near], { duration: 1100, iterations: 3, easing: "ease-in-out" });
}
