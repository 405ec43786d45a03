"""What leads a ladder must not have, and that what is proposed instead may be."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ladder.ladder_checks import LadderError, check_leads, leads_text, mended
from bot.domain.ladder.ladders import LADDERS, Ladder
from bot.domain.spans import read_span


def leads(text: str) -> tuple[timedelta, ...]:
    return tuple(read_span(part) for part in text.split(","))


@pytest.mark.parametrize("ladder", [Ladder(), *LADDERS.values()])
def test_the_ladders_that_come_with_it_pass(ladder: Ladder):
    check_leads(ladder.leads)


@pytest.mark.parametrize(
    "text", ["60m", "1h", "60m,30m", "60m,15m", "60m,10m", "120m,60m,30m,15m", "15m,60m", "14d,7d,1h", "2h,120m"]
)
def test_leads_that_leave_time_to_act_and_lie_apart_pass_in_any_order(text: str):
    check_leads(leads(text))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("15m", "the first nudge would come 15 min before the due time, too late to act; write for example 60m,15m"),
        ("59m", "the first nudge would come 59 min before the due time, too late to act; write for example 60m,15m"),
        (
            "3599s",
            "the first nudge would come 59 min before the due time, too late to act; write for example 60m,15m",
        ),
        (
            "30m,15m",
            "the first nudge would come 30 min before the due time, too late to act; write for example 60m,30m,15m",
        ),
        ("60m,59m", "60m and 59m are too close; each is at most half of the one before, for example 60m,15m"),
        ("60m,31m", "60m and 31m are too close; each is at most half of the one before, for example 60m,15m"),
        ("31m,1h", "60m and 31m are too close; each is at most half of the one before, for example 60m,15m"),
        ("4h,3h,1h", "4h and 3h are too close; each is at most half of the one before, for example 4h,60m"),
        ("60m,9m", "9m before is too late to act; the last nudge comes at least 10m before, for example 60m,15m"),
        ("60m,0s", "0s before is too late to act; the last nudge comes at least 10m before, for example 60m,15m"),
        ("20d,40m", "20d before is too early; a nudge comes at most 14 days before, for example 60m,15m"),
        ("15d", "15d before is too early; a nudge comes at most 14 days before, for example 60m,15m"),
        ("", "a ladder needs a lead; write for example 60m,15m"),
    ],
)
def test_leads_that_leave_no_time_or_crowd_are_said_with_what_to_write_instead(text: str, sentence: str):
    with pytest.raises(LadderError) as caught:
        check_leads(leads(text) if text else ())
    assert str(caught.value) == sentence


@given(st.lists(st.integers(min_value=0, max_value=20 * 24 * 60), max_size=8))
def test_whatever_is_written_what_is_proposed_instead_may_be(found: list[int]):
    proposed = mended([timedelta(minutes=minutes) for minutes in found])
    check_leads(proposed)
    assert leads(leads_text(proposed)) == proposed, "it can be copied as it stands"
