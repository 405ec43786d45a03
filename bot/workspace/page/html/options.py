"""What a menu offers: its options in groups, people and channels by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.workspace.page.html.canvas import JSON, Slot
from bot.workspace.page.html.words import plain_words, text_html
from bot.workspace.render import Reader


@dataclass(frozen=True)
class Choice:
    """One option: `words` where only words can stand, `shown` and `about` formatted where they may be."""

    value: str
    words: str
    chosen: bool
    shown: Markup
    about: Markup
    hint: str
    url: str = ""


@dataclass(frozen=True)
class Group:
    """Options under a label; without one the label is empty."""

    label: str
    choices: list[Choice]


def groups_of(slot: Slot) -> list[Group]:
    """Everything that an element offers; what is chosen is among it even when it is offered no more."""
    on = chosen_values(slot)
    groups = _named(slot, on) if _what(slot) in {"users", "channels", "conversations"} else _offered(slot, on)
    there = {choice.value for group in groups for choice in group.choices}
    gone = [_choice(option, slot.reader, on) for option in _chosen_options(slot) if option["value"] not in there]
    return [*groups, Group("", gone)] if gone else groups


def chosen_values(slot: Slot) -> list[str]:
    """The values (or ids) that an element is set to."""
    return [str(option["value"]) for option in _chosen_options(slot)]


def chosen_choices(groups: Iterable[Group]) -> list[Choice]:
    """What is chosen, in the order in which it is offered."""
    return [choice for group in groups for choice in group.choices if choice.chosen]


def _what(slot: Slot) -> str:
    return slot.kind.removeprefix("multi_").removesuffix("_select")


def _chosen_options(slot: Slot) -> list[JSON]:
    current = slot.current
    several = current if isinstance(current, list) else [current] if current else []
    return [_as_option(one, slot.reader) for one in several]


def _as_option(one: Any, reader: Reader) -> JSON:
    if isinstance(one, dict):
        return {**one, "value": str(one.get("value", ""))}
    name = f"#{reader.channels[one]}" if one in reader.channels else reader.person(str(one))
    return {"text": {"type": "plain_text", "text": name, "emoji": False}, "value": str(one)}


def _offered(slot: Slot, on: list[str]) -> list[Group]:
    element = slot.element
    groups = [(plain_words(one.get("label")), one.get("options") or []) for one in element.get("option_groups") or []]
    all_groups = [("", element.get("options") or []), *groups]
    return [Group(label, [_choice(one, slot.reader, on) for one in found]) for label, found in all_groups if found]


def _choice(option: JSON, reader: Reader, on: list[str]) -> Choice:
    about = option.get("description")
    return Choice(
        value=str(option.get("value", "")),
        words=plain_words(option.get("text")),
        chosen=str(option.get("value", "")) in on,
        shown=text_html(option.get("text") or "", reader),
        about=text_html(about, reader) if about else Markup(),
        hint=plain_words(about),
        url=str(option.get("url") or ""),
    )


def _named(slot: Slot, on: list[str]) -> list[Group]:
    reader, what = slot.reader, _what(slot)
    people = _sorted(reader.people.items(), "", on)
    channels = _sorted(reader.channels.items(), "#", on)
    if what == "users":
        return [Group("", people)]
    return [Group("", channels)] if what == "channels" else [Group("Channels", channels), Group("People", people)]


def _sorted(names: Iterable[tuple[str, str]], mark: str, on: list[str]) -> list[Choice]:
    return [
        Choice(value, f"{mark}{name}", value in on, Markup("{}{}").format(mark, name), Markup(), "")
        for value, name in sorted(names, key=lambda pair: pair[1].casefold())
    ]
