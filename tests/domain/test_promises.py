from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.promises import HOLD_MARGIN, Outcome, hold_until, keeps, outcome_when_answered, outcome_when_replaced
from bot.domain.replies import ANSWERS, PromiseKind, ReplyKind

DUE = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
UNDO = timedelta(seconds=10)
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize(
    ("sent_at", "outcome"),
    [
        (DUE - timedelta(days=3), Outcome.MOVED_BEFORE),
        (DUE - TICK, Outcome.MOVED_BEFORE),
        (DUE, Outcome.SLIPPED),
        (DUE + TICK, Outcome.SLIPPED),
        (DUE + timedelta(days=3), Outcome.SLIPPED),
    ],
)
def test_a_promise_is_moved_before_only_when_the_new_time_left_before_the_old_one(sent_at, outcome):
    assert outcome_when_replaced(DUE, sent_at) is outcome


@pytest.mark.parametrize(
    ("answered_at", "outcome"),
    [
        (DUE - timedelta(days=3), Outcome.KEPT),
        (DUE - TICK, Outcome.KEPT),
        (DUE, Outcome.KEPT),
        (DUE + TICK, Outcome.SLIPPED),
        (DUE + timedelta(days=3), Outcome.SLIPPED),
    ],
)
def test_a_promise_is_kept_up_to_and_at_its_due_time(answered_at, outcome):
    assert outcome_when_answered(DUE, answered_at) is outcome


@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_the_clock_shows_twice_is_two_hours(fold):
    """25 October 2026, 3:30 in Helsinki happens at 0:30 and at 1:30 UTC."""
    due = datetime(2026, 10, 25, 3, 30, fold=fold, tzinfo=HELSINKI).astimezone(UTC)
    other = datetime(2026, 10, 25, 3, 30, fold=1 - fold, tzinfo=HELSINKI).astimezone(UTC)
    assert outcome_when_answered(due, other) is (Outcome.KEPT if fold else Outcome.SLIPPED)
    assert outcome_when_replaced(due, other) is (Outcome.MOVED_BEFORE if fold else Outcome.SLIPPED)


@pytest.mark.parametrize(("kind", "reply"), list(product(PromiseKind, ReplyKind)))
def test_only_a_real_answer_keeps_a_promise_to_be_heard_from_and_no_reply_keeps_the_thing_itself(kind, reply):
    assert keeps(kind, reply) is (kind is PromiseKind.HEAR and reply in ANSWERS)


def test_saying_later_is_not_having_answered():
    assert not keeps(PromiseKind.HEAR, ReplyKind.ACKNOWLEDGEMENT)
    assert not keeps(PromiseKind.HEAR, ReplyKind.DELAY_UPDATE)


@pytest.mark.parametrize(
    ("before_due", "held_for"),
    [
        (timedelta(hours=2), UNDO),
        (UNDO + HOLD_MARGIN, UNDO),
        (UNDO + HOLD_MARGIN - TICK, UNDO - TICK),
        (timedelta(seconds=8), timedelta(seconds=3)),
        (HOLD_MARGIN + TICK, TICK),
        (HOLD_MARGIN, timedelta()),
        (TICK, timedelta()),
        (timedelta(), UNDO),
        (-timedelta(hours=1), UNDO),
    ],
)
def test_a_hold_never_runs_past_five_seconds_before_the_due_time(before_due, held_for):
    """Nearly due: it leaves at once. Already past: nothing is saved by hurrying, so undo keeps its time."""
    now = DUE - before_due
    assert hold_until(now, UNDO, [DUE]) - now == held_for


def test_a_hold_without_open_promises_is_the_undo_time():
    assert hold_until(DUE, UNDO, []) == DUE + UNDO
    assert hold_until(DUE, timedelta(), []) == DUE


def test_the_soonest_open_promise_decides_how_long_a_reply_is_held():
    dues = [DUE + timedelta(hours=3), DUE + timedelta(seconds=9), DUE - timedelta(days=1), DUE + timedelta(minutes=2)]
    assert hold_until(DUE, UNDO, dues) == DUE + timedelta(seconds=4)
    assert hold_until(DUE, UNDO, iter(dues)) == DUE + timedelta(seconds=4)


@given(st.lists(st.integers(min_value=-100, max_value=100), max_size=5), st.integers(min_value=0, max_value=60))
def test_a_hold_is_never_longer_than_undo_nor_negative_nor_past_the_margin(seconds, undo):
    dues = [DUE + timedelta(seconds=offset) for offset in seconds]
    held = hold_until(DUE, timedelta(seconds=undo), dues)
    assert DUE <= held <= DUE + timedelta(seconds=undo)
    assert all(held <= due - HOLD_MARGIN for due in dues if due - HOLD_MARGIN >= DUE and due > DUE)
