// Following the tour: says what was ticked off, and points at the spot of a step.
import { onUpdate } from "./api.js";
import { pointAt } from "./pointing.js";
import { isCalm, say } from "./side-said.js";

const TICK = [{ transform: "scale(0.4)", opacity: 0 }, { transform: "scale(1.25)", opacity: 1 }, { transform: "none" }];

let known = done(document.getElementById("side"));

onUpdate("side", (panel) => {
  const now = done(panel);
  const fresh = [...now.keys()].filter((key) => !known.has(key));
  known = now;
  if (!fresh.length) return;
  const closing = panel.querySelector(".side-closing")?.textContent ?? "";
  say(`Done: ${fresh.map((key) => now.get(key).dataset.title).join(", ")}. ${closing}`.trim());
  if (isCalm()) return;
  for (const key of fresh) now.get(key).querySelector(".side-tick")?.animate(TICK, { duration: 420, easing: "ease-out" });
});

document.addEventListener("click", show, { capture: true });

/** Hears the click before the page goes there, to know whether it is there already. */
function show(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-show]") : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  const { message, label } = link.dataset;
  pointAt({ message, label }, { isHere: link.search === location.search });
}

function done(panel) {
  return new Map([...panel.querySelectorAll("[data-done]")].map((step) => [step.dataset.step, step]));
}
