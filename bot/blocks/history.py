"""What happened to a request, in words. Events carry ids and instants, never a client's text."""

from collections.abc import Mapping
from typing import Final

from bot.blocks.words import Element, mention, one_line, said, when_element
from bot.domain.snapshots import HistoryEntry

_HAPPENED: Final[Mapping[str, str]] = {}


def happened(entry: HistoryEntry, names: Mapping[str, str]) -> list[Element]:
    """Return one event as a line: when, what, by whom. A kind without words of its own is read as it is called."""
    what = _HAPPENED.get(entry.kind) or one_line(entry.kind.replace("_", " ").replace(".", " "), 80).capitalize()
    detail = f" ({one_line(entry.detail, 80)})" if entry.detail else ""
    who = [said(" · "), mention(entry.actor, names.get(entry.actor, ""))] if entry.actor else []
    return [when_element(entry.at), said(f" · {what}{detail}"), *who, said("\n")]
