"""The few pieces of Block Kit that our messages and windows are made of, each kept within its limits."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypedDict

from bot.blocks.ids import Action, Field, Window
from bot.blocks.limits import LIMITS, cut
from bot.blocks.words import mrkdwn, plain
from bot.domain.characters import clean

Block = dict[str, Any]
View = dict[str, Any]


class Post(TypedDict):
    """A message without its channel: the fallback says everything that the blocks say."""

    text: str
    blocks: list[Block]


def header(text: str) -> Block:
    """Return a heading; it may hold a client's words."""
    return {"type": "header", "text": plain(text, "header.text")}


def section(text: str, accessory: Block | None = None) -> Block:
    """Return a paragraph of our own formatted words."""
    return {"type": "section", "text": mrkdwn(text), **({"accessory": accessory} if accessory else {})}


def plain_section(text: str, accessory: Block | None = None) -> Block:
    """Return a paragraph that may hold a client's words."""
    return {"type": "section", "text": plain(text, "section.text"), **({"accessory": accessory} if accessory else {})}


def fields(*texts: str) -> Block:
    """Return facts of our own words, two in a row."""
    shown = [{"type": "mrkdwn", "text": cut(text, "section.field_text")} for text in texts]
    return {"type": "section", "fields": shown[: LIMITS["section.fields"]]}


def context(*elements: Block) -> Block:
    """Return a quiet line; its elements are made by `plain` and `mrkdwn`."""
    return {"type": "context", "elements": list(elements)[: LIMITS["context.elements"]]}


def divider() -> Block:
    """Return a line across."""
    return {"type": "divider"}


def actions(*elements: Block | None) -> list[Block]:
    """Return a row of buttons and menus, or no row when there are none."""
    there = [element for element in elements if element][: LIMITS["actions.elements"]]
    return [{"type": "actions", "elements": there}] if there else []


def button(
    label: str,
    action: Action,
    value: str,
    *,
    style: str | None = None,
    describe: str = "",
    confirm: Block | None = None,
) -> Block:
    """Return a button; `describe` is what a screen reader says instead of the label."""
    made: Block = {"type": "button", "text": plain(label, "button.text"), "action_id": action, "value": value}
    if style:
        made["style"] = style
    if describe:
        made["accessibility_label"] = cut(clean(describe), "button.accessibility_label")
    if confirm:
        made["confirm"] = confirm
    return made


def confirm(title: str, text: str, yes: str, no: str = "Cancel") -> Block:
    """Return the question that a button asks before it acts."""
    return {
        "title": plain(title, "confirm.title"),
        "text": plain(text, "confirm.text"),
        "confirm": plain(yes, "confirm.confirm"),
        "deny": plain(no, "confirm.deny"),
    }


def option(label: str, value: str, description: str = "") -> Block:
    """Return one choice of a menu."""
    made: Block = {"text": plain(label, "option.text"), "value": value}
    return {**made, "description": plain(description, "option.description")} if description else made


def select(action: str, options: Sequence[Block], *, chosen: str | None = None, placeholder: str = "Choose") -> Block:
    """Return a menu of at most 100 options; `chosen` is the value of the one that is set."""
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain(placeholder, "element.placeholder"),
        "options": list(options)[: LIMITS["select.options"]],
        **_initial(options, chosen),
    }


def grouped_select(action: str, groups: Iterable[tuple[str, Sequence[Block]]], *, chosen: str | None = None) -> Block:
    """Return a menu in groups of at most 100 options each; typing searches all of them."""
    offered = [(label, list(options)) for label, options in groups]
    shown = [{"label": plain(label, "option_group.label"), "options": options} for label, options in offered]
    everything = [choice for _, options in offered for choice in options]
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain("Type to search", "element.placeholder"),
        "option_groups": shown,
        **_initial(everything, chosen),
    }


def radio(action: str, options: Sequence[Block], *, chosen: str | None = None) -> Block:
    """Return a choice of at most ten, all of them in sight."""
    shown = list(options)[: LIMITS["radio_buttons.options"]]
    return {"type": "radio_buttons", "action_id": action, "options": shown, **_initial(shown, chosen)}


def _initial(options: Sequence[Block], chosen: str | None) -> Block:
    return next(({"initial_option": choice} for choice in options if choice["value"] == chosen), {})


def ask(field: Field, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """Return a field of a form; block and element carry the field's name."""
    made: Block = {
        "type": "input",
        "block_id": field,
        "label": plain(label, "input.label"),
        "element": {**element, "action_id": field},
        "optional": optional,
    }
    return {**made, "hint": plain(hint, "input.hint")} if hint else made


def text_field(value: str = "", *, multiline: bool = False, placeholder: str = "", most: int | None = None) -> Block:
    """Return an input for words, filled with `value`."""
    limit = most or LIMITS["plain_text_input.max_length"]
    made: Block = {"type": "plain_text_input", "multiline": multiline, "max_length": limit}
    if value:
        made["initial_value"] = cut(clean(value[: 2 * limit]), limit)
    if placeholder:
        made["placeholder"] = plain(placeholder, "element.placeholder")
    return made


def time_field(value: datetime | None = None) -> Block:
    """Return an input for an instant, shown in the reader's zone."""
    made: Block = {"type": "datetimepicker"}
    return {**made, "initial_date_time": int(value.timestamp())} if value else made


def modal(
    window: Window,
    title: str,
    blocks: Sequence[Block],
    *,
    metadata: str = "",
    submit: str | None = None,
    close: str = "Close",
) -> View:
    """Return a window; `metadata` is what comes back with its submission."""
    made: View = {
        "type": "modal",
        "callback_id": window,
        "title": plain(title, "modal.title"),
        "close": plain(close, "modal.close"),
        "private_metadata": metadata,
        "blocks": list(blocks)[: LIMITS["modal.blocks"]],
    }
    return {**made, "submit": plain(submit, "modal.submit")} if submit else made
