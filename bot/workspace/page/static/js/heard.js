// Says to who does not see it that a message came into the room or the thread.
import { beforeUpdate, onUpdate } from "./api.js";

let last = {};

const newest = (id) => [...(document.getElementById(id)?.querySelectorAll("article") || [])].at(-1);
const where = (id) => document.getElementById(id)?.dataset.list;

beforeUpdate(() => {
  last = Object.fromEntries(["scroll-main", "scroll-thread"].map((id) => [id, [where(id), newest(id)?.dataset.ts]]));
});

function updated(id) {
  const [list, ts] = last[id] || [];
  const article = newest(id);
  if (!article || !list || list !== where(id) || !(Number(article.dataset.ts) > Number(ts || 0))) return;
  document.getElementById("heard").textContent = `New message: ${article.getAttribute("aria-label")}`;
}

onUpdate("main", () => updated("scroll-main"));
onUpdate("thread", () => updated("scroll-thread"));
