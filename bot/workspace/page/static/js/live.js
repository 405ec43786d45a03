// The page's WebSocket: regions come as HTML and are morphed in, so that focus, typing and open menus stay.
import { announce, onMove } from "./api.js";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 3000;
const KEPT_BY_BROWSER = new Set(["open", "aria-expanded", "aria-busy"]);

let socket = null;
let wait = FIRST_WAIT;
let lost = false;

/** Open the socket, and again whenever it is lost. */
export function connect() {
  socket = new WebSocket(`ws://${location.host}/page/live${location.search}`);
  socket.addEventListener("open", opened);
  socket.addEventListener("message", (event) => show(JSON.parse(event.data)));
  socket.addEventListener("close", closed);
}

function opened() {
  wait = FIRST_WAIT;
  if (!lost) return;
  lost = false;
  say("Connected again. This page is up to date.");
  setTimeout(() => lost || say(""), 4000);
}

function closed() {
  lost = true;
  say("The connection to the workspace is lost. Trying again…");
  setTimeout(connect, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function say(sentence) {
  const line = document.getElementById("link");
  line.textContent = sentence;
  line.hidden = !sentence;
  line.dataset.lost = String(lost);
}

function show({ regions, title, place: where }) {
  document.title = title;
  const names = Object.keys(regions);
  for (const name of names) morph(document.getElementById(name), regions[name]);
  if (where !== location.search) history.replaceState(null, "", where);
  announce(names);
}

function morph(element, html) {
  Idiomorph.morph(element, html, {
    morphStyle: "innerHTML",
    ignoreActiveValue: isField(document.activeElement),
    callbacks: {
      beforeNodeMorphed: (old, fresh) => !(isKept(old) && old.id === fresh.id),
      beforeAttributeUpdated: (name) => !KEPT_BY_BROWSER.has(name),
    },
  });
}

function isKept(node) {
  return node instanceof Element && node.id !== "" && node.hasAttribute("data-keep");
}

function isField(element) {
  return element instanceof HTMLElement && element.matches("input, textarea, select, [contenteditable]");
}

function tellPlace() {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ place: location.search }));
}

onMove(tellPlace);
addEventListener("popstate", tellPlace);

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-go]") : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.search !== location.search) history.pushState(null, "", link.search);
  tellPlace();
});
