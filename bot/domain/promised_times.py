"""Times that can be promised: when those who keep them are at work, and such as people say.

The rule, as a thoughtful colleague has it. A span of hours counts working time: what is said at 16:31 "within an hour"
is half past nine in the morning, when work stops at five. Of a span of days each is a day on which there is work, and
the time of the day stays: Friday noon and a day is Monday noon. Nobody names the minute at which everybody leaves, nor
the one at which the lights go on: a time lies half an hour inside. What ends nearer to the edge is named before it, if
at least half of the working time is left then, else after the next one begins. Where work never stops, a span ends
where it ends. All ends are rounded down to a full quarter of an hour, those of short spans to full five minutes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice

from bot.domain.local_times import midnight, moment, zone
from bot.domain.working_time import ALWAYS, Spell, WorkingTime, both

EDGE = timedelta(minutes=30)
"""So far inside of a spell of work a time is named; in one shorter than four of these, at most a quarter of it."""

ROUND_FROM = timedelta(minutes=45)
"""Spans from here on end at a full quarter of an hour, shorter ones at full five minutes."""

DAY_OF_WORK = timedelta(hours=8)
"""So much of the team's time somebody may be away before a colleague who writes for them names the team's times."""

SOON = timedelta(days=28)
"""Who is not at work once in so long keeps no promise that is made today."""

_DAY = timedelta(days=1)
_STEPS = (timedelta(minutes=15), timedelta(minutes=5), timedelta(minutes=1))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Whose working time a promise goes by: the team's, and its owner's when it has one.

    `own` are the owner's hours, absences taken away, None without an owner. `away` are absences in which somebody else
    acts for them; empty when they write themselves. By the clock of `tz` days are counted.
    """

    team: WorkingTime = ALWAYS
    own: WorkingTime | None = None
    away: tuple[Spell, ...] = ()
    tz: str = "UTC"


def time_to_promise(keeper: Keeper, now: datetime, span: timedelta) -> datetime:
    """Return the time to tell a client who is to hear or have something within a span, in UTC.

    It lies in the team's hours and in the owner's, of which the span takes its time. Who is at work at none of the
    team's hours has their own; who is away for more than a day of work while a colleague writes, or for weeks, has the
    team's: somebody stands in.

    Raises:
        NoWorkingTimeError: the team is never at work again.
    """
    shared = _shared(keeper, now)
    if keeper.own is not None and shared is not None:
        found = _named(shared, now, _end(keeper.own, keeper.tz, now, span), keeper.own, span)
        if _missed(keeper, now, found) <= DAY_OF_WORK:
            return found
    return _named(keeper.team, now, _end(keeper.team, keeper.tz, now, span), keeper.team, span)


def is_at_once(keeper: Keeper, now: datetime, due: datetime) -> bool:
    """Tell whether there is work all the way from now until then: what is looked into now is not put down between."""
    hours = keeper.own or keeper.team
    return hours.between(now, due) == due - now


def days_to_name(keeper: Keeper, now: datetime, tz: str, most: int = 2) -> tuple[date, ...]:
    """Return the next days, by a client's clock, on which there is a time to name: for "may I call you".

    Whose days they are is as in `time_to_promise`.

    Raises:
        NoWorkingTimeError: there are not so many.
    """
    clock, shared = zone(tz), _shared(keeper, now)
    if shared is not None:
        found = tuple(islice(_days(shared, now, clock), most))
        if _missed(keeper, now, midnight(found[0], clock)) <= DAY_OF_WORK:
            return found
    return tuple(islice(_days(keeper.team, now, clock), most))


def is_inside(hours: WorkingTime, due: datetime) -> bool:
    """Tell whether a time that somebody named lies in working time; when work stops still counts."""
    return hours.is_open(due) or hours.is_open(due - _MICROSECOND)


def _shared(keeper: Keeper, now: datetime) -> WorkingTime | None:
    """Return when both team and owner are at work, else when the owner is; None: nobody owns it, or away for weeks."""
    if keeper.own is None:
        return None
    hours = (both(keeper.team, keeper.own), keeper.own)
    return next((each for each in hours if each.spells(now, now + SOON)), None)


def _missed(keeper: Keeper, now: datetime, until: datetime) -> timedelta:
    """Return how much of the team's time the owner is away for before then."""
    parts = ((max(start, now), min(end, until)) for start, end in keeper.away)
    return sum((keeper.team.between(start, end) for start, end in parts if start < end), timedelta())


def _end(hours: WorkingTime, tz: str, now: datetime, span: timedelta) -> datetime:
    """Return when a span ends: of hours in working time, of days at the same time of a later day with work."""
    if span < _DAY or hours.between(now, now + span) == span:
        return hours.add(now, span)
    clock = zone(tz)
    wall = now.astimezone(clock)
    day = wall.date()
    for _ in range(span // _DAY):
        day = hours.next_opening(midnight(day + _DAY, clock)).astimezone(clock).date()
    end = moment(day, wall.hour * 60 + wall.minute, clock).at
    return hours.add(end, span % _DAY) if span % _DAY else end


def _named(hours: WorkingTime, now: datetime, end: datetime, spent: WorkingTime, span: timedelta) -> datetime:
    """Return the time that people would say for an end: before it, or after it when too little would be left."""
    steps = _STEPS if span >= ROUND_FROM else _STEPS[1:]
    before = _last_before(hours, now, end, steps)
    if before is not None and 2 * spent.between(now, before) >= spent.between(now, end):
        return before
    return _first_after(hours, end, steps)


def _last_before(hours: WorkingTime, now: datetime, end: datetime, steps: tuple[timedelta, ...]) -> datetime | None:
    for _, close in reversed(hours.spells(now, end)):
        low, high, step = _nameable(hours, close - _MICROSECOND, steps)
        found = min(high, _down(end, step))
        if low <= found and found > now:
            return found
    return None


def _first_after(hours: WorkingTime, end: datetime, steps: tuple[timedelta, ...]) -> datetime:
    at = end
    while True:
        at = hours.next_opening(at)
        low, high, step = _nameable(hours, at, steps)
        found = max(low, _up(end, step))
        if found <= high:
            return found
        at = hours.closing(at)


def _days(hours: WorkingTime, now: datetime, clock: tzinfo) -> Iterator[date]:
    at = now
    while True:
        at = hours.next_opening(at)
        low, high, _ = _nameable(hours, at, _STEPS)
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
