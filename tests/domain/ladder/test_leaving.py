"""Who has a promise in hand and goes away is relied on until they go, and not a moment less."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ladder.ladders import TIME_TO_ACT
from bot.domain.ladder.leaving import Away, handed_on_at, leaves_at
from bot.domain.ladder.reaching import Person
from bot.domain.working_time import Calendar, without, working_time
from tests.domain.office_hours import office

OFFICE = office()
NEW_YORK = office("America/New_York")  # 14:00 to 22:00 UTC in November
TICK, MINUTE = timedelta(microseconds=1), timedelta(minutes=1)


def friday(hour, minute=0):
    return datetime(2026, 11, 27, hour, minute, tzinfo=UTC)


def monday(hour, minute=0):
    return datetime(2026, 11, 30, hour, minute, tzinfo=UTC)


BEFORE, SINCE = friday(8), friday(14)
SATURDAY = friday(0) + timedelta(days=1)


FOUR = friday(16)


def leaves(*aways, due=FOUR, since=SINCE, usual=OFFICE):
    hours = without(usual, [(away.start, away.end) for away in aways], "away")
    return leaves_at(hours, usual, aways, since=since, due_at=due)


@pytest.mark.parametrize(
    ("away", "due", "expected"),
    [
        (Away(friday(14, 30), friday(23), BEFORE), friday(16), friday(14, 30)),
        (Away(friday(14, 30), friday(23), friday(14, 10)), friday(16), friday(14, 30)),
        (Away(friday(14, 10), friday(23), friday(14, 10)), friday(16), friday(14, 10)),
        (Away(friday(13), friday(23), friday(14, 10)), friday(16), friday(14, 10)),
        (Away(friday(14), friday(23), BEFORE), friday(16), None),
        (Away(friday(14) + TICK, friday(23), BEFORE), friday(16), friday(14) + TICK),
        (Away(friday(13), friday(14), BEFORE), friday(16), None),
        (Away(friday(16) - TICK, friday(23), BEFORE), friday(16), friday(16) - TICK),
        (Away(friday(16), friday(23), BEFORE), friday(16), None),
        (Away(friday(14, 30), friday(15), BEFORE), friday(16), None),
        (Away(friday(14, 30), friday(15) + TICK, BEFORE), friday(16), friday(14, 30)),
        (Away(SATURDAY, monday(0), friday(14, 10)), monday(9, 15), None),
        (Away(SATURDAY, monday(9) + TICK, friday(14, 10)), monday(9, 15), friday(17)),
        (Away(SATURDAY, monday(23), BEFORE), monday(12), friday(17)),
        (Away(SATURDAY, monday(11), BEFORE), monday(12), None),
        (Away(SATURDAY, monday(11) + TICK, BEFORE), monday(12), friday(17)),
    ],
    ids=[
        "known when they took it",
        "entered after they took it",
        "entered as they go",
        "entered when they had gone",
        "they took it while they were away",
        "it begins just after they took it",
        "it is over as they take it",
        "it begins just before the time",
        "it begins at the time",
        "they are back with an hour left",
        "they are back with a moment less than an hour",
        "it takes no working time from them",
        "it takes a moment of working time from them",
        "they go when their day ends",
        "they are back on Monday with an hour left",
        "they are back on Monday with a moment less",
    ],
)
def test_when_somebody_who_has_it_in_hand_since_two_goes_away(away, due, expected):
    assert leaves(away, due=due) == expected


def test_who_takes_it_in_hand_after_work_is_relied_on_until_their_holiday_begins():
    away = Away(SATURDAY, monday(23), BEFORE)
    assert leaves(away, due=monday(12), since=friday(17) - TICK) == friday(17)
    assert leaves(away, due=monday(12), since=friday(17)) == SATURDAY
    assert leaves(away, due=monday(12), since=friday(20)) == SATURDAY


def test_the_first_time_away_that_matters_counts():
    dentist, holiday = Away(friday(14, 30), friday(14, 45), BEFORE), Away(friday(15), monday(23), BEFORE)
    assert leaves(dentist) is None
    assert leaves(holiday, dentist) == friday(14, 30)
    assert leaves() is None


def test_on_the_day_the_clocks_change_an_hour_is_an_hour():
    """Helsinki, 29 March 2026: three o'clock is four. The night shift from ten to six has seven hours."""
    week = (((time(22), time(6)),),) * 7
    night = working_time(Calendar(tz="Europe/Helsinki", week=week, overrides=(), holidays=frozenset(), version="tests"))
    due = datetime(2026, 3, 29, 3, tzinfo=UTC)  # 06:00 there
    since = datetime(2026, 3, 28, 21, tzinfo=UTC)
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    for back, expected in ((due - TIME_TO_ACT, None), (due - TIME_TO_ACT + TICK, change - TIME_TO_ACT)):
        away = Away(change - TIME_TO_ACT, back, since)
        assert leaves(away, due=due, since=since, usual=night) == expected


@pytest.mark.parametrize(
    ("others", "at", "due", "expected"),
    [
        ([Person("jonas", OFFICE)], friday(15), friday(16), friday(15)),
        ([Person("jonas", OFFICE)], friday(17), monday(12), friday(17)),
        ([Person("jonas", OFFICE), Person("sam", NEW_YORK, lead=True)], friday(17), monday(9, 15), friday(17)),
        ([Person("jonas", OFFICE)], friday(17), monday(9, 15), friday(15, 37) + MINUTE / 2),
        ([], friday(15), friday(16), friday(15)),
    ],
    ids=["at work then", "soon enough after", "the lead is at work then", "too late for them then", "nobody else"],
)
def test_the_next_one_hears_then_or_before_it_is_too_late_for_them(others, at, due, expected):
    assert handed_on_at(at, others, since=SINCE, due_at=due) == expected


MINUTES = st.integers(0, 4320).map(lambda minutes: friday(0) + minutes * MINUTE)


@given(st.lists(st.tuples(MINUTES, MINUTES, MINUTES), max_size=4), MINUTES, MINUTES)
def test_who_goes_is_relied_on_for_no_working_time_to_act_and_who_stays_has_lost_none(spells, since, due):
    aways = [Away(start, end, entered) for start, end, entered in spells if start < end]
    hours = without(OFFICE, [(away.start, away.end) for away in aways], "away")
    at = leaves_at(hours, OFFICE, aways, since=since, due_at=due)
    unknown = [away for away in aways if max(away.start, away.entered_at) > since]
    if at is not None:
        assert since <= at < due
        assert hours.between(at, due) < TIME_TO_ACT
    elif since < due and not (OFFICE.between(since, due) - hours.between(since, due)):
        assert not [one for one in unknown if OFFICE.between(max(one.start, since), min(one.end, due)) > timedelta()]
