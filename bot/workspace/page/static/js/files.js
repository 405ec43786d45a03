// Files for a form: uploaded when they are picked, as Slack does; the form then carries what the workspace made of them.
import { control, on, place, tell } from "./api.js";

on("change", "input[type=file][data-files]", async (event, input) => {
  const picked = [...input.files].slice(0, Number(input.dataset.most));
  input.setAttribute("aria-busy", "true");
  try {
    const files = await Promise.all(picked.map(upload));
    input.dataset.files = JSON.stringify(files);
    input.setAttribute("data-keep", ""); // the workspace hears of it with the form
    show(input, files);
  } catch (problem) {
    tell(problem.message, "error");
  } finally {
    input.removeAttribute("aria-busy");
  }
});

async function upload(file) {
  const { name, type } = file;
  return control("upload", { user: place().as, name, mimetype: type || undefined, base64: await base64(file) });
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
