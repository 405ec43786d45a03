// Changing one's own message where it stands: Enter saves, Escape leaves it as it was.
import { control, onUpdate, tell } from "./api.js";
import { facts } from "./facts.js";

/** Put a field with the message's words in the place of its words. */
export async function editInPlace(message, where) {
  if (message.querySelector(".editor")) return;
  const args = { user: facts().user, ...where };
  try {
    const words = await control("typed", args);
    if (message.isConnected && facts().user === args.user && !message.querySelector(".editor")) show(message, args, words);
  } catch (problem) {
    tell(problem.message, "error");
  }
}

function show(message, args, words) {
  const form = document.createElement("form");
  form.className = "editor";
  form.dataset.user = args.user;
  form.setAttribute("data-stays", "");
  const box = document.createElement("textarea");
  box.value = words;
  box.rows = 2;
  box.setAttribute("aria-label", "Edit message");
  const buttons = document.createElement("div");
  buttons.className = "editor-buttons";
  const save = button("Save", "submit", "button button-primary");
  const cancel = button("Cancel", "button", "button");
  buttons.append(cancel, save);
  form.append(box, buttons);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(message, form, { ...args, text: box.value.trim() }, words, save);
  });
  form.addEventListener("keydown", (event) => pressed(event, message, form));
  cancel.addEventListener("click", () => leave(message, form));
  message.querySelector(".content").before(form);
  box.focus();
  box.setSelectionRange(words.length, words.length);
}

function button(label, type, className) {
  const made = document.createElement("button");
  made.type = type;
  made.className = className;
  made.textContent = label;
  return made;
}

function pressed(event, message, form) {
  if (event.isComposing) return;
  if (event.key === "Escape") leave(message, form);
  else if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea")) form.requestSubmit();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

async function keep(message, form, args, before, save) {
  if (save.getAttribute("aria-busy") === "true") return;
  if (!args.text) return tell("A message cannot be empty. Delete it instead.", "error");
  if (args.text === before || (await saved(args, save))) leave(message, form);
}

async function saved(args, save) {
  let sentence = "";
  save.setAttribute("aria-busy", "true");
  await control("edit", args).catch((problem) => (sentence = problem.message));
  save.removeAttribute("aria-busy");
  if (sentence) tell(sentence, "error");
  return !sentence;
}

function leave(message, form) {
  form.remove();
  message.querySelector("[data-menu]")?.focus();
}

/** Who acts as somebody else now does not go on writing as the one before. */
function follow() {
  for (const form of document.querySelectorAll("form.editor")) if (form.dataset.user !== facts().user) form.remove();
}

onUpdate("main", follow);
onUpdate("thread", follow);
