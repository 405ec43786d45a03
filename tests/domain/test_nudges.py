from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.nudges import (
    SNOOZE,
    Ladder,
    RungKind,
    Subject,
    due_rung,
    first_rung,
    next_rung,
    nudge_key,
    snooze_until,
)

OPENED = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
HOUR, QUARTER, MINUTE = timedelta(hours=1), timedelta(minutes=15), timedelta(minutes=1)
LADDER = Ladder()


def at(rungs):
    return [rung.at for rung in rungs]


def test_the_default_ladder_tells_the_owner_an_hour_and_a_quarter_before_and_at_the_due_time():
    rungs = LADDER.rungs(OPENED, DUE)
    assert at(rungs) == [DUE - HOUR, DUE - QUARTER, DUE]
    assert [rung.kind for rung in rungs] == [RungKind.BEFORE, RungKind.BEFORE, RungKind.SLIPPED]
    assert [rung.number for rung in rungs] == [0, 1, 2]


@pytest.mark.parametrize(
    ("length", "offsets"),
    [
        (timedelta(days=30), [-HOUR, -QUARTER, timedelta()]),
        (QUARTER + TICK, [-HOUR, -QUARTER, timedelta()]),
        (QUARTER, [-QUARTER / 2, timedelta()]),
        (10 * MINUTE, [-5 * MINUTE, timedelta()]),
        (timedelta(), [timedelta()]),
        (-HOUR, [timedelta()]),
    ],
)
def test_a_promise_shorter_than_its_smallest_lead_gets_one_rung_at_half(length, offsets):
    assert at(LADDER.rungs(DUE - length, DUE)) == [DUE + offset for offset in offsets]


def test_leads_are_sorted_and_an_empty_ladder_still_says_that_it_slipped():
    assert at(Ladder(leads=(QUARTER, HOUR)).rungs(OPENED, DUE)) == [DUE - HOUR, DUE - QUARTER, DUE]
    assert at(Ladder(leads=()).rungs(OPENED, DUE)) == [DUE]


@pytest.mark.parametrize(
    ("opened", "number"),
    [
        (DUE - 2 * HOUR, 0),
        (DUE - HOUR - TICK, 0),
        (DUE - HOUR, 1),
        (DUE - HOUR + TICK, 1),
        (DUE - QUARTER - TICK, 1),
    ],
)
def test_rungs_that_are_past_when_the_promise_opens_are_superseded(opened, number):
    assert first_rung(LADDER.rungs(opened, DUE), opened).number == number


@pytest.mark.parametrize("late", [timedelta(), TICK, timedelta(days=2)])
def test_a_promise_that_opens_at_or_after_its_due_time_has_the_slipped_rung_left(late):
    rungs = LADDER.rungs(OPENED, DUE)
    assert first_rung(rungs, DUE + late).kind is RungKind.SLIPPED
    assert first_rung(LADDER.rungs(DUE + late, DUE), DUE + late).kind is RungKind.SLIPPED


@pytest.mark.parametrize(
    ("now", "number"),
    [
        (DUE - HOUR - TICK, None),
        (DUE - HOUR, 0),
        (DUE - HOUR + TICK, 0),
        (DUE - QUARTER - TICK, 0),
        (DUE - QUARTER, 1),
        (DUE - TICK, 1),
        (DUE, 2),
        (DUE + timedelta(days=30), 2),
    ],
)
def test_the_most_urgent_rung_that_is_due_is_taken_and_those_before_it_are_skipped(now, number):
    due = due_rung(LADDER.rungs(OPENED, DUE), 0, now)
    assert (due.number if due else None) == number


def test_a_rung_that_was_sent_never_comes_again():
    rungs = LADDER.rungs(OPENED, DUE)
    assert due_rung(rungs, 1, DUE - HOUR) is None
    assert due_rung(rungs, 1, DUE - QUARTER) == rungs[1]
    assert due_rung(rungs, 3, DUE + HOUR) is None


def test_after_the_slipped_rung_none_is_left():
    rungs = LADDER.rungs(OPENED, DUE)
    assert [next_rung(rungs, rung) for rung in rungs] == [rungs[1], rungs[2], None]


@pytest.mark.parametrize("day", [datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 3, 29, tzinfo=UTC)])
def test_on_a_day_on_which_the_clock_changes_an_hour_before_is_an_hour_before(day):
    """Helsinki, due at 4:30 local: in autumn the hour before shows 4:30 minus an hour of real time, too."""
    due = day.replace(hour=4, minute=30, tzinfo=ZoneInfo("Europe/Helsinki")).astimezone(UTC)
    rungs = LADDER.rungs(due - timedelta(days=1), due)
    assert [due - rung.at for rung in rungs] == [HOUR, QUARTER, timedelta()]
    assert due_rung(rungs, 0, due - HOUR) == rungs[0]
    assert due_rung(rungs, 0, due - HOUR - TICK) is None


def test_a_moved_promise_climbs_its_own_ladder_from_the_first_rung():
    """The new time was sent ten minutes before the old one: the old rungs mean nothing for it."""
    moved_at, new_due = DUE - 10 * MINUTE, DUE + 3 * HOUR
    rungs = LADDER.rungs(moved_at, new_due)
    assert first_rung(rungs, moved_at) == rungs[0]
    assert due_rung(rungs, 0, DUE) is None
    assert due_rung(rungs, 0, new_due - HOUR) == rungs[0]


def test_a_promise_moved_nearer_than_an_hour_starts_at_the_quarter():
    rungs = LADDER.rungs(OPENED, OPENED + 30 * MINUTE)
    assert first_rung(rungs, OPENED) == rungs[1]


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
    assert snooze_until(now, DUE) - now == wait


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


@given(
    st.lists(st.integers(min_value=1, max_value=600), max_size=5, unique=True),
    st.integers(min_value=-100, max_value=10_000),
    st.integers(min_value=0, max_value=12_000),
)
def test_whatever_the_ladder_rungs_come_in_order_none_after_the_due_time_and_one_is_always_left(leads, length, elapsed):
    opened = DUE - timedelta(minutes=length)
    rungs = Ladder(leads=tuple(timedelta(minutes=lead) for lead in leads)).rungs(opened, DUE)
    assert at(rungs) == sorted(at(rungs))
    assert [rung.number for rung in rungs] == list(range(len(rungs)))
    assert [rung.kind for rung in rungs].count(RungKind.SLIPPED) == 1
    assert rungs[-1].at == DUE
    first = first_rung(rungs, opened)
    due = due_rung(rungs, first.number, opened + timedelta(minutes=elapsed))
    assert due is None or due.at <= opened + timedelta(minutes=elapsed)
    if opened + timedelta(minutes=elapsed) >= DUE:
        assert due == rungs[-1]
