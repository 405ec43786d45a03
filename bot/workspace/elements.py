"""What a person can set in Block Kit elements, and the JSON that Slack makes of it."""

from collections.abc import Iterator
from typing import Any, Final

from bot.workspace.errors import ControlError
from bot.workspace.local_times import instant_of
from bot.workspace.models import JSON
from bot.workspace.text import link_typed, rich_text

VALUE: Final = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
"""Elements that keep a value, with the field of that value and of the one they start with."""


def blocks_in(body: JSON) -> list[JSON]:
    """The blocks of a message or view, those of attachments last."""
    attachments = body.get("attachments") or []
    return [*(body.get("blocks") or []), *(block for one in attachments for block in one.get("blocks") or [])]


def elements(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Every interactive element with its block, in reading order."""
    for block in blocks:
        inner = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
        for element in inner:
            if isinstance(element, dict) and element.get("action_id"):
                yield block, element


def find_element(blocks: list[JSON], action_id: str, block_id: str | None = None) -> tuple[JSON, JSON]:
    """The one element of this id; ControlError for none or several."""
    found = [
        (block, element)
        for block, element in elements(blocks)
        if element["action_id"] == action_id and block_id in {None, block["block_id"]}
    ]
    if not found:
        raise ControlError(f"there is no element {action_id} there")
    if len(found) > 1:
        blocks_with = ", ".join(block["block_id"] for block, _ in found)
        raise ControlError(f"{action_id} is there more than once; say which block_id: {blocks_with}")
    return found[0]


def initial_values(blocks: list[JSON], kept: JSON | None = None) -> JSON:
    """The state of fresh blocks; `kept` values stay where block_id, action_id and type are the same."""
    values: JSON = {}
    for block, element in elements(blocks):
        if element["type"] in VALUE:
            before = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
            same = before and before["type"] == element["type"]
            values.setdefault(block["block_id"], {})[element["action_id"]] = before if same else _initial(element)
    return values


def _initial(element: JSON) -> JSON:
    field, initial = VALUE[element["type"]]
    empty: Any = [] if field.endswith("s") else None
    return {"type": element["type"], field: element.get(initial, empty)}


def is_empty(state: JSON) -> bool:
    """Whether nothing is filled in."""
    return state.get(VALUE[state["type"]][0]) in (None, "", [])


def chosen_state(element: JSON, given: Any, tz: str) -> JSON:
    """The state of an element after a person set it: to a text, an option's value or label, a date, an id, a list.

    A date and time is Unix seconds, or "YYYY-MM-DDTHH:MM" in the person's zone `tz`. A dict with the element's `type`
    is taken as it is; None and "" clear.
    """
    kind = element["type"]
    field = VALUE[kind][0]
    if isinstance(given, dict) and given.get("type") == kind:
        return given
    if given in (None, ""):
        return {"type": kind, field: [] if field.endswith("s") else None}
    return {"type": kind, field: _chosen(element, field, given, tz)}


def _chosen(element: JSON, field: str, given: Any, tz: str) -> Any:
    if field == "selected_option":
        return option(element, given)
    if field == "selected_options":
        return [option(element, one) for one in _several(given)]
    if field.endswith("s"):
        return _several(given)
    if field == "selected_date_time":
        return instant_of(given, tz)
    if field == "rich_text_value":
        return _rich_text(given)
    longest = element.get("max_length")
    if longest and len(str(given)) > longest:
        raise ControlError(f"{element['action_id']} takes at most {longest} characters")
    return str(given)


def _rich_text(given: Any) -> Any:
    """What was typed as a person's words; a dict is rich text already."""
    if not isinstance(given, str):
        return given
    words = rich_text(link_typed(given, lambda _: None, lambda _: None))
    return {"type": "rich_text", "elements": words["elements"]}


def _several(given: Any) -> list[Any]:
    return list(given) if isinstance(given, list | tuple) else [given]


def option(element: JSON, given: Any) -> JSON:
    """An option by its value, its label, or itself; of a menu that the app fills, only by itself."""
    if element["type"].endswith("external_select"):
        if isinstance(given, dict) and given.get("value") and isinstance(given.get("text"), dict):
            return given
        raise ControlError(f"{element['action_id']} takes one of the options that the app offers")
    groups = element.get("option_groups") or []
    options: list[JSON] = [*(element.get("options") or []), *(one for group in groups for one in group["options"])]
    for one in options:
        if given in (one, one.get("value"), one["text"]["text"]):
            return one
    labels = ", ".join(one["text"]["text"] for one in options)
    raise ControlError(f"{element['action_id']} has no option {given}; it has: {labels}")


def action(block: JSON, element: JSON, given: Any, ts: str, tz: str) -> JSON:
    """One entry of a payload's `actions`; `given` and `tz` as for `chosen_state`."""
    out: JSON = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    if element["type"] in {"button", "icon_button"}:
        out |= {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    elif element["type"] == "feedback_buttons":
        out |= _feedback(element, given)
    elif element["type"] == "overflow":
        out["selected_option"] = option(element, given)
    elif element["type"] in VALUE:
        out |= chosen_state(element, given, tz)
        out |= {key: element[key] for key in ("placeholder",) if key in element}
    else:
        raise ControlError(f"a {element['type']} cannot be pressed")
    return {**out, "action_ts": ts}


def _feedback(element: JSON, given: Any) -> JSON:
    """The one of the two buttons that has this value or label."""
    sides = [element["positive_button"], element["negative_button"]]
    for side in sides:
        if given in (side["value"], side["text"]["text"]):
            return {"text": side["text"], "value": side["value"]}
    raise ControlError(f"{element['action_id']} takes {' or '.join(side['value'] for side in sides)}")
