// Files of a message that is being written: chosen, pasted or dropped, shown as chips, at most 5 MB together.
import { on } from "./api.js";

const MOST = 5 * 1024 * 1024;
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const chosen = new Map();

/** The files of a composer, as verb `say` takes them: [{name, mimetype, base64}]. */
export function filesOf(form) {
  return chosen.get(form.id) || [];
}

/** Put files (back) into a composer. */
export function keepFiles(form, files) {
  chosen.set(form.id, files);
  showFiles(form);
}

/** Take every file out of a composer. */
export function forgetFiles(form) {
  keepFiles(form, []);
}

/** Read files in; the composer hears "attached", with a sentence where some were too big or could not be read. */
export async function addFiles(form, list) {
  const wanted = [...list];
  let room = MOST - filesOf(form).reduce((sum, file) => sum + file.size, 0);
  const taken = wanted.filter(({ size }) => size <= room && ((room -= size), true));
  const read = await Promise.all(taken.map((file) => readFile(file).catch(() => null)));
  keepFiles(form, [...filesOf(form), ...read.filter(Boolean)]);
  const big = wanted.filter((file) => !taken.includes(file));
  const unread = taken.filter((_, index) => !read[index]);
  const sentence = [
    said(big, "too big. A message takes 5 MB of files."),
    said(unread, "could not be read. A folder cannot be attached."),
  ].join(" ").trim();
  form.dispatchEvent(new CustomEvent("attached", { bubbles: true, detail: sentence }));
}

function said(files, what) {
  return files.length ? `${files.map(({ name }) => name).join(", ")}: ${what}` : "";
}

/** Draw the chips of a composer. */
export function showFiles(form) {
  const list = form.querySelector(".composer-files");
  list.replaceChildren(...filesOf(form).map(chip));
  list.hidden = !list.children.length;
}

function readFile(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("error", () => reject(reader.error));
    reader.addEventListener("load", () => {
      const base64 = reader.result.slice(reader.result.indexOf(",") + 1);
      resolve({ name: file.name, mimetype: file.type || "application/octet-stream", base64, size: file.size });
    });
    reader.readAsDataURL(file);
  });
}

function chip(file, index) {
  const item = document.createElement("li");
  item.className = "composer-file";
  if (PICTURES.has(file.mimetype)) {
    const picture = document.createElement("img");
    picture.src = `data:${file.mimetype};base64,${file.base64}`;
    picture.alt = "";
    item.append(picture);
  }
  const name = document.createElement("span");
  name.textContent = file.name;
  const size = document.createElement("span");
  size.className = "muted";
  size.textContent = file.size < 1024 * 1024 ? `${Math.ceil(file.size / 1024)} kB` : `${(file.size / 1048576).toFixed(1)} MB`;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "composer-remove";
  remove.dataset.unattach = String(index);
  remove.setAttribute("aria-label", `Remove ${file.name}`);
  remove.textContent = "×";
  item.append(name, size, remove);
  return item;
}

on("click", "[data-unattach]", (_event, button) => {
  const { form } = button;
  keepFiles(form, filesOf(form).filter((_, index) => index !== Number(button.dataset.unattach)));
  form.dispatchEvent(new CustomEvent("attached", { bubbles: true, detail: "" }));
  form.querySelector("textarea").focus();
});

on("dragover", "form[data-composer]", (event) => {
  if (event.dataTransfer.types.includes("Files")) event.preventDefault();
});

on("drop", "form[data-composer]", (event, form) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  addFiles(form, event.dataTransfer.files);
});
