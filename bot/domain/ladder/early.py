"""Why a nudge comes before its reader's work stops: a time away, or a day off, takes what would come after that."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.domain.local_times import midnight, zone
from bot.domain.working_time import NoWorkingTimeError, WorkingTime

_NOTHING = timedelta()
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Usual:
    """Somebody's hours without their times away (`hours`), and without days off and half days either (`week`).

    `off` are the days off with their names, "" for one that has none, soonest first; days are those of the zone `tz`.
    """

    hours: WorkingTime
    week: WorkingTime
    tz: str
    off: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Working time that somebody usually has, and has not before something is due: the first of it is at `at`.

    `day` is the day on which that lies by their own clock, when they do not work on it at all; None for a part of a
    day. `off` is the name of a day off, "" for one that has none; None for a time away of theirs.
    """

    at: datetime
    day: date | None
    off: str | None = None


def missing_after(
    closes: datetime, *, at: datetime, due_at: datetime, hours: WorkingTime, usual: Usual
) -> Missing | None:
    """Return what brings something due at `due_at` to its reader at `at` already, before their work stops at `closes`.

    That is a time away when without it as much working time would be left after that closing as is left at `at`, or
    when work stops because of it; else a day off for the first of these reasons. None when it would come before that
    closing anyway. `hours` are theirs as they hold, times away left out.
    """
    left = hours.between(at, due_at)
    try:
        return _away(closes, left, due_at, hours, usual) or _day_off(closes, left, due_at, usual)
    except NoWorkingTimeError:
        return None


def first_missing(after: datetime, *, due_at: datetime, hours: WorkingTime, usual: Usual) -> Missing | None:
    """Return the first working time from an instant on that times away take before `due_at`; None when they take none.

    `hours` are somebody's as they hold, `usual` what they are without their times away.
    """
    try:
        first = usual.hours.next_opening(after)
        while first < due_at and hours.is_open(first):
            first = usual.hours.next_opening(hours.closing(first))
    except NoWorkingTimeError:
        return None
    if first >= due_at:
        return None
    tz = zone(usual.tz)
    day = first.astimezone(tz).date()
    return Missing(first, None if hours.between(*_bounds(day, tz)) > _NOTHING else day)


def _away(closes: datetime, left: timedelta, due_at: datetime, hours: WorkingTime, usual: Usual) -> Missing | None:
    if usual.hours == hours:
        return None
    if not usual.hours.is_open(closes) and usual.hours.subtract(due_at, left) < closes:
        return None
    return first_missing(closes, due_at=due_at, hours=hours, usual=usual)


def _day_off(closes: datetime, left: timedelta, due_at: datetime, usual: Usual) -> Missing | None:
    if not usual.off or usual.week.subtract(due_at, left) < closes:
        return None
    for day, name in usual.off:
        start, end = _bounds(day, zone(usual.tz))
        span = (max(start, closes), min(end, due_at))
        if span[0] < span[1] and usual.week.between(*span) > usual.hours.between(*span):
            return Missing(usual.week.next_opening(span[0]), day, name)
    return None


def _bounds(day: date, tz: tzinfo) -> tuple[datetime, datetime]:
    return midnight(day, tz), midnight(day + _DAY, tz)
