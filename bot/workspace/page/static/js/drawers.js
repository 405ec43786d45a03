// The panels at both sides: columns where there is room, drawers that take the focus where there is not.
import { on, onMove, onUpdate } from "./api.js";
import { keep } from "./kept.js";

const NARROW = matchMedia("(width <= 1100px)");
const PHONE = matchMedia("(width <= 720px)");
const BEHIND = ["top", "ahead", "banner", "main", "thread"];
const byId = (id) => document.getElementById(id);
const root = document.documentElement;

let open = null;

/** Whether the panels are drawers, or at least the one at the side. */
export function isNarrow() {
  return NARROW.matches;
}

/** Open a panel as a drawer; when it is closed, the focus goes to the button. */
export function openDrawer(panel, button) {
  closeDrawer();
  open = { panel, button: button.id };
  panel.dataset.open = "";
  setBehind(true);
  panel.querySelector("[data-close-drawer]").focus();
  tellButtons();
}

function closeDrawer({ focus = true } = {}) {
  if (!open) return;
  const { panel, button } = open;
  open = null;
  delete panel.dataset.open;
  setBehind(false);
  tellButtons();
  if (focus) (byId(button)?.checkVisibility() ? byId(button) : byId("fold-side")).focus();
}

function setBehind(inert) {
  for (const id of BEHIND) byId(id).inert = inert;
  byId("scrim").hidden = !inert;
}

function isSideShown() {
  return NARROW.matches ? open?.panel.id === "side-panel" : root.dataset.side !== "folded";
}

function tellButtons() {
  for (const id of ["fold-side", "open-tour"]) byId(id)?.setAttribute("aria-expanded", String(isSideShown()));
  byId("open-rooms")?.setAttribute("aria-expanded", String(open?.panel.id === "sidebar-panel"));
}

function fold() {
  root.dataset.side = root.dataset.side === "folded" ? "" : "folded";
  keep("side", root.dataset.side);
  tellButtons();
}

on("click", "#fold-side", (_event, button) => {
  if (NARROW.matches) openDrawer(byId("side-panel"), button);
  else fold();
});
on("click", "#open-rooms", (_event, button) => openDrawer(byId("sidebar-panel"), button));
on("click", "[data-close-drawer], #scrim", () => closeDrawer());
window.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !open || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  closeDrawer();
});
onMove(() => closeDrawer({ focus: false }));
addEventListener("popstate", () => closeDrawer({ focus: false }));
for (const media of [NARROW, PHONE]) {
  media.addEventListener("change", () => {
    closeDrawer({ focus: false });
    tellButtons();
  });
}
onUpdate("top", tellButtons);
onUpdate("ahead", tellButtons);
tellButtons();
