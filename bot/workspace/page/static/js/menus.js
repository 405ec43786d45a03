// Menus of messages and of the app: shortcuts, copying a link, changing and deleting one's own words.
import { act, on, tell } from "./api.js";
import { ask } from "./ask.js";
import { editInPlace } from "./editing.js";
import { facts, isStill } from "./facts.js";
import { openMenu } from "./menu.js";

const KINDS = { message: messageItems, shortcuts: shortcutItems };

function messageItems(button) {
  const message = button.closest("[data-surface][data-ts]");
  const { channel, ts } = message.dataset;
  const where = { channel, ts };
  const own = [
    { label: "Edit message", run: () => editInPlace(message, where) },
    { label: "Delete message", danger: true, run: (from) => remove(where, from) },
  ];
  const first = [{ label: "Copy link", run: () => copyLink(message) }, ...("own" in message.dataset ? own : [])];
  const apps = shortcuts("message", (callback_id, from) => run("message_shortcut", { callback_id, ...where }, from));
  return apps.length ? [...apps, null, ...first] : first;
}

function shortcutItems() {
  return shortcuts("global", (callback_id, from) => run("shortcut", { callback_id }, from));
}

function shortcuts(kind, start) {
  const found = facts().shortcuts.filter(({ type }) => type === kind);
  return found.map(({ name, callback_id: id, description }) => ({
    label: name,
    about: description ? `${description} · ${facts().app}` : facts().app,
    run: (from) => start(id, from),
  }));
}

/** The button is busy until the app has answered, and does nothing else meanwhile. */
function run(verb, args, button) {
  return act(verb, { user: facts().user, ...args }, button);
}

/** The link opens the message's thread, or where the page is now. */
async function copyLink(message) {
  const link = message.querySelector("a[data-thread-link]");
  try {
    await navigator.clipboard.writeText(link?.href || location.href);
    tell("Link copied.");
  } catch {
    tell("The browser does not let this page copy. The address bar has the room's link.", "error");
  }
}

async function remove(where, button) {
  const { user } = facts();
  const sure = await ask({
    title: "Delete this message?",
    text: "It goes for everybody, and cannot be brought back.",
    yes: "Delete",
    no: "Keep it",
  });
  if (sure && isStill(user)) run("delete", where, button);
}

on("click", "[data-menu]", (_event, button) => {
  if (button.getAttribute("aria-busy") === "true") return;
  const items = KINDS[button.dataset.menu]?.(button) || [];
  if (items.length) openMenu(button, items);
});
