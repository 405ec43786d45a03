"""What hours of a member's own count for inside the team's: all of them, a part, or nothing."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from bot.domain.hours.calendars import (
    ALL_DAY,
    CalendarRules,
    Span,
    SpecialDay,
    Week,
    member_time,
    spells_text,
    week_text,
)
from bot.domain.local_times import day_words, midnight, zone

NO_WEEK: Final[Week] = ((),) * 7
_MONDAY: Final = date(2024, 1, 1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """The hours of a member's own day that count, by their clock; `whole` when all of them do."""

    spells: tuple[Span, ...]
    whole: bool

    @property
    def is_nothing(self) -> bool:
        """Whether the day names hours of which none count."""
        return not self.spells and not self.whole


@lru_cache(maxsize=1024)
def counted(team: CalendarRules, day: SpecialDay, tz: str, *, within_team: bool) -> Counted:
    """Return which hours of a day of a member's own count; `tz` is the zone that they are in.

    Inside the team's hours they count as far as the team works on that date, by the member's clock.
    """
    own = CalendarRules(week=NO_WEEK, days=(day,), within_team=within_team)
    clock = zone(tz)
    starts_at, ends_at = midnight(day.date, clock), midnight(day.date + 2 * _DAY, clock)
    named = member_time(team, replace(own, within_team=False), tz).spells(starts_at, ends_at)
    counts = member_time(team, own, tz).spells(starts_at, ends_at)
    local = ((start.astimezone(clock), end.astimezone(clock)) for start, end in counts)
    return Counted(tuple((start.time(), end.time()) for start, end in local), whole=counts == named)


@lru_cache(maxsize=1024)
def idle_week(team: Week, own: CalendarRules) -> Week:
    """Return those spells of a member's own week in which the team never works, by the same clock.

    Days of the team's that are not like others are left aside: the team may open on one.
    """
    if not own.within_team:
        return NO_WEEK
    rules = CalendarRules(week=team)
    return tuple(
        tuple(span for span in spans if counted(rules, _in_a_week(day, span), "UTC", within_team=True).is_nothing)
        for day, spans in enumerate(own.week)
    )


def _in_a_week(day: int, span: Span) -> SpecialDay:
    return SpecialDay(_MONDAY + day * _DAY, (span,))


def idle_words(team: CalendarRules, own: CalendarRules | None) -> str:
    """Return which part of a member's own week counts for nothing, as a sentence; empty when each counts somewhere."""
    idle = NO_WEEK if own is None else idle_week(team.week, own)
    if idle == NO_WEEK:
        return ""
    is_one = sum(len(spans) for spans in idle) == 1
    return f"{week_text(idle)} {'counts' if is_one else 'count'} for nothing: the team does not work then."


def counted_words(found: Counted) -> str:
    """Return what of a day's hours counts, to be said after them; empty when all of it does."""
    if found.whole:
        return ""
    if found.is_nothing:
        return "which counts for nothing: the team does not work then"
    return f"of which {spells_text(found.spells)} counts, as far as the team works too"


def nothing_counts(team: CalendarRules, day: SpecialDay, tz: str, name: str) -> str:
    """Return why the hours of a day are refused of which none would count, and what can be done, as a sentence."""
    when = f"{day_words(day.date)} {day.date.year}"
    spells = _team_on(team, day.date, tz)
    works = f"works {spells_text(spells)} on {when}" if spells else f"is closed on {when}"
    return (
        f"The team {works}, so none of these hours would count. Choose others, open the day for the team first, "
        f"or let {name}'s hours count outside the team's too."
    )


def _team_on(team: CalendarRules, day: date, tz: str) -> tuple[Span, ...]:
    whole = SpecialDay(day, (ALL_DAY,))
    return counted(team, whole, tz, within_team=True).spells
