"""Calendars: the working time of the team and of each member, from their rules.

How rules are written, checked and stored has files of its own; what they offer can be imported from here.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from bot.domain.hours.calendar_checks import check_days, check_week, check_zone, is_zone
from bot.domain.hours.calendar_json import from_json, to_json
from bot.domain.hours.calendar_rules import (
    ALL_DAY,
    ALL_WEEK,
    DAYS,
    CalendarRules,
    CalendarTextError,
    Holiday,
    Span,
    SpecialDay,
    Week,
)
from bot.domain.hours.calendar_text import (
    AROUND,
    EXAMPLE,
    parse_rules,
    parse_spells,
    parse_week,
    rules_text,
    spells_text,
    week_text,
)
from bot.domain.ladder.early import Usual
from bot.domain.working_time import (
    ALWAYS,
    Calendar,
    NoWorkingTimeError,
    Spell,
    WorkingTime,
    both,
    without,
    working_time,
)

__all__ = ["ALL_DAY", "ALL_WEEK", "AROUND", "DAYS", "EXAMPLE", "CalendarRules", "CalendarTextError", "Holiday", "Span"]
__all__ += ["SpecialDay", "Week", "check_member_rules", "check_rules", "check_zone", "from_json", "is_zone"]
__all__ += [
    "member_time",
    "parse_rules",
    "parse_spells",
    "parse_week",
    "rules_text",
    "spells_text",
    "team_time",
    "to_json",
]
__all__ += ["usual_time", "week_text"]

NO_ZONE: Final = "UTC"
"""The zone of a team in which nobody has one."""

LOOK_AHEAD: Final = timedelta(days=366)
"""Hours in which no minute is open for so long are refused: every nudge would wait for ever."""

_KEPT: Final = 1024


@lru_cache(maxsize=_KEPT)
def team_time(rules: CalendarRules) -> WorkingTime:
    """Return the team's working time. A zone must have been chosen, else it counts as UTC.

    A special day wins over a holiday, a holiday over the week, each by the local date on which a spell starts.
    """
    return _time_of(rules, rules.tz or NO_ZONE)


@lru_cache(maxsize=_KEPT)
def member_time(
    team: CalendarRules, own: CalendarRules | None, tz: str, absences: tuple[Spell, ...] = ()
) -> WorkingTime:
    """Return a member's working time; `tz` is the zone that they are in.

    Without hours of their own they work the team's week by their own clock, and have the team's days off on their own
    date. Hours of their own count inside those, or alone when they said so. Absences are taken away from either.
    """
    hours = _time_of(team, tz)
    if own is not None:
        mine = _time_of(own, own.tz or tz)
        hours = both(mine, hours) if own.within_team else mine
    return without(hours, absences, "away")


@lru_cache(maxsize=_KEPT)
def usual_time(team: CalendarRules, own: CalendarRules | None, tz: str) -> Usual:
    """Return what a member's working time is made of, without their times away: why it stops can be told by it."""
    plain = None if own is None else _plain(own)
    off = {} if own is not None and not own.within_team else _days_off(team)
    off |= {} if own is None else _days_off(own)
    return Usual(member_time(team, own, tz), member_time(_plain(team), plain, tz), tz, tuple(sorted(off.items())))


def _plain(rules: CalendarRules) -> CalendarRules:
    return replace(rules, days=(), holidays=())


def _days_off(rules: CalendarRules) -> dict[date, str]:
    """Return the days without any hours, with their names; a day of its own wins over a holiday, its note over both."""
    found = {day.date: (day.spells, day.name) for day in rules.holidays}
    found |= {day.date: (day.spells, day.note or found.get(day.date, ((), ""))[1]) for day in rules.days}
    return {day: name for day, (spells, name) in found.items() if not spells}


def check_rules(rules: CalendarRules, now: datetime) -> None:
    """Refuse a team's rules that cross themselves, name no zone, or have no open minute in the next year.

    Raises:
        CalendarTextError: with a sentence; `part` names the field.
    """
    _check_parts(rules)
    if not _opens(team_time(rules), now):
        raise CalendarTextError(
            "With these hours nobody works in the whole next year, so no nudge could ever go out. "
            f"Open at least one day; write for example {EXAMPLE}."
        )


def check_member_rules(team: CalendarRules, own: CalendarRules, tz: str, now: datetime) -> None:
    """Refuse a member's rules for the same reasons, and when nothing of them lies in the team's hours.

    Raises:
        CalendarTextError: with a sentence; `part` names the field.
    """
    _check_parts(own)
    if _opens(member_time(team, own, tz), now):
        return
    if own.within_team and _opens(_time_of(own, own.tz or tz), now):
        raise CalendarTextError(
            f"None of these hours lie in the team's ({week_text(team.week)}), so no nudge could ever go out. "
            "Choose others, or let them count outside the team's hours too."
        )
    raise CalendarTextError(
        f"With these hours you never work in the whole next year. Open at least one day; write for example {EXAMPLE}."
    )


def _check_parts(rules: CalendarRules) -> None:
    if rules.tz is not None:
        check_zone(rules.tz)
    check_week(rules.week)
    check_days(rules)


def _opens(hours: WorkingTime, now: datetime) -> bool:
    try:
        return hours.next_opening(now) < now + LOOK_AHEAD
    except NoWorkingTimeError:
        return False


def _time_of(rules: CalendarRules, tz: str) -> WorkingTime:
    if rules.week == ALL_WEEK and not rules.days and not rules.holidays:
        return ALWAYS
    half = {day.date: day.spells for day in rules.holidays if day.spells}
    special = half | {day.date: day.spells for day in rules.days}
    return working_time(
        Calendar(
            tz=tz,
            week=rules.week,
            overrides=tuple(sorted(special.items())),
            holidays=frozenset(day.date for day in rules.holidays if day.date not in special),
        )
    )
