"""The working time that somebody counted on when they took a promise in hand, and what their hours leave of it now."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.ladder.ladders import TIME_TO_ACT
from bot.domain.working_time import NoWorkingTimeError, Spell, WorkingTime


def counted_on(hours: WorkingTime, *, since: datetime, due_at: datetime) -> tuple[Spell, ...]:
    """Return the last working time that somebody has from `since` to the due time, `TIME_TO_ACT` of it at most."""
    return tuple(hours.spells(max(since, _last_stretch(hours, due_at) or since), due_at))


def stops_at(
    hours: WorkingTime, counted: Sequence[Spell], *, since: datetime, now: datetime, due_at: datetime
) -> datetime | None:
    """Return when somebody stops work on a promise in hand `since`, because time they `counted` on is theirs no longer.

    `hours` are those that hold now. They stop at the end of their last working time that leaves less than `TIME_TO_ACT`
    after it; `now` when they are not at work. None while nothing they counted on after that was taken from them, and
    while they are at work until the due time. What is past counts for nothing.
    """
    at = max(since, now, _last_stretch(hours, due_at) or since)
    first = next(iter(hours.spells(at, due_at)), None)
    if first is not None and first[0] == at:
        at = first[1]
    had = sum((end - max(start, at) for start, end in counted if end > at), timedelta())
    return at if at < due_at and hours.between(at, due_at) < had else None


def _last_stretch(hours: WorkingTime, due_at: datetime) -> datetime | None:
    try:
        return hours.subtract(due_at, TIME_TO_ACT)
    except NoWorkingTimeError:
        return None
