"""What hours of a member's own count for inside the team's."""

from datetime import date, time

import pytest

from bot.domain.hours.calendars import CalendarRules, Holiday, SpecialDay, parse_spells, parse_week, week_text
from bot.domain.hours.counted import counted, counted_words, idle_week, idle_words, nothing_counts

TEAM = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
THURSDAY, SATURDAY = date(2026, 11, 26), date(2026, 11, 28)
CLOCKS_BACK = date(2026, 10, 25)


def day(on: date, hours: str) -> SpecialDay:
    return SpecialDay(on, parse_spells(hours))


@pytest.mark.parametrize(
    ("on", "hours", "words"),
    [
        (THURSDAY, "09:00-17:00", ""),
        (THURSDAY, "10:00-12:00", ""),
        (THURSDAY, "closed", ""),
        (SATURDAY, "closed", ""),
        (THURSDAY, "08:59-17:00", "of which 09:00-17:00 counts, as far as the team works too"),
        (THURSDAY, "07:00-09:01 16:00-20:00", "of which 09:00-09:01 16:00-17:00 counts, as far as the team works too"),
        (THURSDAY, "07:00-09:00", "which counts for nothing: the team does not work then"),
        (THURSDAY, "17:00-22:00", "which counts for nothing: the team does not work then"),
        (THURSDAY, "22:00-06:00", "which counts for nothing: the team does not work then"),
        (THURSDAY, "22:00-09:30", "of which 09:00-09:30 counts, as far as the team works too"),
        (SATURDAY, "10:00-14:00", "which counts for nothing: the team does not work then"),
    ],
)
@pytest.mark.parametrize("tz", ["UTC", "Asia/Kolkata", "America/New_York"])
def test_a_day_counts_as_far_as_the_team_works_by_the_members_clock(on: date, hours: str, words: str, tz: str):
    assert counted_words(counted(TEAM, day(on, hours), tz, within_team=True)) == words
    assert counted_words(counted(TEAM, day(on, hours), tz, within_team=False)) == ""


def test_the_teams_own_day_and_its_holiday_decide_by_the_members_date():
    opened = CalendarRules(tz="UTC", week=TEAM.week, days=(day(SATURDAY, "09:00-12:00"),))
    assert counted(opened, day(SATURDAY, "10:00-14:00"), "Asia/Tokyo", within_team=True).spells == (
        (time(10), time(12)),
    )
    closed = CalendarRules(tz="UTC", week=TEAM.week, holidays=(Holiday(THURSDAY, "Thanksgiving"),))
    assert counted(closed, day(THURSDAY, "10:00-14:00"), "UTC", within_team=True).is_nothing


def test_the_day_the_clocks_go_back_counts_by_the_wall():
    always = CalendarRules(tz="UTC", days=(day(CLOCKS_BACK, "02:00-05:00"),))
    found = counted(always, day(CLOCKS_BACK, "01:00-04:00"), "Europe/Helsinki", within_team=True)
    assert found.spells == ((time(2), time(4)),)


@pytest.mark.parametrize(
    ("own", "idle"),
    [
        ("Mon-Fri 08:00-18:00", "closed"),
        ("Mon-Fri 09:00-10:00", "closed"),
        ("Mon-Sat 10:00-14:00", "Sat 10:00-14:00"),
        ("Mon-Fri 09:00-15:00 20:00-22:00", "Mon-Fri 20:00-22:00"),
        ("Wed 10:00-14:00, Sat-Sun 10:00-14:00", "Sat-Sun 10:00-14:00"),
        ("Thu 22:00-10:00", "closed"),
        ("Sun 22:00-10:00", "closed"),
        ("Fri 22:00-10:00", "Fri 22:00-10:00"),
    ],
)
def test_the_part_of_a_week_that_never_counts_is_known(own: str, idle: str):
    rules = CalendarRules(week=parse_week(own))
    assert week_text(idle_week(TEAM.week, rules)) == idle


def test_what_never_counts_is_said_in_a_sentence_and_what_counts_alone_is_not():
    both = CalendarRules(week=parse_week("Mon-Sat 10:00-14:00"))
    assert idle_words(TEAM, both) == "Sat 10:00-14:00 counts for nothing: the team does not work then."
    two = CalendarRules(week=parse_week("Mon-Sun 10:00-14:00"))
    assert idle_words(TEAM, two) == "Sat-Sun 10:00-14:00 count for nothing: the team does not work then."
    assert idle_words(TEAM, CalendarRules(week=both.week, within_team=False)) == ""
    assert idle_words(TEAM, None) == ""


def test_a_refused_day_says_what_the_team_does_on_it():
    ways = "Choose others, open the day for the team first, or let Mira's hours count outside the team's too."
    assert nothing_counts(TEAM, day(SATURDAY, "10:00-14:00"), "UTC", "Mira") == (
        f"The team is closed on Sat 28 Nov 2026, so none of these hours would count. {ways}"
    )
    assert nothing_counts(TEAM, day(THURSDAY, "18:00-20:00"), "UTC", "Mira") == (
        f"The team works 09:00-17:00 on Thu 26 Nov 2026, so none of these hours would count. {ways}"
    )
