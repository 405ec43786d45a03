// The Home tab: the app hears once per visit that somebody came.
import { control, onUpdate, tell } from "./api.js";
import { facts } from "./facts.js";

let visitor = "";

function arrive() {
  const here = document.querySelector("[data-home-room]") ? facts().user : "";
  const came = here !== "" && here !== visitor;
  visitor = here;
  if (came) control("open_home", { user: here }).catch((problem) => tell(problem.message, "error"));
}

onUpdate("main", arrive);
onUpdate("modal", arrive);
