"""Nudges: how long one may be put off, and that each exists once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.nudges import SNOOZE, Subject, nudge_key, snooze_until

DUE = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


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
