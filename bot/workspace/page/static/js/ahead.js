// The tour where the panel is a drawer: it opens once to say hello; a line says what comes next, until one folds it.
import { on, onUpdate, tell } from "./api.js";
import { isNarrow, openDrawer } from "./drawers.js";
import { keep, kept } from "./kept.js";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const step = () => byId("open-tour")?.dataset.step;

let shown = step();

/** Not while somebody writes, and not over a window: then the line has to do. */
function welcome() {
  if (!isNarrow() || kept("welcomed") || !document.querySelector("#side .side-tour:not(:has(.side-closing))")) return;
  if (document.querySelector("dialog[open]") || document.activeElement?.matches("input, textarea, select")) return;
  keep("welcomed", "yes");
  openDrawer(byId("side-panel"), byId("fold-side"));
}

/** The panel says what was ticked off; it cannot be heard while it is shut. */
function changed(line) {
  const before = shown;
  shown = step();
  if (!before || before === shown || !isNarrow() || byId("side-panel").checkVisibility()) return;
  const title = line.querySelector(".ahead-title")?.textContent;
  byId("heard").textContent = title ? `Done. ${title}` : "Done. That was the whole tour.";
}

function fold() {
  root.dataset.ahead = "folded";
  keep("ahead", "folded");
  byId("fold-side").focus();
  tell("The tour is still there: press “Tour” at the top.");
}

on("click", "#open-tour", (_event, button) => openDrawer(byId("side-panel"), button));
on("click", "#fold-ahead", fold);
onUpdate("ahead", changed);
onUpdate("side", welcome);
welcome();
