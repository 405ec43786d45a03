"""Who handed a request over, and why, as the first sentence of what its new owner reads."""

from bot.blocks.words import person, when
from bot.domain.snapshots.nudge import NudgeItem


def handed_by(item: NudgeItem) -> str:
    """Return from whom it comes and how they were away, as a sentence with a space behind it; nothing if unknown.

    It is read at any time after: it says what was planned when it was handed over, which stays true.
    """
    if item.by is None:
        return ""
    by = person(item.by.id, item.by.name)
    if item.was is None:
        return f"{by} handed it to you. "
    away = _away(item)
    if item.was.id == item.by.id:
        return f"{by} handed it to you{away and f', {away}'}. "
    was = person(item.was.id, item.was.name)
    return f"{by} handed it to you; {was} had it before, {away}. " if away else f"{by} handed you what {was} had. "


def _away(item: NudgeItem) -> str:
    """Return how whoever had it was away when it was handed over, as planned then."""
    if item.back_at is None:
        return ""
    until = item.away_until or when(item.back_at, "until ")
    if item.away_from:
        planned = item.away_days or f"{when(item.away_from, 'from ')} {until}"
        return f"with time away planned {planned}"
    return f"being away then, as planned {until}"
