// Following the tour: says what was ticked off, and points at the spot of a step.
import { on, onUpdate } from "./api.js";
import { pointAt } from "./pointing.js";

const TICK = [{ transform: "scale(0.4)", opacity: 0 }, { transform: "scale(1.25)", opacity: 1 }, { transform: "none" }];

let known = done(document.getElementById("side"));

onUpdate("side", (panel) => {
  const now = done(panel);
  const fresh = [...now.keys()].filter((key) => !known.has(key));
  known = now;
  if (!fresh.length) return;
  say(`Done: ${fresh.map((key) => now.get(key).dataset.title).join(", ")}`, panel.querySelector(".side-closing"));
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const key of fresh) now.get(key).querySelector(".side-tick")?.animate(TICK, { duration: 420, easing: "ease-out" });
});

on("click", "a[data-show]", (event, link) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  const { message, label } = link.dataset;
  pointAt({ message, label }, { isHere: link.search === location.search });
});

function done(panel) {
  return new Map([...panel.querySelectorAll("[data-done]")].map((step) => [step.dataset.step, step]));
}

function say(words, closing) {
  document.getElementById("side-said").textContent = closing ? `${words}. ${closing.textContent}` : words;
}
