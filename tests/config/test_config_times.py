"""Durations, the ladder, the time to undo and the team's working hours, as they are written in settings."""

from datetime import timedelta

import pytest
from wrong_settings import problems

from bot.config import load_settings
from bot.domain.hours.calendars import CalendarRules, rules_text


@pytest.mark.parametrize(
    ("text", "span"),
    [("10s", 10), ("15m", 900), ("2h", 7200), (" 2H ", 7200), ("1d", 86400)],
)
def test_a_duration_is_a_number_and_a_unit(text, span):
    assert load_settings({"TARGET_FIRST_ANSWER": text} if span >= 60 else {"UNDO_SECONDS": text})
    seconds = load_settings({"LADDER": f"14d,{text}"}).ladder[-1].total_seconds() if span >= 600 else span
    assert seconds == span


@pytest.mark.parametrize("text", ["1.5h", "-5m", "m", "15 m", "\u0661\u0665m", "15", "1h30m", "9999999m"])
def test_anything_else_is_not_a_duration(text):
    assert "not a duration" in problems(TARGET_FIRST_ANSWER=text)[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "15m",
            (
                "LADDER=15m: the first nudge would come 15 min before the due time, too late to act; "
                "write for example 60m,15m"
            ),
        ),
        (
            "60m,59m",
            "LADDER=60m,59m: 60m and 59m are too close; each is at most half of the one before, for example 60m,15m",
        ),
        (
            "60m,0s",
            (
                "LADDER=60m,0s: 0s before is too late to act; the last nudge comes at least 10m before, "
                "for example 60m,15m"
            ),
        ),
        ("15d", "LADDER=15d: 15d before is too early; a nudge comes at most 14 days before, for example 60m,15m"),
        ("60", "LADDER: “60” is not a duration; write a number and a unit, for example 60m,15m"),
        ("60m;15m", "LADDER: “60m;15m” is not a duration; write a number and a unit, for example 60m,15m"),
        (",", "LADDER=,: the list is empty; write its parts with commas between them, for example 60m,15m"),
    ],
)
def test_a_ladder_needs_leads_that_leave_time_to_act_and_lie_apart(text, sentence):
    assert problems(LADDER=text) == (sentence,)


def test_a_ladder_is_kept_longest_lead_first_and_without_doubles():
    assert load_settings({"LADDER": "15m, 2h,120m"}).ladder == (timedelta(hours=2), timedelta(minutes=15))


def test_the_undo_time_is_in_seconds_with_or_without_a_unit():
    assert load_settings({"UNDO_SECONDS": "0"}).undo_seconds == timedelta()
    assert load_settings({"UNDO_SECONDS": "20"}).undo_seconds == timedelta(seconds=20)
    assert problems(UNDO_SECONDS="6m")


def test_the_teams_working_hours_stand_in_one_line_with_a_zone_or_without():
    assert load_settings({}).team_calendar == load_settings({"TEAM_CALENDAR": "Mon-Fri 9-17"}).team_calendar
    written = load_settings(
        {"TEAM_CALENDAR": "Europe/Helsinki Mon-Thu 09:00-12:00 13:00-17:00, Fri 9-15"}
    ).team_calendar
    assert rules_text(written) == "Europe/Helsinki Mon-Thu 09:00-12:00 13:00-17:00, Fri 09:00-15:00"
    assert load_settings({"TEAM_CALENDAR": "24/7"}).team_calendar == CalendarRules()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("closed", "then nobody ever works; write for example Mon-Fri 09:00-17:00"),
        ("Europe/Helsinky Mon-Fri 9-17", "There is no time zone “Europe/Helsinky”; did you mean Europe/Helsinki?"),
        ("Mon-Fri 9-25", "“25” is no time of day; write for example 09:00 or 17:30"),
    ],
)
def test_working_hours_that_cannot_be_are_said_with_a_cure(text, sentence):
    assert problems(TEAM_CALENDAR=text) == (f"TEAM_CALENDAR={text}: {sentence}",)
