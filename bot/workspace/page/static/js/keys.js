// The list of keys, behind "?".
import { on, onUpdate } from "./api.js";

const dialog = document.getElementById("keys");
const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);
const FIELDS = "input, textarea, select, [contenteditable]";

function openKeys() {
  if (!document.querySelector("dialog[open]")) dialog.showModal();
}

function nameModifier() {
  if (!IS_MAC) return;
  for (const one of document.querySelectorAll("[data-modifier]")) one.textContent = "⌘K";
  for (const one of document.querySelectorAll("[data-modifier-key]")) one.textContent = "⌘";
}

on("click", "#open-keys", openKeys);
on("click", "[data-close-keys]", () => dialog.close());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
window.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest(FIELDS)) return;
  event.preventDefault();
  openKeys();
});
onUpdate("top", nameModifier);
nameModifier();
