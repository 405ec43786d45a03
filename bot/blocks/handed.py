"""Who handed a request over, and why, as the first sentence of what its new owner reads."""

from bot.blocks.words import person, when
from bot.domain.snapshots.nudge import NudgeItem


def handed_by(item: NudgeItem) -> str:
    """Return from whom it comes and whether they are away, as a sentence with a space behind it; nothing if unknown."""
    if item.by is None:
        return ""
    by = person(item.by.id, item.by.name)
    if item.was is None:
        return f"{by} handed it to you. "
    away = _away(item)
    if item.was.id == item.by.id:
        return f"{by} {away} and handed it to you. " if away else f"{by} handed it to you. "
    was = person(item.was.id, item.was.name)
    return f"{by} handed it to you; {was}, who had it before, {away}. " if away else f"{by} handed you what {was} had. "


def _away(item: NudgeItem) -> str:
    if item.back_at is None:
        return ""
    begins = f"will be away {when(item.away_from, 'from ')}" if item.away_from else "is away"
    return f"{begins} {when(item.back_at, 'until ')}"
