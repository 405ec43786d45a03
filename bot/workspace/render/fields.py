"""A field of a form: its label, what stands in it, its hint, and what is wrong with it."""

from typing import Any

from bot.workspace.render.elements import describe_chosen, placeholder_words, typed_text
from bot.workspace.render.reader import wrap
from bot.workspace.render.rich_text import show_rich_text
from bot.workspace.render.sheet import Sheet
from bot.workspace.render.words import show_text

JSON = dict[str, Any]


def show_field(block: JSON, sheet: Sheet) -> list[str]:
    """The lines of an input block."""
    label = show_text(block.get("label"), sheet.reader)
    lines = [sheet.reader.style(label, "bold") + (" (optional)" if block.get("optional") else "")]
    lines += _content(block, block.get("element", {}), sheet)
    if block.get("hint"):
        hint = wrap(show_text(block["hint"], sheet.reader), sheet.width, first="· ", rest="  ")
        lines += [sheet.reader.style(line, "dim") for line in hint]
    error = sheet.errors.get(str(block.get("block_id")))
    return [*lines, *wrap(str(error), sheet.width, first="✗ ", rest="  ")] if error else lines


def _content(block: JSON, element: JSON, sheet: Sheet) -> list[str]:
    kind, chosen = str(element.get("type")), sheet.chosen(block, element)
    if kind == "rich_text_input":
        value = (chosen or {}).get("rich_text_value") or element.get("initial_value") or {}
        if written := show_rich_text(value, sheet.reader, sheet.width - 2):
            return [f"┃ {line}" for line in written]
    if kind.endswith("_text_input") or kind in {"number_input", "rich_text_input"}:
        shown = typed_text(element, chosen) or placeholder_words(element, sheet.reader)
        return wrap(shown, sheet.width, first="┃ ")
    lines = sheet.lines(block, element)
    if about := describe_chosen(element, sheet.reader, chosen):
        lines = wrap(f"{lines[0]}{about}", sheet.width, rest="  ")
    return lines
