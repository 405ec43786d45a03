"""Every pause has a reason and a day on which somebody looks again."""

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.pauses import LONGEST_NOTE, REASONS, RESTING, WAITING, is_reason, reason_words, recheck_at
from bot.domain.requests import CLOSED, LIVE, OURS, State
from bot.domain.working_time import ALWAYS, Calendar, working_time

HOURS = working_time(Calendar("Europe/Helsinki", (((time(9), time(12)), (time(13), time(17))),) * 5 + ((), ())))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "again"),
    [
        ("2026-11-23T10:00+02:00", "2026-11-26T10:00+02:00"),
        ("2026-11-20T15:00+02:00", "2026-11-25T09:00+02:00"),  # Friday: Monday, Tuesday, Wednesday
        ("2026-11-21T15:00+02:00", "2026-11-25T09:00+02:00"),
        ("2026-11-23T12:30+02:00", "2026-11-26T13:00+02:00"),  # in the lunch break
        ("2026-11-23T20:00+02:00", "2026-11-27T09:00+02:00"),  # after work
        ("2026-03-27T10:00+02:00", "2026-04-01T09:00+03:00"),  # over a change of clocks
    ],
)
def test_it_is_looked_at_again_on_the_third_working_day(now, again):
    assert recheck_at(HOURS, at(now)) == at(again)
    assert HOURS.is_open(recheck_at(HOURS, at(now)))


def test_around_the_clock_three_days_are_three_days():
    assert recheck_at(ALWAYS, at("2026-11-20T15:00+00:00")) == at("2026-11-23T15:00+00:00")


def test_every_state_that_waits_has_reasons_and_only_those():
    assert set(REASONS) == LIVE - {State.NEW, State.OPEN} == WAITING | RESTING
    assert not RESTING & (OURS | CLOSED)
    for state, reasons in REASONS.items():
        keys = [reason.key for reason in reasons]
        assert len(keys) == len(set(keys))
        assert keys[-1] == "other"
        assert all(is_reason(state, key) and 0 < len(reason_words(state, key)) < LONGEST_NOTE for key in keys)


def test_a_reason_of_another_state_or_of_before_is_none():
    assert not is_reason(State.WAITING_CLIENT, "repair")
    assert reason_words(State.WAITING_CLIENT, "repair") == ""
    assert reason_words(State.OPEN, "answer") == ""


@pytest.mark.parametrize(
    ("now", "again"),
    [
        ("2026-11-20T10:00+02:00", "2026-11-25T09:00+02:00"),  # Monday, Tuesday, then by the clock
        ("2026-11-24T16:00+02:00", "2026-11-27T16:00+02:00"),
        ("2027-11-24T16:00+02:00", "2027-11-27T16:00+02:00"),
    ],
)
def test_where_hours_end_days_of_the_clock_follow(now, again):
    office = ((time(9), time(17)),)
    days = tuple((date(2026, 11, day), office) for day in (23, 24))
    ends = working_time(Calendar("Europe/Helsinki", ((),) * 7, overrides=days))
    assert recheck_at(ends, at(now)) == at(again)
