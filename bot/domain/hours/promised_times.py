"""Times that can be promised: when those who keep them are at work, and such as people say.

The rule, as a thoughtful colleague has it. A span of hours counts working time: what is said at 16:31 "within an hour"
is half past nine in the morning, when work stops at five. Of a span of days each is a day on which there is work, and
the time of the day stays: Friday noon and a day is Monday noon; what is said when there is no work counts from when it
begins, so Sunday and a day is late on Monday. Nobody names the minute at which everybody leaves, nor the one at which
the lights go on: a time lies half an hour inside. What ends nearer to the edge is named before it, if at least half of
the working time is left then, else after the next one begins. Where work never stops, a span ends where it ends. All
ends are rounded down to a full quarter of an hour, those of short spans to full five minutes. A longer span never ends
before a shorter one.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import islice, takewhile

from bot.domain.hours.nameable_times import FIVES, QUARTERS, first_after, last_before, nameable_days
from bot.domain.local_times import midnight, moment, zone
from bot.domain.working_time import ALWAYS, NoWorkingTimeError, Spell, WorkingTime, both

ROUND_FROM = timedelta(minutes=45)
"""Spans from here on end at a full quarter of an hour, shorter ones at full five minutes."""

DAY_OF_WORK = timedelta(hours=8)
"""So much of the team's time somebody may be away before a colleague who writes for them names the team's times."""

SOON = timedelta(days=28)
"""Who is not at work once in so long keeps no promise that is made today."""

NEAR = timedelta(days=3)
"""So long an owner waits for hours with the team, counted in dates: over a weekend and a day. What is shared later,
such as the one Saturday in weeks on which the team opens, is no reason to let a client wait."""

_DAY = timedelta(days=1)
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

    It lies in the team's hours and in the owner's, of which the span takes its time. An owner who would wait too long
    for the team (`NEAR`) has their own; who is away for more than a day of work while a colleague writes, or for weeks,
    has the team's: somebody stands in. Of a team that has not so much work ahead a span ends by the clock.
    """
    found = _time(keeper, now, span)
    return min(found, _time(keeper, now, ROUND_FROM)) if span < ROUND_FROM else found


def is_at_once(keeper: Keeper, now: datetime, due: datetime) -> bool:
    """Tell whether there is work all the way from now until then: what is looked into now is not put down between."""
    hours = keeper.own or keeper.team
    return hours.between(now, due) == due - now


def days_to_name(keeper: Keeper, now: datetime, tz: str, most: int = 2) -> tuple[date, ...]:
    """Return the next days, by a client's clock, on which there is a time to name: for "may I call you".

    Whose days they are is as in `time_to_promise`: of the owner's next days of work first those that the team shares.
    There is one at least, and fewer than `most` only when there will be no others in ten years.
    """
    clock = zone(tz)
    found = () if keeper.own is None else _days_of_owner(keeper, keeper.own, now, clock, most)
    if not found or _missed(keeper, now, midnight(found[0], clock)) > DAY_OF_WORK:
        found = tuple(islice(nameable_days(keeper.team, now, clock), most))
    return found or tuple(islice(nameable_days(ALWAYS, now, clock), most))


def is_inside(hours: WorkingTime, due: datetime) -> bool:
    """Tell whether a time that somebody named lies in working time; when work stops still counts."""
    return hours.is_open(due) or hours.is_open(due - _MICROSECOND)


def _of_owner(keeper: Keeper, own: WorkingTime, now: datetime, span: timedelta) -> datetime | None:
    """Return the time by the owner's hours, and by the team's too when that is near; None: they cannot keep it."""
    alone = _alone(own, keeper.tz, now, span) if own.spells(now, now + SOON) else None
    if alone is None:
        return None
    clock, shared = zone(keeper.tz), both(keeper.team, own)
    until = midnight(alone.astimezone(clock).date() + NEAR + _DAY, clock)
    if not shared.spells(now, until):
        return alone
    try:
        found = _named(shared, now, _end(own, keeper.tz, now, span), own, span)
    except NoWorkingTimeError:
        return alone
    return found if found < until else alone


def _days_of_owner(keeper: Keeper, own: WorkingTime, now: datetime, clock: tzinfo, most: int) -> tuple[date, ...]:
    """Return the owner's next days, such as the team shares first; none when they are away for weeks."""
    alone = tuple(islice(nameable_days(own, now, clock), most)) if own.spells(now, now + SOON) else ()
    if not alone:
        return ()
    last, shared = alone[0] + NEAR, both(keeper.team, own)
    open_soon = shared.spells(now, midnight(last + _DAY, clock))
    with_team = takewhile(lambda day: day <= last, nameable_days(shared, now, clock)) if open_soon else ()
    return tuple(sorted(islice(dict.fromkeys((*with_team, *alone)), most)))


def _alone(hours: WorkingTime, tz: str, now: datetime, span: timedelta) -> datetime | None:
    """Return the time by these hours alone, None when they are too few."""
    try:
        return _named(hours, now, _end(hours, tz, now, span), hours, span)
    except NoWorkingTimeError:
        return None


def _time(keeper: Keeper, now: datetime, span: timedelta) -> datetime:
    """Return the time by the hours of whoever can keep it, rounded as suits this span."""
    found = None if keeper.own is None else _of_owner(keeper, keeper.own, now, span)
    if found is None or _missed(keeper, now, found) > DAY_OF_WORK:
        found = _alone(keeper.team, keeper.tz, now, span)
    return found or _named(ALWAYS, now, _end(ALWAYS, keeper.tz, now, span), ALWAYS, span)


def _missed(keeper: Keeper, now: datetime, until: datetime) -> timedelta:
    """Return how much of the team's time the owner is away for before then."""
    parts = ((max(start, now), min(end, until)) for start, end in keeper.away)
    return sum((keeper.team.between(start, end) for start, end in parts if start < end), timedelta())


def _end(hours: WorkingTime, tz: str, now: datetime, span: timedelta) -> datetime:
    """Return when a span ends: days on a later day with work, hours after so much work, at most one day more."""
    days, rest = divmod(span, _DAY)
    end = _days_on(hours, tz, now, days)
    if not rest:
        return end
    end = hours.add(end, rest)
    try:
        return min(end, _days_on(hours, tz, now, days + 1))
    except NoWorkingTimeError:
        return end


def _days_on(hours: WorkingTime, tz: str, now: datetime, days: int) -> datetime:
    """Return the same time of a later day with work; what is said when there is none counts from the next opening."""
    if hours.between(now, now + days * _DAY) == days * _DAY:
        return now + days * _DAY
    clock = zone(tz)
    wall = hours.next_opening(now).astimezone(clock)
    day = wall.date()
    for _ in range(days):
        day = hours.next_opening(midnight(day + _DAY, clock)).astimezone(clock).date()
    return moment(day, wall.hour * 60 + wall.minute, clock).at


def _named(hours: WorkingTime, now: datetime, end: datetime, spent: WorkingTime, span: timedelta) -> datetime:
    """Return the time that people would say for an end: before it, or after it when too little would be left."""
    steps = QUARTERS if span >= ROUND_FROM else FIVES
    before = last_before(hours, now, end, steps)
    if before is not None and 2 * spent.between(now, before) >= spent.between(now, end):
        return before
    return first_after(hours, end, steps)
