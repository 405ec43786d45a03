// Switching faults on and off, and cutting the app's connection.
import { act, on, tell } from "./api.js";
import { isIdle } from "./idle.js";

on("click", "[data-fault]", async (_event, button) => {
  if (!isIdle(button)) return;
  const { fault, ids } = button.dataset;
  if (!ids) return act("fault", JSON.parse(fault), button);
  for (const id of ids.split(" ")) await act("clear_faults", { fault_id: Number(id) }, button);
});

on("click", "[data-clear]", (_event, button) => act("clear_faults", { fault_id: Number(button.dataset.clear) }, button));

on("click", "[data-clear-all]", async (_event, button) => {
  if (!isIdle(button)) return;
  await act("silence", { silent: false }, button);
  const cleared = await act("clear_faults", {}, button);
  if (cleared !== null) tell("Everything is switched off: Slack is well again.");
});

on("click", "[data-drop]", async (_event, button) => {
  if (!isIdle(button)) return;
  const cut = await act("drop", {}, button);
  if (cut !== null) tell(cut === 1 ? "The connection was cut." : `${cut} connections were cut.`);
});
