"""Nudges: how long one may be put off, and that each exists once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hours.calendars import ALWAYS, CalendarRules, parse_week, team_time
from bot.domain.ladder.nudges import SNOOZE, Subject, nudge_key, snooze_until

DUE = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OFFICE = team_time(CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00")))


def friday(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, second, tzinfo=UTC)


def monday(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 30, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "wait"),
    [
        (3 * HOUR, SNOOZE),
        (2 * SNOOZE + TICK, SNOOZE),
        (2 * SNOOZE, SNOOZE),
        (40 * MINUTE, 20 * MINUTE),
        (10 * MINUTE, 5 * MINUTE),
        (timedelta(), timedelta()),
        (-HOUR, timedelta()),
    ],
)
def test_a_snooze_lasts_half_an_hour_or_half_of_what_is_left(left, wait):
    now = DUE - left
    assert snooze_until(now, DUE, ALWAYS) - now == wait


@pytest.mark.parametrize(
    ("now", "due", "again"),
    [
        (friday(15), monday(12), friday(15, 30)),
        (friday(16, 29, 59), monday(12), friday(16, 59, 59)),
        (friday(16, 30), monday(12), monday(9)),
        (friday(16, 40), monday(12), monday(9, 10)),
        (friday(16, 40), monday(9, 15), friday(16, 57, 30)),
        (friday(17), monday(9, 15), monday(9, 7, 30)),
        (friday(23), monday(12), monday(9, 30)),
        (friday(22), friday(22, 30), friday(22, 15)),
    ],
    ids=[
        "in the middle of the day",
        "just before it reaches closing time",
        "at closing time nobody hears: in the morning",
        "over the weekend",
        "half of what is left lies before closing time",
        "at closing time",
        "at night",
        "no working time is left: by the clock",
    ],
)
def test_a_snooze_counts_working_time(now, due, again):
    assert snooze_until(now, due, OFFICE) == again


def test_a_nudge_has_one_key_for_each_thing_revision_rung_and_person():
    assert nudge_key(Subject.PROMISE, 7, 2, "1", "U0MAYA") == "nudge:promise:7:2:1:U0MAYA"
    keys = {
        nudge_key(subject, ident, revision, rung, who)
        for subject in Subject
        for ident in (1, 11)
        for revision in (1, 11)
        for rung in ("1", "11")
        for who in ("U1", "U11")
    }
    assert len(keys) == len(Subject) * 16
