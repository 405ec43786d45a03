"""What falls into an absence, for whoever stands in: each promise as it stands now."""

from bot.blocks import phrases
from bot.blocks.pieces import Block
from bot.blocks.words import Element, escape, line, mention, person, rich_text, said, when, when_element
from bot.domain.away.away import AwayShown, Falling
from bot.domain.promises import Outcome

MOST = 15
"""Lines of one list; the queue shows the rest."""

_ENDED = {
    Outcome.KEPT: "answered",
    Outcome.MOVED_BEFORE: "moved",
    Outcome.SLIPPED: "slipped",
    Outcome.RELEASED: "no longer promised",
    Outcome.VOID: "never promised",
}


def counted(shown: AwayShown) -> str:
    """Return how many promises fall into an absence as it stands now, as a sentence before their list; none: nothing.

    What was handed over or ended since it was entered stays in the list, and counts no more.
    """
    if not shown.falling:
        return ""
    left = sum(_is_left(shown, item) for item in shown.falling)
    if not left:
        return "What fell into it is settled:"
    still = "still " if left < len(shown.falling) else ""
    return f"One promise {still}falls into it:" if left == 1 else f"{left} promises {still}fall into it:"


def build_list(shown: AwayShown) -> list[Block]:
    """Return the list; what is not to be thought of any more is struck through."""
    items = shown.falling[:MOST]
    return [rich_text(*(_line(shown, item) for item in items))] if items else []


def spoken(shown: AwayShown) -> list[str]:
    """Return the same for a message's fallback, a line each."""
    return [f"{escape(_title(item))}: {_spoken(shown, item)}" for item in shown.falling[:MOST]]


def _is_left(shown: AwayShown, item: Falling) -> bool:
    """Tell whether a promise is still its member's, and to be heard of while they are away."""
    is_theirs = item.owner is not None and item.owner.id == shown.member.id
    if item.moved_to is not None:
        return is_theirs and shown.absence.spell[0] <= item.moved_to < shown.absence.spell[1]
    return is_theirs and item.promise.outcome is Outcome.OPEN


def _is_readers(shown: AwayShown, item: Falling) -> bool:
    return item.owner is not None and item.owner.id == shown.reader.id


def _is_over(shown: AwayShown, item: Falling) -> bool:
    return not _is_left(shown, item) and (not _is_readers(shown, item) or _ended(item) != "")


def _ended(item: Falling) -> str:
    """Return in a word how a promise ended without a new time; nothing while it holds."""
    return "" if item.moved_to is not None else _ENDED.get(item.promise.outcome, "")


def _title(item: Falling) -> str:
    return phrases.title(item.request, item.client)


def _line(shown: AwayShown, item: Falling) -> Element:
    title = said(_title(item), strike=True) if _is_over(shown, item) else said(_title(item))
    if _ended(item):
        return line(title, said(f": {_ended(item)}"))
    due = when_element(item.moved_to or item.promise.due_at, _lead(item))
    if item.owner is None:
        return line(title, said(": nobody has it now, "), due)
    if _is_readers(shown, item):
        return line(title, said(": yours now, "), due)
    if item.owner.id != shown.member.id:
        return line(title, said(": "), mention(item.owner.id, item.owner.name), said(" has it now, "), due)
    return line(title, said(": "), due)


def _spoken(shown: AwayShown, item: Falling) -> str:
    if _ended(item):
        return _ended(item)
    due = when(item.moved_to or item.promise.due_at, _lead(item))
    if item.owner is None:
        return f"nobody has it now, {due}"
    if _is_readers(shown, item):
        return f"yours now, {due}"
    if item.owner.id != shown.member.id:
        return f"{person(item.owner.id, item.owner.name)} has it now, {due}"
    return due


def _lead(item: Falling) -> str:
    return "moved to " if item.moved_to is not None else "due "
