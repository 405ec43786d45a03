// Lists of messages: they stay at the newest, or where their reader is; what is seen at the end counts as read.
// Only what comes of a reader's own words moves them: the words themselves, or the first answer to a command.
import { beforeUpdate, control, on, onUpdate } from "./api.js";
import { onConnect, send } from "./live.js";

const NEAR = 40;
const NAMES = { "scroll-main": "room", "scroll-thread": "thread" };
const ANSWERS_WITHIN = 20_000;
const marked = new Map();
let before = new Map();
let told = "";
let isLive = false;
let awaited = null;

const scrollers = () => Object.keys(NAMES).map((id) => document.getElementById(id)).filter(Boolean);

/** Lists are laid out from their end, so that 0 is the newest message and earlier ones are negative. */
const isAtEnd = (scroller) => scroller.scrollTop > -NEAR;
const isSeen = (scroller) => document.visibilityState === "visible" && scroller.checkVisibility() && isAtEnd(scroller);

beforeUpdate(() => {
  before = new Map(scrollers().map((one) => [one.id, { list: one.dataset.list, ...position(one) }]));
});

function position(scroller) {
  if (isAtEnd(scroller)) return { atEnd: true };
  const top = scroller.getBoundingClientRect().top;
  const first = [...scroller.querySelectorAll("article")].find((one) => one.getBoundingClientRect().bottom > top);
  return { anchor: first?.id, offset: first?.getBoundingClientRect().top };
}

/** Bring what comes next of this person's own into view, wherever in the list they are reading. */
export function follow(form) {
  const scroller = document.getElementById(form.dataset.thread ? "scroll-thread" : "scroll-main");
  if (!scroller) return;
  const after = Math.max(0, ...[...scroller.querySelectorAll("article")].map(instant));
  awaited = { list: scroller.dataset.list, after, until: performance.now() + ANSWERS_WITHIN };
}

const instant = (article) => Number(article.dataset.ts);

/** Show what was awaited once it is there: all of it, or the beginning of what is longer than the room. */
function showAwaited(scroller) {
  if (awaited?.list !== scroller.dataset.list || performance.now() > awaited.until) return false;
  const mine = scroller.querySelectorAll("article[data-own], article.message-whisper");
  const found = [...mine].find((one) => instant(one) > awaited.after);
  if (!found) return false;
  awaited = null;
  scroller.scrollTop = 0;
  scroller.scrollTop += Math.min(0, found.getBoundingClientRect().top - scroller.getBoundingClientRect().top);
  return true;
}

function settle(scroller) {
  const was = before.get(scroller.id);
  if (!was || was.list !== scroller.dataset.list || was.atEnd) {
    scroller.scrollTop = 0;
    return;
  }
  if (showAwaited(scroller)) return;
  const anchor = was.anchor && document.getElementById(was.anchor);
  if (anchor) scroller.scrollTop += anchor.getBoundingClientRect().top - was.offset;
}

function look() {
  for (const scroller of scrollers()) {
    const jump = document.querySelector(`[data-jump="${scroller.id}"]`);
    if (jump) jump.hidden = isAtEnd(scroller);
    if (isLive && isSeen(scroller)) mark(scroller);
  }
  tellWatching();
}

function mark({ dataset: { user, channel, thread, newest, list, read } }) {
  if (read !== undefined || !newest || marked.get(list) === newest) return;
  marked.set(list, newest);
  control("mark", { user, channel, ts: newest, thread_ts: thread }).catch(() => marked.delete(list));
}

function tellWatching() {
  const watching = Object.fromEntries(scrollers().map((one) => [NAMES[one.id], isSeen(one)]));
  const text = JSON.stringify({ room: true, thread: true, ...watching });
  if (text === told) return;
  told = text;
  send({ watching: JSON.parse(text) });
}

function updated() {
  isLive = true;
  scrollers().forEach(settle);
  before.clear();
  look();
}

onUpdate("main", updated);
onUpdate("thread", updated);
onConnect(() => {
  told = "";
  marked.clear();
});
on("click", "[data-jump]", (_event, button) => {
  const scroller = document.getElementById(button.dataset.jump);
  scroller.scrollTo({ top: 0, behavior: "smooth" });
  [...scroller.querySelectorAll("article")].at(-1)?.focus({ preventScroll: true });
});
document.addEventListener("scroll", look, { capture: true, passive: true });
document.addEventListener("visibilitychange", look);
addEventListener("resize", look);
