// Where the keyboard is when a window opens, changes and goes.

const FIELDS = "input:not([type=hidden], [type=file]), textarea, select";
let pressed = null;
let opener = null;

/** Whether nothing has the focus, because what had it is gone. */
export function isLost() {
  return !document.activeElement || document.activeElement === document.body;
}

/** Remember from where a window opens: what has the focus, else what was pressed last. */
export function rememberOpener() {
  const element = isLost() ? pressed : document.activeElement;
  const surface = element?.closest("[data-surface]");
  opener = { element, id: element?.id, ts: surface?.dataset.ts };
}

/** Go back to where the window was opened from, or to what stands in its place now. */
export function returnToOpener() {
  const { element, id, ts } = opener || {};
  opener = null;
  const again = element?.isConnected ? element : id && document.getElementById(id);
  const message = ts && document.querySelector(`[data-surface][data-ts="${CSS.escape(ts)}"]`);
  const found = again || message?.querySelector("button, a") || document.getElementById("main");
  found?.focus({ preventScroll: true });
}

/** Start in a window: at the field that asks for it, else the first one, else the title. On a phone no keyboard comes. */
export function enter(form) {
  const wanted = form.querySelector("[autofocus]:not([popover] *)");
  const typing = matchMedia("(pointer: coarse)").matches ? null : form.querySelector(`.window-body :is(${FIELDS})`);
  (wanted || typing || form.querySelector(".window-title"))?.focus({ preventScroll: !wanted });
}

/** Go to the first of these blocks that shows its error; whether there is one yet. */
export function enterFirstError(form, blocks) {
  const shown = (block) => blocks.includes(block.dataset.field) && block.querySelector(".bk-error");
  const wrong = [...form.querySelectorAll("[data-field]")].find(shown);
  wrong?.querySelector(`:is(${FIELDS}, button)`)?.focus();
  return Boolean(wrong);
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button, a, select") : null;
  if (button && !button.closest("dialog")) pressed = button;
});
