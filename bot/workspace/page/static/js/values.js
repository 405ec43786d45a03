// What Block Kit's elements are set to, as `press`, `fill` and `submit` of the control interface take it.

const LISTS = new Set(["checkboxes", "multi_static_select", "multi_users_select", "multi_channels_select"]);
LISTS.add("multi_conversations_select");

/** The value of one [data-action] element; null when it is empty, undefined when it has none or stays as it is. */
export function valueOf(element) {
  const { type } = element.dataset;
  if (LISTS.has(type)) return [...ticks(element)].map((tick) => tick.value);
  if (type === "radio_buttons") return ticks(element)[0]?.value ?? null;
  if (type === "external_select") return options(element)[0] ?? null;
  if (type === "multi_external_select") return options(element);
  if (type === "file_input") return JSON.parse(element.dataset.files || "[]");
  if (type === "datetimepicker") return instant(element);
  if (type === "rich_text_input" && element.value === element.defaultValue) return undefined;
  return "value" in element && element.matches("input, select, textarea") ? element.value || null : undefined;
}

/** Everything that is filled in below root: {block_id: {action_id: value}}, whatever the app calls its blocks. */
export function collect(root) {
  const values = byId();
  for (const element of root.querySelectorAll("[data-action][data-input]")) {
    const value = valueOf(element);
    const { block, action } = element.dataset;
    if (value !== undefined) (values[block] ??= byId())[action] = value;
  }
  return values;
}

/** An object for ids that others chose: it has no prototype, so that `__proto__` is an id like any other. */
export function byId() {
  return Object.create(null);
}

/** Set an element back to what the workspace last showed. */
export function restore(element) {
  for (const control of [element, ...element.querySelectorAll("input, select, textarea")]) {
    if (control.matches("[type=checkbox], [type=radio]")) control.checked = control.defaultChecked;
    else if (control.matches("select")) for (const one of control.options) one.selected = one.defaultSelected;
    else if (control.matches("input:not([type=file]), textarea")) control.value = control.defaultValue;
  }
}

/** Whether an element differs from what the workspace last showed. */
export function isChanged(element) {
  const boxes = [...element.querySelectorAll("[type=checkbox], [type=radio]")];
  if (boxes.length) return boxes.some((box) => box.checked !== box.defaultChecked);
  return element.value !== element.defaultValue;
}

/** The options that an external menu is set to. */
export function options(element) {
  return JSON.parse(element.dataset.chosen || "[]");
}

function ticks(element) {
  return element.querySelectorAll("input:checked");
}

/** The exact instant while nobody touched it, else the local time that was picked: the zone is the person's. */
function instant(input) {
  if (input.dataset.instant && input.value === input.defaultValue) return Number(input.dataset.instant);
  return input.value || null;
}
