// Asking before something is lost for good: a small dialog over whatever else is open.

/** Ask a question; the promise is true for yes, false for no and for Escape. The careful answer has the focus. */
export function ask({ title, text, yes, no }) {
  const dialog = make("dialog", "ask");
  const heading = make("h2", "ask-title", title);
  const words = make("p", "ask-text", text);
  heading.id = "ask-title";
  words.id = "ask-text";
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.setAttribute("aria-describedby", words.id);
  const buttons = make("div", "ask-buttons");
  buttons.append(choice(no, "", "button"), choice(yes, "yes", "button button-danger"));
  dialog.append(heading, words, buttons);
  document.body.append(dialog);
  dialog.showModal();
  return answerOf(dialog);
}

function answerOf(dialog) {
  return new Promise((resolve) => {
    dialog.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (button) dialog.close(button.value);
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function choice(label, value, className) {
  const button = make("button", className, label);
  button.type = "button";
  button.value = value;
  return button;
}

function make(tag, className, words = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = words;
  return element;
}
