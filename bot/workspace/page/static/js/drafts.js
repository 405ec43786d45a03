// Drafts: words that wait for their place to be shown again, and the id under which they are sent, so that words whose
// answer was lost can be sent again and still stand once. Both are kept as long as the browser's tab.

const idKey = (form) => `${form.id}/id`;

/** What was being written here. */
export function draftOf(form) {
  return sessionStorage.getItem(form.id) || "";
}

/** Keep what is being written here; "" for nothing. */
export function keepDraft(form, words) {
  if (words) sessionStorage.setItem(form.id, words);
  else sessionStorage.removeItem(form.id);
}

/** The id of the message that is sent now: the kept one, where the same draft was sent before without an answer. */
export function takeId(form) {
  const id = sessionStorage.getItem(idKey(form)) || crypto.randomUUID();
  forgetId(form);
  return id;
}

/** Keep the id of a draft that came back unchanged. */
export function keepId(form, id) {
  sessionStorage.setItem(idKey(form), id);
}

/** The draft is another one now, and stands for another message. */
export function forgetId(form) {
  sessionStorage.removeItem(idKey(form));
}
