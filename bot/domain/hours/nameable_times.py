"""Times that people would name: inside of a spell of work, at a full quarter of an hour or so.

Nobody names the minute at which everybody leaves, nor the one at which the lights go on.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.domain.local_times import midnight
from bot.domain.working_time import NoWorkingTimeError, WorkingTime

EDGE = timedelta(minutes=30)
"""So far inside of a spell of work a time is named; in one shorter than four of these, at most a quarter of it."""

QUARTERS = (timedelta(minutes=15), timedelta(minutes=5), timedelta(minutes=1))
"""How finely a time is said: at full quarters of an hour, and finer only where a spell of work has none."""

FIVES = QUARTERS[1:]
"""The same for what is near: at full five minutes."""

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def last_before(hours: WorkingTime, now: datetime, end: datetime, steps: tuple[timedelta, ...]) -> datetime | None:
    """Return the last time to name after now and not after an end; None when there is none."""
    for _, close in reversed(hours.spells(now, end)):
        low, high, step = _nameable(hours, close - _MICROSECOND, steps)
        found = min(high, _down(end, step))
        if low <= found and found > now:
            return found
    return None


def first_after(hours: WorkingTime, end: datetime, steps: tuple[timedelta, ...]) -> datetime:
    """Return the first time to name that is not before an end; NoWorkingTimeError when there is none in ten years."""
    at = end
    while True:
        at = hours.next_opening(at)
        low, high, step = _nameable(hours, at, steps)
        found = max(low, _up(end, step))
        if found <= high:
            return found
        at = hours.closing(at)


def nameable_days(hours: WorkingTime, now: datetime, clock: tzinfo) -> Iterator[date]:
    """Yield the days, by a clock, on which there is a time to name from now on, as far as hours are known."""
    at = now
    with suppress(NoWorkingTimeError):
        while True:
            at = hours.next_opening(at)
            low, high, _ = _nameable(hours, at, QUARTERS)
            if at <= high:
                day = max(low, at).astimezone(clock).date()
                yield day
                at = midnight(day + _DAY, clock)
            else:
                at = hours.closing(at)


def _nameable(hours: WorkingTime, at: datetime, steps: tuple[timedelta, ...]) -> tuple[datetime, datetime, timedelta]:
    """Return the first and the last time to name in the spell around an open moment, and how finely they are said.

    More than a day away from the moment nothing is looked at.
    """
    start, end = next(spell for spell in hours.spells(at - _DAY, at + _DAY) if spell[0] <= at < spell[1])
    edge = min(EDGE, (end - start) / 4)
    for step in steps:
        low, high = _up(start + edge, step), _down(end - edge, step)
        if low <= high:
            return low, high, step
    return start, start, steps[-1]


def _down(at: datetime, step: timedelta) -> datetime:
    return at - (at - _EPOCH) % step


def _up(at: datetime, step: timedelta) -> datetime:
    return -((_EPOCH - at) // step) * step + _EPOCH
