"""Working time compared with counting minute by minute, around every kind of clock change."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.working_time import Calendar, Hours, Spell, both, without, working_time
from tests.support.minute_sweep import MinuteSweep

DAYS = 14
MINUTE = timedelta(minutes=1)
CHANGES = [
    ("UTC", "2026-11-20"),
    ("Europe/Helsinki", "2026-03-29"),
    ("Europe/Helsinki", "2026-10-25"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Antarctica/Troll", "2026-03-29"),
    ("Antarctica/Troll", "2026-10-25"),
    ("America/Havana", "2026-03-08"),
    ("America/Havana", "2026-11-01"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("America/Sao_Paulo", "2018-02-18"),
    ("Pacific/Apia", "2011-12-30"),
    ("Pacific/Chatham", "2026-09-27"),
    ("Asia/Kathmandu", "2026-11-20"),
    ("Africa/Casablanca", "2026-02-15"),
]
"""Zones, and a local date on which their clocks change (or do not)."""

walls = st.builds(time, st.integers(0, 23), st.sampled_from([0, 0, 15, 30, 59]))
days: st.SearchStrategy[Hours] = st.one_of(
    st.just(()),
    st.sampled_from([((time(9), time(17)),), ((time(9), time(12)), (time(13), time(17))), ((time(22), time(6)),)]),
    st.just(((time(), time()),)),
    st.lists(st.tuples(walls, walls), max_size=3).map(tuple),
)


@st.composite
def calendars(draw: st.DrawFn, change: tuple[str, str]) -> Calendar:
    """Any week, crossing spells too, with overrides and holidays near a date."""
    zone, text = change
    middle = date.fromisoformat(text)
    near = st.integers(-4, 4).map(lambda number: middle + timedelta(days=number))
    week = draw(st.tuples(*[days] * 7))
    overrides = draw(st.dictionaries(near, days, max_size=3))
    return Calendar(zone, week, tuple(overrides.items()), draw(st.frozensets(near, max_size=3)))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar, and the first moment of the days to look at: around its clock change."""
    change = draw(st.sampled_from(CHANGES))
    return draw(calendars(change)), datetime.fromisoformat(change[1]).replace(tzinfo=UTC) - timedelta(days=DAYS // 2)


offsets = st.integers(0, DAYS * 1440 - 1)
amounts = st.one_of(st.just(0), st.integers(1, 600), st.sampled_from([60, 240, 480, 1440, 2880]))


@settings(max_examples=120, deadline=None)
@given(cases(), st.lists(st.tuples(offsets, amounts), min_size=4, max_size=8))
@example((Calendar("Pacific/Apia", (((time(22), time(6)),),) * 7), datetime(2011, 12, 25, tzinfo=UTC)), [(5000, 900)])
def test_every_answer_is_that_of_counting_minutes(case, asked):
    calendar, first = case
    hours, sweep = working_time(calendar), MinuteSweep(calendar, first, DAYS)
    for number, amount in asked:
        t = first + number * MINUTE
        assert hours.is_open(t) == sweep.is_open(t)
        end, start = sweep.add(t, amount), sweep.subtract(t, amount)
        if end is not None:
            assert hours.add(t, amount * MINUTE) == end
        if start is not None:
            assert hours.subtract(t, amount * MINUTE) == start
        assert hours.between(first, t) == sweep.between(first, t)
        assert hours.spells(first, t) == sweep.spells(first, t)


@st.composite
def closures(draw: st.DrawFn, first: datetime) -> list[Spell]:
    """Closures in any order, crossing, touching and empty ones too."""
    pairs = draw(st.lists(st.tuples(offsets, st.integers(0, 3000)), max_size=5))
    return [(first + start * MINUTE, first + (start + length) * MINUTE) for start, length in pairs]


@settings(max_examples=80, deadline=None)
@given(st.data(), cases(), st.sampled_from(CHANGES[:4]))
def test_what_counts_in_both_without_closures_is_what_counting_minutes_leaves(data, case, other):
    calendar, first = case
    second = data.draw(calendars((other[0], str(first.date() + timedelta(days=DAYS // 2)))))
    closed = data.draw(closures(first))
    hours = without(both(working_time(calendar), working_time(second)), closed, "closed")
    one, two = MinuteSweep(calendar, first, DAYS, closed), MinuteSweep(second, first, DAYS)
    one.open = bytearray(a & b for a, b in zip(one.open, two.open, strict=True))
    last = first + timedelta(days=DAYS)
    assert hours.spells(first, last) == one.spells(first, last)
    for number, amount in data.draw(st.lists(st.tuples(offsets, amounts), max_size=4)):
        t = first + number * MINUTE
        end, start = one.add(t, amount), one.subtract(t, amount)
        assert end is None or hours.add(t, amount * MINUTE) == end
        assert start is None or hours.subtract(t, amount * MINUTE) == start


@settings(max_examples=100, deadline=None)
@given(cases(), offsets)
def test_a_spell_is_told_whole_from_either_side(case, number):
    calendar, first = case
    hours, sweep = working_time(calendar), MinuteSweep(calendar, first - timedelta(days=DAYS), 3 * DAYS)
    t = first + number * MINUTE
    everything = sweep.spells(sweep.first, sweep.first + timedelta(days=3 * DAYS))
    inside = [(a, b) for a, b in everything if sweep.first < a and b < sweep.first + timedelta(days=3 * DAYS)]
    if inside and inside == everything:
        before = [spell for spell in inside if spell[0] < t]
        ends = [end for _, end in inside if end > t]
        assert not before or hours.last_spell_before(t) == before[-1]
        assert not ends or hours.closing(t) == ends[0]
