// What the panel says to those who listen instead of looking, and whether its movements are welcome.

/** Say a sentence politely, also when it is the same one again. */
export function say(sentence) {
  const line = document.getElementById("side-said");
  line.textContent = line.textContent === sentence ? `${sentence}\u00a0` : sentence;
}

/** Whether this person asked for no movement. */
export function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
