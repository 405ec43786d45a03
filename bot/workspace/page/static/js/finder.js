// Going to a room by a few letters of its name: Ctrl or Cmd and K.
import { on, travel } from "./api.js";

const dialog = document.getElementById("finder");
const words = document.getElementById("finder-words");
const list = document.getElementById("finder-list");
const none = document.getElementById("finder-none");
const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

function openFinder() {
  if (document.querySelector("dialog[open]")) return;
  words.value = "";
  fill();
  dialog.showModal();
  words.focus();
}

function fill() {
  const wanted = words.value.trim().toLowerCase();
  const links = [...document.querySelectorAll("#sidebar a[data-room]")];
  const found = links.filter((link) => link.dataset.room.toLowerCase().includes(wanted));
  list.replaceChildren(...found.map(option));
  none.hidden = found.length > 0;
  choose(0);
}

function option(link, index) {
  const item = document.createElement("li");
  item.setAttribute("role", "option");
  item.id = `finder-${index}`;
  item.dataset.search = link.search;
  for (const part of link.querySelectorAll(".room-sign, .room-name, .room-shared, .count")) {
    item.append(part.cloneNode(true));
  }
  return item;
}

function choose(index) {
  const options = [...list.children];
  if (!options.length) words.removeAttribute("aria-activedescendant");
  options.forEach((one, at) => one.setAttribute("aria-selected", String(at === index)));
  options[index]?.scrollIntoView({ block: "nearest" });
  if (options[index]) words.setAttribute("aria-activedescendant", options[index].id);
}

function take(item) {
  if (!item) return;
  dialog.close();
  travel(item.dataset.search);
  document.getElementById("main").focus();
}

on("click", "#open-finder", openFinder);
on("input", "#finder-words", fill);
on("click", "#finder-list [role='option']", (_event, item) => take(item));
on("keydown", "#finder-words", (event) => {
  if (event.isComposing) return;
  const options = [...list.children];
  const here = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "Enter") take(options[here]);
  else if (event.key === "ArrowDown") choose((here + 1) % options.length);
  else if (event.key === "ArrowUp") choose((here - 1 + options.length) % options.length);
  else return;
  event.preventDefault();
});
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
window.addEventListener("keydown", (event) => {
  if (event.key?.toLowerCase() !== "k" || !(IS_MAC ? event.metaKey : event.ctrlKey) || event.shiftKey) return;
  event.preventDefault();
  openFinder();
});
