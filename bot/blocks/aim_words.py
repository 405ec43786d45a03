"""How our own aims are said: one that is to come, one that rests, and first of all one that has passed."""

from datetime import datetime, timedelta
from typing import Final

from bot.blocks.nudges.slip_words import long_ago
from bot.blocks.words import when
from bot.domain.spans import span_words
from bot.domain.targets import Target, TargetKind

_AIMS: Final = {
    TargetKind.FIRST_ANSWER: "a first answer",
    TargetKind.NEXT_ANSWER: "an answer",
    TargetKind.NEXT_WORD: "a word when they hear again",
}
_ANSWER: Final = {TargetKind.FIRST_ANSWER: "first answer", TargetKind.NEXT_ANSWER: "answer"}


def aim(entry: Target, now: datetime, missed: Target | None = None) -> str:
    """Return what we aim at though the client was told nothing; when an aim has passed, first that one and since when.

    `missed` is the one that passed before this one.
    """
    if entry.paused_at is not None:
        return f"Our own aim rests: {_AIMS[entry.kind]}, with {span_words(entry.remaining or timedelta())} left for it"
    passed = missed or (entry if entry.due_at <= now else None)
    untold = entry.kind is TargetKind.NEXT_WORD
    if passed is not None:
        nobody = "Nobody has told them when they hear again" if untold else f"No {_ANSWER[entry.kind]} yet"
        after = f"; the next one {when(entry.due_at, 'is ')}" if entry.due_at > now else ""
        since = long_ago(passed.due_at, now)
        missed_since = f", missed {since}" if since else " and was missed"
        return f"⚠️ {nobody}. Our own aim {when(passed.due_at, 'was ')}{missed_since}{after}"
    if untold:
        return f"Nobody has told them when they hear again; our own aim: {when(entry.due_at, 'by ')}"
    return f"Our own aim: {_AIMS[entry.kind]} {when(entry.due_at, 'by ')}"
