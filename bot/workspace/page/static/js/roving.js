// The keyboard in lists of messages: Tab stops once, at one message and what is in it; arrows or J and K go on.
import { beforeUpdate, on, onUpdate } from "./api.js";

const INSIDE = "a[href], button, input, select, textarea, summary, [tabindex]";
const FIELDS = "input, textarea, select, [contenteditable], [role='menu'], [role='listbox'], dialog, [popover]";
const current = new Map();
let lost = null;

const articles = (scroller) => [...scroller.querySelectorAll("article")];

function arrange(scroller) {
  const all = articles(scroller);
  const kept = current.get(scroller.id);
  const chosen = (kept?.list === scroller.dataset.list && all.find((one) => one.id === kept.id)) || all.at(-1);
  for (const one of all) setReach(one, one === chosen);
}

function setReach(article, isCurrent) {
  article.tabIndex = isCurrent ? 0 : -1;
  for (const one of article.querySelectorAll(INSIDE)) {
    if (isCurrent && "roved" in one.dataset) {
      one.removeAttribute("tabindex");
      if (one.dataset.roved) one.setAttribute("tabindex", one.dataset.roved);
      delete one.dataset.roved;
    } else if (!isCurrent && !("roved" in one.dataset)) {
      one.dataset.roved = one.getAttribute("tabindex") || "";
      one.tabIndex = -1;
    }
  }
}

function choose(article) {
  const scroller = article.closest("[data-list]");
  current.set(scroller.id, { list: scroller.dataset.list, id: article.id });
  arrange(scroller);
}

function goTo(article) {
  if (!article) return;
  article.focus({ preventScroll: true });
  article.scrollIntoView({ block: "nearest" });
}

function pressed(event, article) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest(FIELDS)) return;
  const all = articles(article.closest("[data-list]"));
  const here = all.indexOf(article);
  const steps = { j: all[here + 1], k: all[here - 1] };
  const arrows = { ArrowDown: all[here + 1], ArrowUp: all[here - 1], Home: all[0], End: all.at(-1) };
  const isOnMessage = event.target === article;
  if (event.key in steps) goTo(steps[event.key]);
  else if (isOnMessage && event.key in arrows) goTo(arrows[event.key]);
  else if (event.key === "m") article.querySelector("[data-menu='message']")?.click();
  else return;
  event.preventDefault();
}

/** Where the focus was when a message that had it is about to go. */
beforeUpdate(() => {
  const article = document.activeElement?.closest?.("[data-list] article");
  lost = article && { scroller: article.closest("[data-list]").id, id: article.id };
});

function updated() {
  const scrollers = document.querySelectorAll("[data-list]");
  scrollers.forEach(arrange);
  if (!lost || document.activeElement !== document.body) return;
  const scroller = document.getElementById(lost.scroller);
  (document.getElementById(lost.id) || (scroller && articles(scroller).at(-1)))?.focus({ preventScroll: true });
}

on("focusin", "[data-list] article", (_event, article) => choose(article));
on("keydown", "[data-list] article", pressed);
onUpdate("main", updated);
onUpdate("thread", updated);
document.querySelectorAll("[data-list]").forEach(arrange);
