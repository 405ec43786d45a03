// Threads: opening one by keyboard takes the focus there, closing it gives the focus back to its message.
import { go, on, onUpdate, place } from "./api.js";

const FIELDS = "input, textarea, select, [contenteditable], [role='menu'], [role='listbox'], dialog, [popover]";
let wanted = "";

function opened(thread) {
  if (!wanted || !thread.firstElementChild) return;
  const found = thread.querySelector(wanted === "composer" ? "textarea" : "article[tabindex='0']");
  wanted = "";
  (found || document.getElementById("thread-title")).focus();
}

function open(link, focus) {
  const ts = new URLSearchParams(link.search).get("thread");
  wanted = focus;
  if (ts === place().thread) opened(document.getElementById("thread"));
  else link.click();
}

function close() {
  const ts = place().thread;
  go({ thread: "" });
  document.getElementById(`message-${ts}`)?.focus();
}

on("keydown", "[data-list] article", (event, article) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(FIELDS)) return;
  const focus = { t: "list", r: "composer" }[event.key];
  if (!focus) return;
  event.preventDefault();
  const link = article.querySelector("[data-thread-link]");
  if (link) open(link, focus);
  else if (focus === "composer") document.querySelector("#thread textarea")?.focus();
});
on("click", "[data-close-thread]", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  setTimeout(() => document.getElementById("main").querySelector("article[tabindex='0']")?.focus({ preventScroll: true }));
});
window.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !place().thread) return;
  if (document.querySelector("dialog[open], [popover]:popover-open, [role='menu']:not([popover], [hidden])")) return;
  event.preventDefault();
  close();
});
onUpdate("thread", opened);
