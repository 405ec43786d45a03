// Puts words where somebody writes, for them to send. What they were writing there is never lost.
import { tell } from "./api.js";

const DRAFT = "Something of yours is being written here. Send it or clear it, then ask for the way again.";

/** The composer of a room {writer, channel}, ids both, once the page shows it as that person; else null. */
export function composerOf({ writer, channel }) {
  const whose = `[data-user="${CSS.escape(writer)}"][data-channel="${CSS.escape(channel)}"]`;
  return document.querySelector(`#main form[data-composer]${whose}[data-thread=""]`);
}

/** Write the words as if they had been typed, and put the caret behind them. */
export function write(form, words) {
  const box = form.querySelector("textarea");
  const isFree = !box.value.trim() || box.value === words;
  box.focus({ preventScroll: true });
  if (!isFree) return tell(DRAFT);
  box.value = words;
  box.setSelectionRange(words.length, words.length);
  box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: words }));
}
