"""Whose hours follow from which rules: the team's, a member's by their own clock, days off by their own date."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.hours.calendars import (
    CalendarRules,
    Holiday,
    SpecialDay,
    member_time,
    parse_rules,
    parse_week,
    team_time,
)
from bot.domain.working_time import ALWAYS

OFFICE = parse_rules("America/New_York Mon-Fri 09:00-17:00")
KOLKATA = "Asia/Kolkata"
MINUTE = timedelta(minutes=1)


def test_a_member_without_hours_works_the_teams_week_by_their_own_clock():
    """The owner in Kolkata, the team in New York."""
    hours = member_time(OFFICE, None, KOLKATA)
    monday = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 09:00 in Kolkata
    assert hours.next_opening(monday - MINUTE) == monday
    assert hours.closing(monday) == monday + timedelta(hours=8)
    assert not team_time(OFFICE).is_open(monday)


def test_a_day_off_of_the_team_is_off_for_everybody_by_their_own_date():
    team = replace(OFFICE, holidays=(Holiday(date(2026, 11, 26), "Thanksgiving"),))
    hours = member_time(team, None, KOLKATA)
    assert hours.spells(datetime(2026, 11, 25, 18, 30, tzinfo=UTC), datetime(2026, 11, 26, 18, 30, tzinfo=UTC)) == []
    assert hours.is_open(datetime(2026, 11, 25, 11, 29, tzinfo=UTC))  # still Wednesday afternoon there
    assert hours.is_open(datetime(2026, 11, 27, 3, 30, tzinfo=UTC))


def test_hours_of_their_own_count_inside_the_teams():
    own = CalendarRules(week=parse_week("Mon-Thu 08:00-12:00"))
    hours = member_time(OFFICE, own, KOLKATA)
    opening = hours.next_opening(datetime(2026, 11, 23, tzinfo=UTC))
    assert opening == datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 09:00, when the team's week begins
    assert hours.closing(opening) == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    assert not hours.is_open(datetime(2026, 11, 27, 4, tzinfo=UTC))  # Friday


def test_hours_of_their_own_count_alone_when_they_said_so():
    own = CalendarRules(week=parse_week("Sat 08:00-12:00"), within_team=False)
    team = replace(OFFICE, holidays=(Holiday(date(2026, 11, 28), "Bridge"),))
    assert member_time(team, own, "UTC").next_opening(datetime(2026, 11, 23, tzinfo=UTC)) == datetime(
        2026, 11, 28, 8, tzinfo=UTC
    )


def test_a_day_off_of_their_own_is_theirs_alone():
    own = replace(CalendarRules(), days=(SpecialDay(date(2026, 11, 24)),))
    tuesday = datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert not member_time(OFFICE, own, "America/New_York").is_open(tuesday)
    assert member_time(OFFICE, None, "America/New_York").is_open(tuesday)


def test_an_absence_is_taken_away_from_either():
    away = ((datetime(2026, 11, 23, 14, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC)),)
    hours = member_time(OFFICE, None, "America/New_York", away)
    assert hours.next_opening(datetime(2026, 11, 23, tzinfo=UTC)) == away[0][1]
    assert hours.tag != member_time(OFFICE, None, "America/New_York").tag


def test_a_special_day_wins_over_a_holiday_and_a_half_day_over_the_week():
    christmas = date(2026, 12, 24)
    rules = parse_rules("UTC Mon-Fri 09:00-17:00")
    day = datetime(2026, 12, 24, tzinfo=UTC), datetime(2026, 12, 25, tzinfo=UTC)
    morning = ((time(9), time(12)),)
    closed = replace(rules, holidays=(Holiday(christmas, "Christmas Eve"),))
    assert team_time(closed).spells(*day) == []
    half = replace(rules, holidays=(Holiday(christmas, "Christmas Eve", morning),))
    assert team_time(half).between(*day) == timedelta(hours=3)
    opened = replace(closed, days=(SpecialDay(christmas, ((time(10), time(11)),)),))
    assert team_time(opened).between(*day) == timedelta(hours=1)


def test_rules_that_never_close_are_plain_time():
    assert team_time(CalendarRules()) is ALWAYS
    assert member_time(CalendarRules(), None, KOLKATA) is ALWAYS


def test_the_same_rules_have_the_same_tag_and_others_another():
    again = parse_rules("America/New_York Mon-Fri 9-17")
    assert team_time(again).tag == team_time(OFFICE).tag
    assert team_time(replace(again, tz="UTC")).tag != team_time(OFFICE).tag
    assert team_time(replace(again, week=parse_week("Mon-Fri 9-18"))).tag != team_time(OFFICE).tag
