"""Aims count the team's working time, rest without losing any of it, and remind in time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.targets import (
    LONGEST_REPEAT,
    Target,
    TargetKind,
    TargetOutcome,
    due_of,
    ends_at,
    left_of,
    remind_at,
    repeated,
)
from bot.domain.working_time import ALWAYS, Calendar, WorkingTime, working_time

OFFICE = ((time(9), time(17)),)
WEEK = (OFFICE,) * 5 + ((), ())
PLAIN = working_time(Calendar("UTC", WEEK))
HELSINKI = working_time(Calendar("Europe/Helsinki", WEEK))
NIGHTS = working_time(Calendar("Europe/Helsinki", (((time(22), time(6)),),) * 7))
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    """Return a moment of ISO text, in UTC unless the text names an offset."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def aim(start: datetime, amount: timedelta, hours: WorkingTime) -> Target:
    """Return an open aim that has just started."""
    due = hours.add(start, amount)
    return Target(1, 142, TargetKind.NEXT_ANSWER, due, 1, TargetOutcome.OPEN, None, start, amount)


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2026-11-20T16:30", HOUR, "2026-11-23T09:30"),  # a Friday afternoon
        ("2026-11-20T16:00", HOUR, "2026-11-20T17:00"),  # used up exactly: at the close, not at the next opening
        ("2026-11-20T16:00:00.000001", HOUR, "2026-11-23T09:00:00.000001"),
        ("2026-11-21T12:00", HOUR, "2026-11-23T10:00"),  # written on a Saturday
        ("2026-11-22T23:59:59", 4 * HOUR, "2026-11-23T13:00"),
        ("2026-11-23T08:59:59", 4 * HOUR, "2026-11-23T13:00"),
    ],
)
def test_an_aim_runs_in_working_time_from_where_it_starts(start: str, amount: timedelta, due: str):
    assert due_of(aim(at(start), amount, PLAIN), PLAIN)[0] == at(due)


def test_an_aim_over_a_change_of_clocks_counts_hours_that_passed():
    spring = aim(at("2026-03-28T22:00+02:00"), 7 * HOUR, NIGHTS)
    assert due_of(spring, NIGHTS)[0] == at("2026-03-29T06:00+03:00")
    autumn = aim(at("2026-10-24T22:00+03:00"), 9 * HOUR, NIGHTS)
    assert due_of(autumn, NIGHTS)[0] == at("2026-10-25T06:00+02:00")


@pytest.mark.parametrize(
    ("left", "reminded"),
    [
        (HOUR, "2026-11-23T10:15"),
        (15 * MINUTE + timedelta(seconds=1), "2026-11-23T10:15"),
        (15 * MINUTE, "2026-11-23T10:22:30"),
        (10 * MINUTE, "2026-11-23T10:25"),
        (timedelta(), "2026-11-23T10:30"),
        (-HOUR, "2026-11-23T11:30"),
    ],
    ids=["an hour", "just over the lead", "the lead", "less", "due", "past"],
)
def test_a_reminder_comes_a_quarter_of_an_hour_before_or_at_half_of_less_or_at_once(left: timedelta, reminded: str):
    due = at("2026-11-23T10:30")
    assert remind_at(PLAIN, due - left, due) == at(reminded)


def test_a_reminder_of_a_monday_morning_comes_while_somebody_is_there_to_act():
    assert remind_at(PLAIN, at("2026-11-20T16:00"), at("2026-11-23T09:10")) == at("2026-11-20T16:55")
    assert PLAIN.is_open(remind_at(PLAIN, at("2026-11-20T16:00"), at("2026-11-23T09:10")))


@pytest.mark.parametrize(
    ("since", "until", "due"),
    [
        ("2026-11-23T10:00", "2026-11-23T12:00", "2026-11-23T15:00"),
        ("2026-11-20T16:00", "2026-11-23T10:00", "2026-11-23T12:00"),  # over a weekend
        ("2026-11-20T16:00", "2026-11-22T12:00", "2026-11-23T11:00"),  # resumed on a Sunday
        ("2026-11-20T20:00", "2026-11-21T08:00", "2026-11-23T10:00"),  # rested while nobody worked: nothing gained
        ("2026-11-23T10:00", "2026-11-23T10:00", "2026-11-23T13:00"),
    ],
)
def test_what_was_left_when_it_began_to_rest_is_left_when_it_goes_on(since: str, until: str, due: str):
    start = "2026-11-20T15:00" if since < "2026-11-23" else "2026-11-23T09:00"
    amount = 3 * HOUR if since != "2026-11-23T10:00" else 4 * HOUR
    resting = aim(at(start), amount, PLAIN).resting(PLAIN, at(since))
    assert left_of(resting, PLAIN, at(until)) == PLAIN.between(at(since), resting.due_at)
    assert resting.going_on(PLAIN, at(until)).due_at == at(due)


def test_a_rest_over_a_change_of_clocks_keeps_what_was_left():
    started = aim(at("2026-03-27T15:00+02:00"), 4 * HOUR, HELSINKI)
    resting = started.resting(HELSINKI, at("2026-03-27T16:00+02:00"))
    assert resting.going_on(HELSINKI, at("2026-03-30T09:00+03:00")).due_at == at("2026-03-30T12:00+03:00")


spans = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=9))


@given(st.lists(st.tuples(spans, spans), max_size=8), st.sampled_from([PLAIN, HELSINKI, NIGHTS, ALWAYS]))
def test_any_number_of_rests_adds_up(moves: list[tuple[timedelta, timedelta]], hours: WorkingTime):
    now = at("2026-10-19T08:00")
    target = aim(now, 200 * HOUR, hours)
    worked = timedelta()
    for run, break_ in moves:
        run_until = min(now + run, target.due_at)
        worked += hours.between(now, run_until)
        target = target.resting(hours, run_until)
        now = run_until + break_
        target = target.going_on(hours, now)
    assert worked + hours.between(now, target.due_at) == 200 * HOUR
    assert due_of(target, hours)[0] == target.due_at


def test_another_amount_counts_from_the_same_start_and_takes_nothing_of_what_has_run():
    target = aim(at("2026-11-23T09:00"), 4 * HOUR, PLAIN)
    assert target.lasting(2 * HOUR, PLAIN).due_at == at("2026-11-23T11:00")
    rested = target.resting(PLAIN, at("2026-11-23T10:00"))
    assert rested.lasting(2 * HOUR, PLAIN).going_on(PLAIN, at("2026-11-23T15:00")).due_at == at("2026-11-23T16:00")
    on = rested.going_on(PLAIN, at("2026-11-23T15:00")).lasting(2 * HOUR, PLAIN)
    assert on.due_at == at("2026-11-23T16:00")
    shorter = rested.lasting(30 * MINUTE, PLAIN)
    assert left_of(shorter, PLAIN, at("2026-11-23T15:00")) == timedelta()
    assert shorter.going_on(PLAIN, at("2026-11-23T15:00")).due_at == at("2026-11-23T15:00")
    assert shorter.lasting(4 * HOUR, PLAIN) == rested


@pytest.mark.parametrize(("missed", "hours"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 8), (400, 8)])
def test_an_aim_that_nobody_follows_doubles_up_to_a_working_day(missed: int, hours: int):
    assert repeated(HOUR, missed) == hours * HOUR
    assert repeated(30 * HOUR, missed) == 30 * HOUR
    assert LONGEST_REPEAT == 8 * HOUR


ENDS = working_time(Calendar("UTC", ((),) * 7, overrides=((date(2026, 11, 23), OFFICE),)))
"""Hours that end for good at five on one Monday."""


@pytest.mark.parametrize(
    ("start", "amount", "due", "in_hours"),
    [
        ("2026-11-23T15:59:59", HOUR, "2026-11-23T16:59:59", True),
        ("2026-11-23T16:00", HOUR, "2026-11-23T17:00", True),  # used up exactly
        ("2026-11-23T16:00:01", HOUR, "2026-11-23T17:00:01", False),
        ("2026-11-23T17:00", HOUR, "2026-11-23T18:00", False),
        ("2027-11-23T03:00", HOUR, "2027-11-23T04:00", False),
        ("2026-11-21T12:00", 8 * HOUR, "2026-11-23T17:00", True),
        ("2026-11-21T12:00", 9 * HOUR, "2026-11-21T21:00", False),
    ],
)
def test_an_aim_that_the_hours_have_no_time_for_is_due_by_the_clock(
    start: str, amount: timedelta, due: str, *, in_hours: bool
):
    assert ends_at(ENDS, at(start), amount) == (at(due), ENDS if in_hours else ALWAYS)


def test_an_aim_by_the_clock_rests_by_the_clock_and_goes_on_in_the_hours_that_there_are():
    due, counted = ends_at(ENDS, at("2026-11-23T16:30"), HOUR)
    target = replace(aim(at("2026-11-23T16:30"), HOUR, ALWAYS), due_at=due, hours=counted.tag)
    assert left_of(target, ENDS, at("2026-11-23T17:00")) == 30 * MINUTE
    resting = target.resting(ENDS, at("2026-11-23T17:10"))
    assert resting.remaining == 20 * MINUTE
    later = resting.going_on(ENDS, at("2026-11-24T12:00"))
    assert (later.due_at, later.next_at) == (at("2026-11-24T12:20"), at("2026-11-24T12:05"))
    mended = resting.going_on(PLAIN, at("2026-11-24T16:50"))
    assert (mended.due_at, mended.hours) == (at("2026-11-25T09:10"), PLAIN.tag)
    assert mended.lasting(9 * HOUR, ENDS).hours == ALWAYS.tag
