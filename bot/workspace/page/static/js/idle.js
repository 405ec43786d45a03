// Whether a button may act now: not one that says why it does nothing, and not twice at once.

/** True unless the button is switched off or busy. */
export function isIdle(button) {
  return button.getAttribute("aria-disabled") !== "true" && button.getAttribute("aria-busy") !== "true";
}
