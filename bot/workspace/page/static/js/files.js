// Files for a form: uploaded when they are picked, as Slack does; the form then carries what the workspace made of them.
import { control, on, tell } from "./api.js";
import { facts } from "./facts.js";

const newest = new WeakMap();

on("change", "input[type=file][data-files]", async (event, input) => {
  const picked = [...input.files].slice(0, Number(input.dataset.most));
  const { user } = facts();
  newest.set(input, picked);
  input.setAttribute("aria-busy", "true");
  try {
    const files = await Promise.all(picked.map((file) => upload(file, user)));
    if (newest.get(input) !== picked) return; // others were picked meanwhile
    input.dataset.files = JSON.stringify(files);
    input.setAttribute("data-keep", ""); // the workspace hears of it with the form
    show(input, files);
  } catch (problem) {
    tell(problem.message, "error");
  } finally {
    if (newest.get(input) === picked) input.removeAttribute("aria-busy");
  }
});

async function upload(file, user) {
  const { name, type } = file;
  return control("upload", { user, name, mimetype: type || undefined, base64: await base64(file) });
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(new Error(`${file.name} could not be read.`)));
    reader.readAsDataURL(file);
  });
}

function show(input, files) {
  const lines = files.map((file) => {
    const line = document.createElement("li");
    line.textContent = file.name;
    return line;
  });
  const list = input.parentElement.querySelector("[data-file-list]");
  list.setAttribute("data-keep", "");
  list.replaceChildren(...lines);
}
