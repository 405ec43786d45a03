// The page's WebSocket: regions come as HTML and are morphed in, so that focus, typing and open menus stay.
import { announce, foretell, on, onMove, tell, travel } from "./api.js";
import { isDown, setDown } from "./line.js";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 3000;
const KEPT_BY_BROWSER = new Set(["open", "aria-expanded", "aria-busy"]);
const KEPT_IN_LISTS = new Set(["tabindex", "data-roved"]);

const opening = [];
let socket = null;
let wait = FIRST_WAIT;
let asked = "";
let told = "";

/** Open the socket, and again whenever it is lost. */
export function connect() {
  asked = told = location.search;
  socket = new WebSocket(`ws://${location.host}/page/live${location.search}`);
  socket.addEventListener("open", opened);
  socket.addEventListener("message", (event) => show(JSON.parse(event.data)));
  socket.addEventListener("close", closed);
}

/** Tell the server something; whether it could be sent. What is said while the line is down is lost, see `onConnect`. */
export function send(said) {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify(said));
  return true;
}

/** Be told when the line stands, for the first time or again. */
export function onConnect(fn) {
  opening.push(fn);
}

function opened() {
  if (told !== location.search) tellPlace();
  for (const fn of opening) fn();
}

/** The line stands once something came over it and was shown: a line that only opens would open again at once. */
function stands() {
  wait = FIRST_WAIT;
  if (!isDown()) return;
  setDown(false);
  say("Connected again. This page is up to date.");
  setTimeout(() => isDown() || say(""), 4000);
}

function closed() {
  setDown(true);
  say("The connection to the workspace is lost. Trying again…");
  setTimeout(connect, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function say(sentence) {
  const line = document.getElementById("link");
  line.dataset.lost = String(isDown());
  line.textContent = sentence;
  line.hidden = !sentence;
}

function show({ regions, title, place: where, asked: answered }) {
  document.title = title;
  const names = Object.keys(regions).filter((name) => document.getElementById(name));
  foretell(names);
  for (const name of names) morph(document.getElementById(name), regions[name]);
  stands();
  const isAnswer = !answered || answered === asked || new URL(answered, location.href).search === asked;
  if (isAnswer && where !== location.search) {
    history.replaceState(null, "", where);
    asked = where;
  }
  announce(names);
}

function morph(element, html) {
  Idiomorph.morph(element, html, {
    morphStyle: "innerHTML",
    ignoreActiveValue: isField(document.activeElement),
    callbacks: {
      beforeNodeMorphed: (old, fresh) => !(isKept(old) && old.id === fresh.id) && !isSame(old, fresh),
      beforeNodeRemoved: (node) => !(node instanceof Element && node.hasAttribute("data-stays")),
      beforeAttributeUpdated: (name, node) => !isBrowsers(name, node),
    },
  });
}

function isKept(node) {
  return node instanceof Element && node.id !== "" && node.hasAttribute("data-keep");
}

/** Messages carry a hash of what the server drew; one that did not change is left alone. */
function isSame(old, fresh) {
  const version = old instanceof HTMLElement && old.id === fresh.id && old.dataset.version;
  return Boolean(version) && version === fresh.dataset.version;
}

function isBrowsers(name, node) {
  return KEPT_BY_BROWSER.has(name) || (KEPT_IN_LISTS.has(name) && node.closest("[data-list]") !== null);
}

function isField(element) {
  return element instanceof HTMLElement && element.matches("input, textarea, select, [contenteditable]");
}

function tellPlace() {
  const isElsewhere = asked !== location.search;
  asked = location.search;
  if (send({ place: asked })) told = asked;
  else if (isElsewhere && isDown()) tell("The connection is lost: this page goes there once it is back.");
}

onMove(tellPlace);
addEventListener("popstate", tellPlace);

on("click", "a[data-go]", (event, link) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  travel(link.search, { replace: link.hasAttribute("data-replace") });
});
