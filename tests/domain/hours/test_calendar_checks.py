"""What a calendar must not be: zones that do not exist, nights that are none, a year without work."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours.calendar_checks import check_week, check_zone
from bot.domain.hours.calendar_rules import Week, minutes
from bot.domain.hours.calendars import (
    CalendarRules,
    CalendarTextError,
    Holiday,
    SpecialDay,
    check_member_rules,
    check_rules,
    from_json,
    parse_rules,
    parse_week,
    to_json,
)

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
OFFICE = parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00")
NEVER = CalendarRules(week=((),) * 7)


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Europe/Helsinki", "Europe/Helsinki"),
        ("europe/helsinki", "Europe/Helsinki"),
        ("helsinki", "Europe/Helsinki"),
        ("New York", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_however_it_is_written(written: str, zone: str):
    assert check_zone(written) == zone


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Europe/Helsinky", "did you mean Europe/Helsinki?"),
        ("Lodnon", "did you mean Europe/London?"),
        ("Mars/Base", "write for example Europe/Helsinki or UTC."),
        ("../../etc/passwd", "write for example Europe/Helsinki or UTC."),
        ("localtime", "write for example Europe/Helsinki or UTC."),
        ("", "write for example Europe/Helsinki or UTC."),
    ],
)
def test_a_zone_that_does_not_exist_gets_a_near_match(written: str, hint: str):
    with pytest.raises(CalendarTextError) as raised:
        check_zone(written)
    assert str(raised.value) == f"There is no time zone “{written}”; {hint}"


def test_hours_in_which_nobody_works_for_a_year_are_refused():
    with pytest.raises(CalendarTextError, match="nobody works in the whole next year"):
        check_rules(NEVER, NOW)


@pytest.mark.parametrize(
    ("day", "allowed"), [(date(2027, 11, 22), True), (date(2027, 11, 24), True), (date(2027, 11, 25), False)]
)
def test_one_open_minute_in_the_next_year_is_enough(day: date, *, allowed: bool):
    """366 days from 23 November 2026, 8:00, end on 24 November 2027, 8:00."""
    rules = replace(NEVER, days=(SpecialDay(day, ((time(7, 59), time(8, 0)),)),))
    if allowed:
        check_rules(rules, NOW)
    else:
        with pytest.raises(CalendarTextError):
            check_rules(rules, NOW)


def test_a_member_whose_hours_never_meet_the_teams_is_told_so():
    night = CalendarRules(week=parse_week("22-6"))
    with pytest.raises(CalendarTextError, match=r"None of these hours lie in the team's \(Mon-Fri 09:00-17:00\)"):
        check_member_rules(OFFICE, night, "Europe/Helsinki", NOW)
    check_member_rules(OFFICE, replace(night, within_team=False), "Europe/Helsinki", NOW)


def test_a_member_who_never_works_is_told_so():
    with pytest.raises(CalendarTextError, match="you never work"):
        check_member_rules(OFFICE, NEVER, "Europe/Helsinki", NOW)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((SpecialDay(date(2026, 12, 24)), SpecialDay(date(2026, 12, 24))), "24 December 2026 stands there twice."),
        (
            (SpecialDay(date(2026, 12, 24), ((time(9), time(12)), (time(11), time(13)))),),
            "24 December 2026: 09:00-12:00 and 11:00-13:00 cross each other; make one of them shorter.",
        ),
        (
            (SpecialDay(date(2026, 12, 24), ((time(9), time(8)),)),),
            "24 December 2026: 09:00-08:00 would be 23 hours, through the night.",
        ),
    ],
)
def test_special_days_that_cross_themselves_are_refused_at_the_days(days: tuple[SpecialDay, ...], sentence: str):
    with pytest.raises(CalendarTextError) as raised:
        check_rules(replace(OFFICE, days=days), NOW)
    assert (str(raised.value).startswith(sentence), raised.value.part) == (True, "days")


def test_rules_survive_being_stored():
    rules = CalendarRules(
        tz="Europe/Helsinki",
        week=parse_week("Mon-Fri 9-12 13-17, Sat 22-6, Sun 6-24"),
        days=(SpecialDay(date(2026, 12, 24), ((time(9), time(12)),), "half a day"), SpecialDay(date(2026, 12, 27))),
        holidays=(
            Holiday(date(2026, 12, 25), "Christmas Day"),
            Holiday(date(2026, 12, 31), "Eve", ((time(9), time(12)),)),
        ),
        country="FI",
        region=None,
        confirmed=(2026,),
        within_team=False,
    )
    assert from_json(to_json(rules)) == rules


QUARTERS = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
SPELL = st.tuples(QUARTERS, QUARTERS).filter(lambda s: s[0] != s[1] and minutes(s) <= 16 * 60)
WEEK = st.tuples(*[st.lists(SPELL, max_size=2).map(tuple)] * 7)


@given(WEEK)
def test_a_week_crosses_itself_where_a_quarter_of_an_hour_is_taken_twice(week: Week):
    """Counted on the circle of a week: a night shift of Sunday ends on Monday."""
    taken = [
        (day * 96 + (start.hour * 60 + start.minute) // 15 + quarter) % (7 * 96)
        for day, spells in enumerate(week)
        for start, end in spells
        for quarter in range(minutes((start, end)) // 15)
    ]
    if len(taken) == len(set(taken)):
        check_week(week)
        assert from_json(to_json(CalendarRules(week=week))).week == week
    else:
        with pytest.raises(CalendarTextError, match="cross each other"):
            check_week(week)
