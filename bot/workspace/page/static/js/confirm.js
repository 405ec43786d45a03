// Asks before an element presses, when its payload has a confirmation; the question is HTML from our server.

/** Whether the person confirms; true at once where nothing is asked. */
export function confirmed(element) {
  const question = element.closest(".bk-element")?.querySelector(":scope > template[data-confirm]");
  return question ? ask(question) : Promise.resolve(true);
}

function ask(question) {
  const dialog = document.createElement("dialog");
  dialog.className = "bk-confirm";
  dialog.append(question.content.cloneNode(true));
  const title = dialog.querySelector("h2");
  title.id = `${question.id}-title`;
  dialog.setAttribute("aria-labelledby", title.id);
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("click", (event) => {
      const answer = event.target.closest("[data-answer]")?.dataset.answer;
      if (answer) dialog.close(answer);
      else if (event.target === dialog) dialog.close("deny");
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "confirm");
    });
    dialog.showModal();
  });
}
