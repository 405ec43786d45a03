"""Until when somebody who has a promise in hand is relied on: who goes away hands on what they have not done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ladder.ladders import TIME_TO_ACT
from bot.domain.ladder.reaching import CHANNEL, Person, bearer, reach
from bot.domain.working_time import NoWorkingTimeError, WorkingTime

_NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Away:
    """A time away, `end` not in it, and when it was entered."""

    start: datetime
    end: datetime
    entered_at: datetime


def leaves_at(
    hours: WorkingTime, usual: WorkingTime, aways: Iterable[Away], *, since: datetime, due_at: datetime
) -> datetime | None:
    """Return when somebody goes away who has had a promise in hand `since`; None while they can be relied on.

    `hours` are theirs with the times away taken out, `usual` without. A time away counts when it takes working time
    from them before the due time, leaves them less than `TIME_TO_ACT`, and was not known when they took it in hand
    during it. They go when their last working time before it ends, or when it was entered, if that is later.
    """
    for away in sorted(aways, key=lambda one: one.start):
        if away.end <= since or away.start >= due_at or max(away.start, away.entered_at) <= since:
            continue
        at = max(_last_close(hours, away.start, since), away.entered_at)
        taken = usual.between(max(away.start, since), min(away.end, due_at))
        if at < due_at and taken > _NOTHING and hours.between(at, due_at) < TIME_TO_ACT:
            return at
    return None


def _last_close(hours: WorkingTime, start: datetime, since: datetime) -> datetime:
    """Return when somebody stops working before an instant; that instant when they took it in hand after work."""
    try:
        close = hours.previous_close(start)
    except NoWorkingTimeError:
        return start
    return close if since < close < start else start


def handed_on_at(leaves: datetime, others: Sequence[Person], *, since: datetime, due_at: datetime) -> datetime:
    """Return when the next one in line hears of what somebody had in hand `since` who goes away at `leaves`.

    Then: they may well be done before. When nobody of the others would hear it at work any more, at half of what is
    left to the next one: the call before closing time.
    """
    if reach(others, leaves, due_at).recipient != CHANNEL:
        return leaves
    other = bearer(others, since, due_at)
    if other is None:
        return leaves
    return min(leaves, other.hours.add(since, other.hours.between(since, due_at) / 2))
