"""Who has a promise in hand is relied on as long as their hours leave them the time that they counted on."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ladder.counted_on import counted_on, stops_at
from bot.domain.ladder.ladders import TIME_TO_ACT
from bot.domain.working_time import ALWAYS, Calendar, without, working_time
from tests.domain.office_hours import office

OFFICE = office()
NEVER = without(ALWAYS, [(datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))], "never")
TICK, MINUTE = timedelta(microseconds=1), timedelta(minutes=1)


def friday(hour, minute=0):
    return datetime(2026, 11, 27, hour, minute, tzinfo=UTC)


def monday(hour, minute=0):
    return datetime(2026, 11, 30, hour, minute, tzinfo=UTC)


SINCE, TEN_PAST = friday(14), friday(14, 10)


def test_the_last_hour_before_it_is_due_is_counted_on_and_nothing_before_it_was_taken():
    assert counted_on(OFFICE, since=SINCE, due_at=friday(16)) == ((friday(15), friday(16)),)
    assert counted_on(OFFICE, since=friday(15), due_at=friday(16)) == ((friday(15), friday(16)),)
    assert counted_on(OFFICE, since=friday(15) + TICK, due_at=friday(16)) == ((friday(15) + TICK, friday(16)),)
    fridays, mondays = (friday(16, 15), friday(17)), (monday(9), monday(9, 15))
    assert counted_on(OFFICE, since=SINCE, due_at=monday(9, 15)) == (fridays, mondays)
    assert counted_on(OFFICE, since=friday(17), due_at=monday(9, 15)) == (mondays,)


@pytest.mark.parametrize(
    ("since", "due"), [(friday(20), friday(21)), (friday(16), friday(16)), (friday(16), friday(15))]
)
def test_who_has_no_time_left_counts_on_none(since, due):
    assert counted_on(OFFICE, since=since, due_at=due) == ()
    assert stops_at(NEVER, (), since=since, now=since, due_at=due) is None


def test_who_never_works_counts_on_nothing():
    assert counted_on(NEVER, since=SINCE, due_at=friday(16)) == ()


def stops(*taken, due, now=TEN_PAST, since=SINCE, usual=OFFICE):
    """Return when they stop whose hours lose these spells after they took it in hand `since`."""
    left = without(usual, taken, "taken away")
    return stops_at(left, counted_on(usual, since=since, due_at=due), since=since, now=now, due_at=due)


@pytest.mark.parametrize(
    ("taken", "due", "now", "expected"),
    [
        ((friday(17), monday(9)), friday(16), friday(14, 10), None),
        ((friday(16), friday(23)), friday(16), friday(14, 10), None),
        ((friday(16) - TICK, friday(23)), friday(16), friday(14, 10), friday(16) - TICK),
        ((friday(15), friday(23)), friday(16), friday(14, 10), friday(15)),
        ((friday(14), friday(23)), friday(16), friday(14, 10), friday(14, 10)),
        ((friday(0), friday(23)), friday(16), friday(14), friday(14)),
        ((friday(0), friday(14, 10)), friday(16), friday(14, 10), None),
        ((friday(0), friday(15)), friday(16), friday(14, 10), None),
        ((friday(0), friday(15) + TICK), friday(16), friday(14, 10), friday(14, 10)),
        ((friday(0), friday(15) + TICK), friday(16), friday(15) + TICK, None),
        ((friday(14, 30), friday(15)), friday(16), friday(14, 10), None),
        ((friday(14, 30), friday(15) + TICK), friday(16), friday(14, 10), friday(14, 30)),
        ((monday(0), monday(23)), monday(9, 15), friday(16, 30), friday(17)),
        ((monday(0), monday(23)), monday(9, 15), friday(20), friday(20)),
        ((monday(0), monday(23)), monday(9, 15), monday(9, 15) - TICK, monday(9, 15) - TICK),
        ((monday(0), monday(23)), monday(9, 15), monday(9, 15), None),
        ((friday(0), friday(23)), monday(9, 15), friday(16, 30), friday(16, 30)),
        ((friday(0), friday(23)), monday(9, 15), friday(17) - TICK, friday(17) - TICK),
        ((friday(0), friday(23)), monday(9, 15), friday(17), None),
        ((monday(9), monday(11)), monday(12), friday(14, 10), None),
        ((monday(9), monday(11) + TICK), monday(12), friday(14, 10), friday(17)),
    ],
    ids=[
        "after it is due",
        "from when it is due",
        "the last moment before it is due",
        "the last hour",
        "all that is left",
        "all, as they take it",
        "what has passed",
        "all but an hour",
        "all but a moment less than an hour",
        "a moment less than an hour, and they are at work again",
        "a break with an hour left after it",
        "a break with a moment less than an hour left after it",
        "Monday",
        "Monday, on Friday evening",
        "Monday, just before it is due",
        "Monday, when it is due",
        "what is left of Friday",
        "the last moment of Friday",
        "Friday, when it has passed",
        "Monday but for an hour",
        "Monday but for a moment less than an hour",
    ],
)
def test_when_somebody_stops_whose_time_was_taken_away(taken, due, now, expected):
    assert stops(taken, due=due, now=now) == expected


def test_a_break_that_they_knew_of_takes_nothing_from_them():
    """A lunch from twelve to one leaves half an hour to half past one; the morning is cut, and that stays as it was."""
    lunch = without(OFFICE, [(friday(12), friday(13))], "lunch")
    facts = {"due": friday(13, 30), "now": friday(8), "since": friday(8), "usual": lunch}
    assert stops((friday(9), friday(10)), **facts) is None
    assert stops((friday(13), friday(13) + TICK), **facts) == friday(12)


def test_on_the_day_the_clocks_change_an_hour_is_an_hour():
    """Helsinki, 29 March 2026: three o'clock is four. The night shift from ten to six has seven hours."""
    week = (((time(22), time(6)),),) * 7
    night = working_time(Calendar(tz="Europe/Helsinki", week=week, overrides=(), holidays=frozenset(), version="tests"))
    due = datetime(2026, 3, 29, 3, tzinfo=UTC)  # 06:00 there
    since, change = due - timedelta(hours=6), due - timedelta(hours=2)
    assert counted_on(night, since=since, due_at=due) == ((due - TIME_TO_ACT, due),)
    for back, expected in ((due - TIME_TO_ACT, None), (due - TIME_TO_ACT + TICK, change)):
        assert stops((change, back), due=due, since=since, now=since, usual=night) == expected


MINUTES = st.integers(0, 4320).map(lambda minutes: friday(0) + minutes * MINUTE)


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=4), MINUTES, MINUTES, MINUTES)
def test_who_stops_has_lost_time_and_has_too_little_left_and_nobody_else_stops(spells, since, now, due):
    now = max(since, now)
    left = without(OFFICE, [spell for spell in spells if spell[0] < spell[1]], "taken away")
    at = stops(*[spell for spell in spells if spell[0] < spell[1]], due=due, since=since, now=now)
    if at is not None:
        assert now <= at < due
        assert left.between(at, due) < min(TIME_TO_ACT, OFFICE.between(at, due))
    elif now < due and not left.between(now, due):
        assert not OFFICE.between(now, due)
    if left.between(now, due) == OFFICE.between(now, due) or left.spells(now, due) == [(now, due)]:
        assert at is None
