// Lists of messages: they stay at the newest, or where their reader is; what is seen at the end counts as read.
import { beforeUpdate, control, on, onUpdate } from "./api.js";
import { onConnect, send } from "./live.js";

const NEAR = 40;
const NAMES = { "scroll-main": "room", "scroll-thread": "thread" };
const marked = new Map();
let before = new Map();
let told = "";
let isLive = false;

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

function settle(scroller) {
  const was = before.get(scroller.id);
  if (!was || was.list !== scroller.dataset.list || was.atEnd) {
    scroller.scrollTop = 0;
    return;
  }
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
