// Presses on click (buttons, menus) and on change (selects, pickers, ticks), unless the element waits in a form.
import { act, on } from "./api.js";
import { confirmed } from "./confirm.js";
import "./external.js";
import { facts, isStill } from "./facts.js";
import "./files.js";
import "./popups.js";
import { surfaceOf } from "./surface.js";
import { isChanged, restore, valueOf } from "./values.js";

export { collect } from "./values.js";

const BUTTONS = "button[data-action], a[data-action]";
const PICKERS = "input[type=date], input[type=time], input[type=datetime-local]";
const PICKED_AFTER = 900;
const TYPED_AFTER = 400;
const timers = new WeakMap();

/**
 * Press an element, after its confirmation; what the person did not confirm goes back to what it was.
 *
 * It is pressed as what it was when it was shown, and only while the page shows whom it was shown to.
 */
export async function press(element, value, shown = element) {
  const surface = element.isConnected && surfaceOf(element);
  if (!surface || shown.getAttribute("aria-busy") === "true") return false;
  const { action: action_id, block: block_id } = element.dataset;
  const args = { user: facts().user, action_id, block_id, value, ...surface };
  if (!(await confirmed(element))) {
    restore(element);
    element.dispatchEvent(new CustomEvent("restored", { bubbles: true }));
    return false;
  }
  if (!isStill(args.user)) return false;
  const result = await act("press", args, shown);
  if (result === null) restore(element);
  return result !== null;
}

on("click", BUTTONS, async (event, button) => {
  const link = button.matches("a") && asks(button) ? button.href : "";
  if (link) event.preventDefault();
  const pressed = await press(button, button.dataset.value);
  if (link && pressed) open(link, "_blank", "noopener");
});

on("click", "[role=menu] > [data-option]", async (event, item) => {
  const menu = item.parentElement;
  const opener = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  menu.hidePopover();
  const pressed = await press(menu, item.dataset.option, opener);
  if (pressed && item.dataset.address) open(item.dataset.address, "_blank", "noopener");
});

on("change", "[data-action]", (event, element) => {
  describe(element);
  if (!pressesOnChange(element) || element.matches(".bk-multi")) return; // a list tells once, when it closes
  if (element.matches(PICKERS)) later(element, PICKED_AFTER);
  else press(element, valueOf(element));
});

on("closed", ".bk-multi[data-action]", (event, element) => {
  if (pressesOnChange(element) && isChanged(element)) press(element, valueOf(element), shownOf(element));
});

on("chosen", ".bk-external [data-action]", (event, element) => {
  if (waits(element)) return;
  press(element, valueOf(element));
});

on("focusout", PICKERS, (event, element) => timers.has(element) && now(element));

on("keydown", "[data-action]", (event, element) => {
  if (event.key !== "Enter" || !element.matches("input")) return;
  if (timers.has(element)) now(element);
  if (!element.dataset.dispatch?.includes("on_enter_pressed")) return;
  event.preventDefault();
  press(element, valueOf(element));
});

on("input", "[data-dispatch~=on_character_entered]", (event, element) => later(element, TYPED_AFTER));

/** A picker also changes while a person types a date digit by digit: it presses once they stop, leave or confirm. */
function later(element, wait) {
  clearTimeout(timers.get(element));
  timers.set(element, setTimeout(now, wait, element));
}

function now(element) {
  clearTimeout(timers.get(element));
  timers.delete(element);
  if (element.validity.valid && isChanged(element)) press(element, valueOf(element));
}

/** An element of a form waits for the form, unless its block dispatches. */
function waits(element) {
  return "input" in element.dataset && !("dispatch" in element.dataset);
}

function pressesOnChange(element) {
  if (element.matches(`.bk-external *, ${BUTTONS}, [role=menu], [type=file]`)) return false;
  return "input" in element.dataset ? element.dataset.dispatch === "" : true;
}

function shownOf(element) {
  return element.querySelector("[data-popup]") ?? element;
}

function asks(element) {
  return element.closest(".bk-element")?.querySelector(":scope > template[data-confirm]") !== null;
}

/** A closed select does not show what its option says about itself: the line below it does. */
function describe(element) {
  const line = element.matches("select") && element.closest(".bk-element")?.querySelector("[data-about]:not(option)");
  if (line) line.textContent = element.selectedOptions[0]?.dataset.about ?? "";
}
