// Following the tour: says what was ticked off, leads to the spot of a step, and lets nobody miss the closing words.
import { control, onUpdate, tell } from "./api.js";
import { pointAt, pointBeside } from "./pointing.js";
import { isCalm, say } from "./side-said.js";

const TICK = [{ transform: "scale(0.4)", opacity: 0 }, { transform: "scale(1.25)", opacity: 1 }, { transform: "none" }];
const RISE = [{ transform: "translateY(8px)", opacity: 0 }, { transform: "none", opacity: 1 }];

let known = done(document.getElementById("side"));
let wasOver = Boolean(closingOf(document.getElementById("side")));

onUpdate("side", (panel) => {
  const now = done(panel);
  const fresh = [...now.keys()].filter((key) => !known.has(key));
  const closing = closingOf(panel);
  const isOver = Boolean(closing) && !wasOver;
  known = now;
  wasOver = Boolean(closing);
  if (!fresh.length) return;
  const titles = fresh.map((key) => now.get(key).dataset.title).join(", ");
  const isSeen = isOver && panel.checkVisibility();
  say([`Done: ${titles}.`, isSeen ? closing.textContent : ""].join(" ").trim());
  if (isOver) close(closing, isSeen);
  if (!isCalm()) tick(fresh.map((key) => now.get(key)));
});

/** The closing words come into view; where the panel is put away, they are said at the edge of the page. */
function close(closing, isSeen) {
  if (!isSeen) return tell(closing.textContent);
  closing.scrollIntoView({ block: "center", behavior: isCalm() ? "instant" : "smooth" });
  if (!isCalm()) closing.animate(RISE, { duration: 500, easing: "ease-out" });
}

function tick(steps) {
  for (const step of steps) step.querySelector(".side-tick")?.animate(TICK, { duration: 420, easing: "ease-out" });
}

document.addEventListener("click", show, { capture: true });

/** Hears the click before the page goes there, to know whether it is there already. */
function show(event) {
  const lead = event.target instanceof Element ? event.target.closest("[data-show]") : null;
  if (!lead || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  if (lead.dataset.take) take(lead.dataset.take);
  if ("beside" in lead.dataset) pointBeside(lead.dataset.label);
  else pointAt(lead.dataset, { isHere: lead.search === location.search });
}

/** It is no more than a note that somebody set out: when it is lost, the next way asked for says the same. */
function take(key) {
  control("take_step", { key }).catch(() => {});
}

function closingOf(panel) {
  return panel.querySelector(".side-closing");
}

function done(panel) {
  return new Map([...panel.querySelectorAll("[data-done]")].map((step) => [step.dataset.step, step]));
}
