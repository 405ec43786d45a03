// What the server told this page about the app and the people: commands, shortcuts, names.

let read = "";
let known = {};

/** {app, user (an id), commands, shortcuts, people, rooms}, as last told. */
export function facts() {
  const told = document.getElementById("facts")?.dataset.facts || "{}";
  if (told !== read) {
    read = told;
    known = { commands: [], shortcuts: [], people: [], rooms: [], ...JSON.parse(told) };
  }
  return known;
}
