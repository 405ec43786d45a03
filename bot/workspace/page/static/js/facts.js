// What the server told this page about the app and the people: commands, shortcuts, names.
import { tell } from "./api.js";

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

/** Whether the page still shows the person who was asked something; says so when it does not. */
export function isStill(user) {
  const same = facts().user === user;
  if (!same) tell("You act as somebody else now, so nothing was done.");
  return same;
}
