// Points at a message and at the control in it whose name starts with some words, once the page shows them.
import { onUpdate, tell } from "./api.js";
import { isCalm } from "./side-said.js";

const CONTROLS = "button, a[href], input, select, textarea, summary, [role=button], [role=textbox], [contenteditable]";
const OF_THE_APP = "[data-action]";
const ROOMS = ["modal", "main", "thread"];
const PLACES = [...ROOMS, "side"];
const PATIENCE = 4000;
const UNCHANGED = 600;

let sought = null;

/** Point at a spot {message, label}; `isHere`: the page need not go anywhere for it. */
export function pointAt(spot, { isHere }) {
  clearTimeout(sought?.timer);
  if (!spot.message && !spot.label) return;
  sought = { ...spot, timer: setTimeout(giveUp, PATIENCE) };
  setTimeout(seek, isHere ? 0 : UNCHANGED);
}

for (const region of ROOMS) onUpdate(region, seek);

function seek() {
  if (!sought) return;
  const message = find(sought.message);
  if (sought.message && !message) return;
  const control = sought.label ? named(sought.label, message) : null;
  if (!message && !control) return;
  clearTimeout(sought.timer);
  sought = null;
  show(message, control);
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
  const places = message ? [message] : PLACES.map((id) => document.getElementById(id));
  const wanted = label.toLowerCase();
  const isIt = (one) => one.checkVisibility() && nameOf(one).toLowerCase().startsWith(wanted);
  const among = (selector) => places.flatMap((place) => [...place.querySelectorAll(selector)]).find(isIt);
  return among(OF_THE_APP) ?? among(CONTROLS) ?? null;
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
