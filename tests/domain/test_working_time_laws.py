"""Laws that hold of any hours at any moment, to the microsecond."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.working_time import ALWAYS, Calendar, Spell, WorkingTime, both, without, working_time

MICROSECOND = timedelta(microseconds=1)
NOTHING = timedelta(0)
NOW = datetime(2026, 3, 20, tzinfo=UTC)
ZONES = ["UTC", "Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "Asia/Kathmandu"]

moments = st.datetimes(datetime(2025, 11, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - as asked
amounts = st.timedeltas(MICROSECOND, timedelta(days=15))
walls = st.times()
hours = st.lists(st.tuples(walls, walls), max_size=2).map(tuple)
dates = st.dates(date(2026, 3, 1), date(2026, 4, 30))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingTime:
    """The working time of any week, to the microsecond; two hours of a Wednesday make ten years enough."""
    monday, tuesday, wednesday, *rest = draw(st.tuples(*[hours] * 7))
    week = (monday, tuesday, ((time(10), time(12)), *wednesday), *rest)
    overrides = draw(st.dictionaries(dates, hours, max_size=3))
    return working_time(
        Calendar(draw(st.sampled_from(ZONES)), week, tuple(overrides.items()), draw(st.frozensets(dates)))
    )


@st.composite
def closures(draw: st.DrawFn) -> list[Spell]:
    starts = draw(st.lists(st.tuples(moments, st.timedeltas(NOTHING, timedelta(days=30))), max_size=4))
    return [(start, start + length) for start, length in starts]


working = calendars()
law = settings(max_examples=60, deadline=None)


@law
@given(working, moments, amounts)
def test_what_was_added_lies_between_and_no_earlier_end_has_it(found, t, amount):
    end = found.add(t, amount)
    assert found.between(t, end) == amount
    assert found.between(t, end - MICROSECOND) == amount - MICROSECOND
    assert found.is_open(end - MICROSECOND)


@law
@given(working, moments, amounts)
def test_what_was_taken_lies_between_and_no_later_start_has_it(found, t, amount):
    start = found.subtract(t, amount)
    assert found.between(start, t) == amount
    assert found.between(start + MICROSECOND, t) == amount - MICROSECOND
    assert found.is_open(start)


@law
@given(working, moments, amounts)
def test_going_back_from_where_adding_led_is_the_opening_it_began_at(found, t, amount):
    assert found.subtract(found.add(t, amount), amount) == found.next_opening(t)
    assert found.add(found.subtract(t, amount), amount) == found.previous_close(t)


@law
@given(working, moments, amounts, amounts)
def test_adding_in_two_steps_is_adding_at_once(found, t, one, other):
    assert found.add(found.add(t, one), other) == found.add(t, one + other)
    assert found.subtract(found.subtract(t, one), other) == found.subtract(t, one + other)


@law
@given(working, moments, moments, moments)
def test_parts_add_up_to_the_whole_whichever_way_round(found, a, b, c):
    assert found.between(a, b) + found.between(b, c) == found.between(a, c)
    assert found.between(a, b) == -found.between(b, a)
    assert found.between(a, a) == NOTHING
    assert NOTHING <= found.between(min(a, b), max(a, b)) <= max(a, b) - min(a, b)


@law
@given(working, moments)
def test_openings_and_closes_agree_with_each_other(found, t):
    opening, close = found.next_opening(t), found.previous_close(t)
    assert found.add(t, NOTHING) == opening >= t
    assert found.subtract(t, NOTHING) == close <= t
    assert found.is_open(opening)
    assert not found.is_open(close) or close == t
    assert found.is_open(t) == (opening == t)
    assert found.between(t, opening) == found.between(close, t) == NOTHING
    start, end = found.last_spell_before(t)
    assert start < t
    assert min(t, end) == close
    if found.is_open(t) and start < t < end:
        assert found.closing(t) == end


@law
@given(working, moments, moments)
def test_spells_are_apart_in_order_and_add_up(found, a, b):
    a, b = min(a, b), max(a, b)
    spells = found.spells(a, b)
    assert all(start < end for start, end in spells)
    assert all(one[1] < other[0] for one, other in pairwise(spells))
    assert all(a <= start and end <= b for start, end in spells)
    assert sum((end - start for start, end in spells), NOTHING) == found.between(a, b)


@law
@given(working, working, moments, moments)
@example(working_time(Calendar("UTC", (((time(), time()),),) * 7)), ALWAYS, NOW, NOW + timedelta(days=90))
def test_both_is_the_same_either_way_round_and_never_more_than_one_of_them(one, other, a, b):
    a, b = min(a, b), max(a, b)
    shared = both(one, other)
    assert shared.spells(a, b) == both(other, one).spells(a, b)
    assert shared.between(a, b) <= min(one.between(a, b), other.between(a, b))
    assert shared.is_open(a) == (one.is_open(a) and other.is_open(a))
    assert both(one, one) == both(one, ALWAYS) == both(ALWAYS, one) == one


@law
@given(working, closures(), closures(), moments, moments)
def test_closures_take_what_they_cover_once_and_in_any_order(found, one, other, a, b):
    a, b = min(a, b), max(a, b)
    left = without(found, one, "one")
    covered = without(ALWAYS, one, "one")
    assert left.spells(a, b) == both(found, covered).spells(a, b)
    assert left.between(a, b) + found.between(a, b) - both(found, covered).between(a, b) == found.between(a, b)
    assert without(left, one, "again").spells(a, b) == left.spells(a, b)
    assert without(left, other, "other").spells(a, b) == without(found, [*other, *one], "all").spells(a, b)
    assert all(left.between(start, end) == NOTHING for start, end in one)
