// Writing: messages with files, slash commands, drafts that stay while one looks at another room.
import { control, on, onUpdate, sentenceOf, tell, Unanswered } from "./api.js";
import { addFiles, filesOf, forgetFiles, keepFiles, showFiles } from "./attaching.js";
import { completes, offer, withdraw } from "./completion.js";
import { draftOf, forgetId, keepDraft, keepId, takeId } from "./drafts.js";
import { facts } from "./facts.js";
import { follow } from "./scrolling.js";

const COMMAND = /^(\/\S+)(?:\s+([\s\S]*))?$/;
const PATIENCE = 1200;
const AGAIN = "No answer came, so this may have arrived already. Sending it again does not double it.";
const mounted = new WeakSet();

function mountAll() {
  for (const form of document.querySelectorAll("form[data-composer]")) {
    if (!mounted.has(form)) mount(form);
    form.querySelector("[data-menu]").hidden = !facts().shortcuts.some(({ type }) => type === "global");
  }
}

function mount(form) {
  mounted.add(form);
  boxOf(form).value = draftOf(form);
  showFiles(form);
  changed(form);
}

/** Where this place to write stands now, after one has been elsewhere and came back. */
function whereShown(form) {
  return document.getElementById(form.id) || form;
}

function boxOf(form) {
  return form.querySelector("textarea");
}

/** What follows every change of the words or files: height, draft, hint, whether there is something to send. */
function changed(form) {
  const box = boxOf(form);
  box.style.blockSize = "auto";
  box.style.blockSize = `${box.scrollHeight}px`;
  keepDraft(form, box.value);
  const empty = !box.value.trim() && !filesOf(form).length;
  form.querySelector("[type=submit]").setAttribute("aria-disabled", String(empty));
  hint(form);
}

/** After a command: what it takes. */
function hint(form) {
  const line = form.querySelector(".composer-hint");
  const [command] = boxOf(form).value.split(/\s/, 1);
  const found = /^\/\S+\s/.test(boxOf(form).value) && facts().commands.find((one) => one.command === command);
  line.textContent = found && !form.dataset.thread ? `${found.command} ${found.usage_hint}` : "";
  line.hidden = !line.textContent;
}

function note(form, sentence) {
  const line = form.querySelector(".composer-note");
  line.textContent = sentence;
  line.hidden = !sentence;
}

function write(form, words) {
  boxOf(form).value = words;
  changed(form);
}

async function send(form) {
  const words = boxOf(form).value;
  const files = filesOf(form);
  if (form.dataset.busy || (!words.trim() && !files.length)) return;
  withdraw(form);
  note(form, "");
  form.dataset.busy = "yes";
  const [, command, text = ""] = words.match(COMMAND) || [];
  if (command) await run(form, command, text.trim());
  else await say(form, words, files);
  delete form.dataset.busy;
}

/** The words leave the box at once, and come back when they could not be sent. */
async function say(form, words, files) {
  const { user, channel, thread } = form.dataset;
  const id = takeId(form);
  const message = { user, channel, text: words.trim(), thread_ts: thread || null, files, client_msg_id: id };
  write(form, "");
  forgetFiles(form);
  follow(form);
  try {
    await control("say", message);
  } catch (problem) {
    giveBack(form, words, files, id, problem);
  }
}

/** To where the place is shown now, before what was written there meanwhile; the id only with the very same draft. */
function giveBack(left, words, files, id, problem) {
  const form = whereShown(left);
  const newer = boxOf(form).value;
  const isSame = !newer && !filesOf(form).length;
  keepFiles(form, [...files, ...filesOf(form)]);
  write(form, [words, newer].filter(Boolean).join("\n"));
  if (isSame) keepId(form, id);
  const sentence = isSame && problem instanceof Unanswered ? AGAIN : `Not sent: ${problem.message}`;
  note(form, sentence);
  if (!form.isConnected) tell(sentence, "error");
}

/** A command stays in the box until the app has taken it. */
async function run(form, command, text) {
  const { user, channel, thread, room } = form.dataset;
  if (thread) {
    note(form, `${command} does not work in a thread. Run it in ${room ? `#${room}` : "the room"} itself.`);
    return;
  }
  const button = form.querySelector("[type=submit]");
  const box = boxOf(form);
  const waiting = setTimeout(() => note(form, `Waiting for ${facts().app}…`), PATIENCE);
  button.setAttribute("aria-busy", "true");
  box.readOnly = true;
  follow(form);
  try {
    const result = await control("slash", { user, channel, command, text });
    clearTimeout(waiting);
    const escape = result.error === "not_a_command" ? ". To write it as a message, put a space before it." : "";
    note(whereShown(form), sentenceOf(result) + escape);
    if (!result.error) write(whereShown(form), "");
  } catch (problem) {
    note(whereShown(form), problem.message);
  } finally {
    clearTimeout(waiting);
    button.removeAttribute("aria-busy");
    box.readOnly = false;
  }
}

on("input", ".composer-text", (_event, box) => {
  forgetId(box.form);
  note(box.form, "");
  changed(box.form);
  offer(box.form);
});

on("keydown", ".composer-text", (event, box) => {
  if (event.isComposing || completes(event, box.form)) return;
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
  event.preventDefault();
  send(box.form);
});

on("focusout", ".composer-text", (_event, box) => withdraw(box.form));
on("completed", "form[data-composer]", (_event, form) => {
  forgetId(form);
  changed(form);
});
on("attached", "form[data-composer]", (event, form) => {
  forgetId(form);
  note(form, event.detail);
  changed(form);
});

on("submit", "form[data-composer]", (event, form) => {
  event.preventDefault();
  send(form);
});

on("click", "[data-attach]", (_event, button) => button.form.querySelector("[type=file]").click());
on("change", "form[data-composer] [type=file]", (_event, input) => {
  addFiles(input.form, input.files).then(() => (input.value = ""));
});

on("paste", ".composer-text", (event, box) => {
  if (!event.clipboardData.files.length) return;
  event.preventDefault();
  addFiles(box.form, event.clipboardData.files);
});

onUpdate("main", mountAll);
onUpdate("thread", mountAll);
onUpdate("modal", mountAll);
mountAll();
