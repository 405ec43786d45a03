"""Sets of spans: the algebra that hours made of others stand on, against sets of whole numbers."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.working.working_blocks import FIRST, LAST, Block, Span, clipped, gaps, merged, shared, to_moment, to_us

numbers = st.integers(0, 30)
rough = st.lists(st.tuples(numbers, numbers), max_size=8)
spans = rough.map(merged)


def inside(found: list[Span]) -> set[int]:
    return {number for start, end in found for number in range(start, end)}


@given(rough)
def test_merged_spans_hold_the_same_in_order_and_apart(found):
    one = merged(found)
    assert inside(one) == inside(found)
    assert all(start < end for start, end in one)
    assert all(left[1] < right[0] for left, right in pairwise(one))
    assert merged(one) == one


@given(spans, spans, numbers, numbers)
def test_cutting_sharing_and_turning_over_are_those_of_sets(one, other, a, b):
    first, last = min(a, b), max(a, b)
    everything = set(range(first, last))
    assert inside(clipped(one, first, last)) == inside(one) & everything
    assert inside(shared(one, other)) == inside(one) & inside(other)
    assert merged(shared(one, other)) == shared(one, other)
    assert inside(gaps(one, first, last)) == everything - inside(one)
    assert merged(gaps(one, first, last)) == gaps(one, first, last)


@given(spans, numbers)
def test_a_block_knows_how_much_lies_before_each_moment_and_finds_it_again(found, at):
    block = Block(found)
    passed = sum(1 for number in inside(found) if number < at)
    assert (block.passed(at), block.total) == (passed, len(inside(found)))
    if passed:
        assert block.reached(passed) == max(number for number in inside(found) if number < at) + 1
    if passed < block.total:
        assert block.left(passed) == min(number for number in inside(found) if number >= at)


@pytest.mark.parametrize(
    "moment",
    [
        datetime.min.replace(tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 11, 20, 9, 0, 0, 1, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        datetime.max.replace(tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_to_the_microsecond(moment):
    assert to_moment(to_us(moment)) == moment
    assert FIRST <= to_us(moment) <= LAST
