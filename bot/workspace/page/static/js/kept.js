// What this browser keeps between visits, such as what was folded away; one that keeps nothing forgets it with the page.

/** What was kept under a name; "" for nothing. */
export function kept(name) {
  try {
    return localStorage.getItem(name) || "";
  } catch {
    return "";
  }
}

/** Keep a word under a name. */
export function keep(name, word) {
  try {
    localStorage.setItem(name, word);
  } catch {
    // see above
  }
}
