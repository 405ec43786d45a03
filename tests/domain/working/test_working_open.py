"""Open time is filled block by block; nobody who asks can tell where one ends."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.working.working_blocks import BLOCK, FIRST, LAST, Span, clipped, merged
from bot.domain.working.working_open import BOUND_US, NoWorkingTimeError, OpenTime

POINTS = [number * BLOCK + beside for number in range(4) for beside in (-2, -1, 0, 1, 2)]
"""Moments around the seams of four blocks."""

points = st.sampled_from(POINTS)
pieces = list(pairwise(POINTS))
lists = st.lists(st.sampled_from(pieces), max_size=len(pieces), unique=True).map(merged)
around_seams = settings(max_examples=150, deadline=None)


def opened(spans: list[Span]) -> OpenTime:
    return OpenTime(lambda first, last: clipped(spans, first, last))


def parts(found: list[Span]) -> int:
    return sum(end - start for start, end in found)


@around_seams
@given(lists, points, points)
def test_what_is_open_is_the_same_over_a_seam(spans, a, b):
    found = opened(spans)
    assert found.covers(a) == any(start <= a < end for start, end in spans)
    first, last = min(a, b), max(a, b)
    assert found.spans(first, last) == clipped(spans, first, last)
    assert found.between(first, last) == parts(clipped(spans, first, last))


@around_seams
@given(lists)
def test_a_span_is_found_whole_over_any_number_of_seams(spans):
    found = opened(spans)
    for start, end in spans:
        for at in POINTS:
            if start <= at < end:
                assert (found.start_of(at, FIRST), found.end_of(at, LAST)) == (start, end)
                assert (found.start_of(at, start - 1), found.end_of(at, end + 1)) == (start, end)
                assert (found.start_of(at, at), found.end_of(at, at + 1)) == (at, at + 1)


@around_seams
@given(lists, points)
def test_the_next_opening_and_the_previous_close_are_found_over_seams(spans, at):
    found = opened(spans)
    later = [max(at, start) for start, end in spans if end > at]
    earlier = [min(at, end) for start, end in spans if start < at]
    for ask, expected in ((found.opening, later[:1]), (found.close, earlier[-1:])):
        if expected:
            assert ask(at) == expected[0]
        else:
            with pytest.raises(NoWorkingTimeError):
                ask(at)


@around_seams
@given(lists, points, st.data())
def test_amounts_are_found_over_seams_and_none_when_there_is_not_so_much(spans, at, data):
    found = opened(spans)
    after, before = clipped(spans, at, POINTS[-1]), clipped(spans, POINTS[0], at)
    for ask, there in ((found.after, after), (found.ahead, before)):
        whole = parts(there)
        with pytest.raises(NoWorkingTimeError):
            ask(at, whole + 1)
        if whole:
            steps = {1, whole, *(parts(there[:number]) for number in range(1, len(there)))}
            amount = data.draw(st.sampled_from(sorted(steps)))
            end = ask(at, amount)
            low, high = min(at, end), max(at, end)
            assert parts(clipped(spans, low, high)) == amount
            inner = (low + 1, high) if ask == found.ahead else (low, high - 1)
            assert parts(clipped(spans, *inner)) == amount - 1


def test_a_span_of_years_has_no_seam_and_ends_at_the_limit():
    always = opened([(FIRST, LAST + 1)])
    assert (always.start_of(5, FIRST), always.end_of(5, LAST + 5)) == (FIRST, LAST)
    assert (always.start_of(5, FIRST - 5), always.end_of(5, BOUND_US)) == (FIRST, BOUND_US)
    assert len(always.spans(-10 * BLOCK, 10 * BLOCK)) == 1


def test_a_block_is_asked_for_by_its_own_edges_and_the_first_and_last_are_cut():
    asked: list[Span] = []

    def fill(first: int, last: int) -> list[Span]:
        asked.append((first, last))
        return []

    found = OpenTime(fill)
    for at in (FIRST, -BLOCK, 0, BLOCK, LAST):
        found.covers(at)
    assert asked[1:4] == [(-BLOCK, 0), (0, BLOCK), (BLOCK, 2 * BLOCK)]
    assert (asked[0][0], asked[-1][1]) == (FIRST, LAST + 1)
    assert all(one[0] < other[0] for one, other in pairwise(asked))
