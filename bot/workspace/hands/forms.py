"""A form filled in by the names of its fields, and what Slack itself would complain about before it sends it."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from bot.workspace.errors import ControlError
from bot.workspace.hands.naming import pick
from bot.workspace.hands.settings import Surroundings, entry_for

JSON = dict[str, Any]
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def filled_in(view: JSON, fields: Mapping[str, str], around: Surroundings) -> dict[str, dict[str, JSON]]:
    """The entries (block_id → action_id → state) that these fields change; ControlError for a name nobody knows."""
    inputs = [block for block in view.get("blocks", []) if block.get("type") == "input"]
    entries: dict[str, dict[str, JSON]] = {}
    for name, words in fields.items():
        block = pick(name, inputs, lambda one: str(one["label"]["text"]), "field")
        element = block["element"]
        try:
            entry = entry_for(element, words, around)
        except ControlError as problem:
            raise type(problem)(f"{block['label']['text']}: {problem}") from None
        entries.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return entries


def complaints(view: JSON, values: Mapping[str, Mapping[str, JSON]]) -> dict[str, str]:
    """What Slack's own client says at a field (by block_id) instead of sending the form."""
    found: dict[str, str] = {}
    for block in view.get("blocks", []):
        if block.get("type") == "input":
            element = block["element"]
            entry = values.get(block["block_id"], {}).get(element["action_id"], {})
            if sentence := _complaint(block, element, entry):
                found[block["block_id"]] = sentence
    return found


def _complaint(block: JSON, element: JSON, entry: JSON) -> str:
    content = next((value for key, value in entry.items() if key != "type" and value not in (None, "", [])), None)
    if content is None:
        return "" if block.get("optional") else "Please complete this required field."
    return _text_complaint(element, content) if isinstance(content, str) else ""


def _text_complaint(element: JSON, text: str) -> str:
    kind = element["type"]
    if kind == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if len(text) < least:
            return f"Please enter at least {least} characters."
        return f"Please enter at most {most} characters." if len(text) > most else ""
    if kind == "email_text_input" and not _MAIL.fullmatch(text):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not _URL.fullmatch(text):
        return "Please enter a valid URL."
    return _number_complaint(element, text) if kind == "number_input" else ""


def _number_complaint(element: JSON, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "Please enter a valid number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    if number < Decimal(element.get("min_value", number)):
        return f"Please enter a number of at least {element['min_value']}."
    if number > Decimal(element.get("max_value", number)):
        return f"Please enter a number of at most {element['max_value']}."
    return ""
