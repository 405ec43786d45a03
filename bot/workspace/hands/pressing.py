"""What can be pressed on a surface, and which of it a person means."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.workspace.hands.naming import NotThereError, enumerate_names, fold, numbered, pick, quote
from bot.workspace.hands.settings import Surroundings, entry_for
from bot.workspace.render import Reader
from bot.workspace.render.elements import options_of
from bot.workspace.render.words import show_text

JSON = dict[str, Any]
_MENUS: Final = ("static_select", "radio_buttons", "checkboxes", "overflow")
_SHORT: Final = 40
"""So much of what stands beside a button is said to tell it from another one."""

_BUTTONS: Final = ("button", "icon_button", "workflow_button")


@dataclass(frozen=True)
class Press:
    """One press: which element, and what it sends (`entry`, empty for a button); `beside` are the words before it."""

    label: str
    block_id: str
    element: JSON
    entry: JSON
    beside: Any = ""

    @property
    def action_id(self) -> str:
        """The action_id of the element."""
        return str(self.element.get("action_id", ""))

    @property
    def value(self) -> JSON | None:
        """What the control interface takes: nothing for a button, an option for an overflow menu, else the state."""
        if self.element.get("type") == "overflow":
            option: JSON = self.entry["selected_option"]
            return option
        return self.entry or None


@dataclass(frozen=True)
class Spot:
    """An element on a surface, with the words that stand for it, and the text object before or beside it."""

    name: str
    block_id: str
    element: JSON
    beside: Any = ""


def find_press(blocks: list[JSON], label: str, around: Surroundings) -> Press:
    """The press that a person means by a label.

    A button goes by its text, an option of a menu by its text, any other menu or picker by "name=what to choose", where
    the name is its placeholder, its preset or the text beside it. A button wins over an option of the same name. The
    second of several with the same name is "Claim#2", unless something is called just so.
    NotThereError and AmbiguousError name what there is.
    """
    spots = list(_spots(blocks))
    buttons = [Press(spot.name, spot.block_id, spot.element, {}, spot.beside) for spot in spots if _is_button(spot)]
    menus = [spot for spot in spots if not _is_button(spot)]
    options = list(_options(menus))

    def beside(thing: Press | Spot) -> str:
        return _in_short(thing.beside, Reader(around.tz, around.now))

    for wanted in dict.fromkeys((label, numbered(label)[0])):
        for candidates in (buttons, options):
            if any(fold(press.label) == fold(wanted) for press in candidates):
                return pick(label, candidates, _label, "button", beside)
        name, equals, words = label.partition("=")
        if equals:
            menu = pick(name, menus, lambda spot: spot.name, "menu", beside)
            return Press(menu.name, menu.block_id, menu.element, entry_for(menu.element, words, around))
        for candidates, what in ((buttons, "button"), (options, "option")):
            if fold(wanted) and any(fold(press.label).startswith(fold(wanted)) for press in candidates):
                return pick(label, candidates, _label, what, beside)
    raise NotThereError(f"nothing to press is called {quote(label)}; {what_there_is(blocks)}")


def can_be_pressed(blocks: list[JSON]) -> bool:
    """Whether there is anything to press."""
    return any(True for _ in _spots(blocks))


def what_there_is(blocks: list[JSON]) -> str:
    """What can be pressed, as words: there is “Claim” and “Reply”; menus: “Category”."""
    spots = list(_spots(blocks))
    buttons = enumerate_names(spot.name for spot in spots if _is_button(spot))
    menus = enumerate_names(spot.name for spot in spots if not _is_button(spot))
    parts = [f"there is {buttons}" if buttons else "", f"menus: {menus}" if menus else ""]
    return "; ".join(part for part in parts if part) or "there is nothing to press here"


def _label(press: Press) -> str:
    return press.label


def _is_button(spot: Spot) -> bool:
    return spot.element.get("type") in _BUTTONS


def _options(spots: list[Spot]) -> Iterator[Press]:
    for spot in spots:
        kind = spot.element.get("type")
        for option in options_of(spot.element) if kind in _MENUS else []:
            key, value = ("selected_options", [option]) if kind == "checkboxes" else ("selected_option", option)
            entry = {"type": kind, key: value}
            yield Press(_text(option.get("text")), spot.block_id, spot.element, entry, spot.beside)


def _spots(blocks: list[JSON]) -> Iterator[Spot]:
    before: Any = ""
    for block in blocks:
        before = block.get("text") or before
        beside = _text(block.get("text"))
        elements = block.get("elements", []) if block.get("type") in {"actions", "context_actions"} else []
        for element in [*elements, block.get("accessory") or {}]:
            if element.get("type") in {None, "image"}:
                continue
            yield from (replace(spot, beside=before) for spot in _spot(block, element, beside))


def _spot(block: JSON, element: JSON, beside: str) -> Iterator[Spot]:
    block_id = str(block.get("block_id", ""))
    if element["type"] == "feedback_buttons":
        for side in ("positive_button", "negative_button"):
            button = {**element[side], "type": "button", "action_id": element.get("action_id", "")}
            yield Spot(_text(button.get("text")), block_id, button)
        return
    if element["type"] in _BUTTONS:
        yield Spot(_text(element.get("text")), block_id, element)
        return
    preset = _text((element.get("initial_option") or {}).get("text"))
    name = _text(element.get("placeholder")) or beside or preset or str(element["type"]).replace("_", " ")
    yield Spot(name, block_id, element)


def _in_short(text: Any, reader: Reader) -> str:
    """The beginning of a text object as a person reads it, on one line."""
    words = " ".join(show_text(text, reader).split())
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 1].rstrip()}…"


def _text(thing: Any) -> str:
    return str(thing.get("text", "")) if isinstance(thing, dict) else ""
