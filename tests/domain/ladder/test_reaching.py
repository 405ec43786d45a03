"""Nobody hears outside their working time or while they must not be disturbed, and somebody always hears."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ladder.ladders import TIME_TO_ACT
from bot.domain.ladder.reaching import (
    CHANNEL,
    Person,
    Reach,
    Why,
    bearer,
    is_reachable,
    reach,
    reach_instead,
    reach_next,
    reach_slipped,
    ready_at,
)
from bot.domain.working_time import ALWAYS, without
from tests.domain.office_hours import NEVER, office

OFFICE = office()
NEW_YORK = office("America/New_York")  # 14:00 to 22:00 UTC in November
HOUR, MINUTE, TICK = timedelta(hours=1), timedelta(minutes=1), timedelta(microseconds=1)


def friday(hour, minute=0):
    return datetime(2026, 11, 27, hour, minute, tzinfo=UTC)


def monday(hour, minute=0):
    return datetime(2026, 11, 30, hour, minute, tzinfo=UTC)


OWNER = Person("owner", OFFICE)
STAND_IN = Person("stand-in", OFFICE)
LEAD = Person("lead", NEW_YORK, lead=True)
AWAY = Person("owner", without(OFFICE, [(friday(0), monday(12))], "away"))


@pytest.mark.parametrize(
    ("now", "due", "expected"),
    [
        (friday(9) - TICK, friday(12), Reach("owner", friday(9))),
        (friday(9), friday(12), Reach("owner", friday(9))),
        (friday(17) - TICK, monday(12), Reach("owner", friday(17) - TICK)),
        (friday(17), monday(12), Reach("owner", monday(9))),
        (friday(17), monday(10), Reach("owner", monday(9))),
        (friday(17), monday(10) - TICK, Reach("lead", friday(17), Why.NOT_NOW)),
        (friday(22), monday(10) - TICK, Reach(CHANNEL, friday(22), Why.NOT_NOW)),
        (friday(18), friday(20), Reach("lead", friday(18), Why.AWAY)),
        (friday(22), monday(8), Reach(CHANNEL, friday(22), Why.AWAY)),
    ],
    ids=[
        "just before opening",
        "at opening",
        "just before closing",
        "at closing",
        "an hour is left in the morning",
        "less than an hour is left",
        "less than an hour is left and nobody is at work",
        "due before the owner is back",
        "due before anybody is back",
    ],
)
def test_who_hears_and_when(now, due, expected):
    assert reach([OWNER, STAND_IN, LEAD], now, due) == expected


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (friday(10), Reach("owner", friday(10))),
        (friday(10) + TICK, Reach("owner", friday(10) + TICK)),
        (friday(11), Reach("owner", friday(11))),
        (friday(11) + TICK, Reach("stand-in", friday(10), Why.NOT_NOW)),
        (friday(23), Reach("stand-in", friday(10), Why.NOT_NOW)),
    ],
)
def test_who_must_not_be_disturbed_is_waited_for_while_an_hour_is_left(until, expected):
    owner = Person("owner", OFFICE, dnd_until=until)
    assert reach([owner, STAND_IN, LEAD], friday(10), friday(12)) == expected


EIGHT_59 = friday(8, 59)
NIGHT = Person("night", ALWAYS)
BACK_AT_ONE = Person("owner", without(OFFICE, [(friday(0), friday(13))], "until one"))


@pytest.mark.parametrize(
    ("people", "now", "due", "expected"),
    [
        ([BACK_AT_ONE, STAND_IN], EIGHT_59, friday(13, 15), Reach("stand-in", friday(9), Why.NOT_NOW)),
        ([BACK_AT_ONE, STAND_IN], friday(9), friday(13, 15), Reach("stand-in", friday(9), Why.NOT_NOW)),
        ([BACK_AT_ONE, LEAD, STAND_IN], EIGHT_59, friday(13, 15), Reach("stand-in", friday(9), Why.NOT_NOW)),
        ([AWAY, STAND_IN], EIGHT_59, friday(9, 50), Reach("stand-in", friday(9), Why.AWAY)),
        ([AWAY, STAND_IN], friday(8, 30), friday(9, 30), Reach("stand-in", friday(9), Why.AWAY)),
        ([AWAY, STAND_IN], friday(8, 30) - TICK, friday(9, 30), Reach(CHANNEL, friday(8, 30) - TICK, Why.AWAY)),
        ([AWAY, STAND_IN], friday(0), friday(10), Reach("stand-in", friday(9), Why.AWAY)),
        ([AWAY, STAND_IN], friday(0), friday(10) - TICK, Reach(CHANNEL, friday(0), Why.AWAY)),
        ([OWNER], EIGHT_59, friday(9, 50), Reach("owner", friday(9), Why.NOT_NOW)),
        ([BACK_AT_ONE, NIGHT, STAND_IN], EIGHT_59, friday(13, 15), Reach("night", EIGHT_59, Why.NOT_NOW)),
    ],
    ids=[
        "a minute before the stand-in comes",
        "as the stand-in comes",
        "who comes in time before who has no time",
        "less than an hour, but in a minute",
        "as long to wait as then is left",
        "a moment longer to wait",
        "an hour is left after a night",
        "a moment less is left after a night",
        "the owner themselves in a minute",
        "somebody at work before somebody in a minute",
    ],
)
def test_who_comes_in_time_is_better_than_the_channel_a_minute_earlier(people, now, due, expected):
    assert reach(people, now, due) == expected


@pytest.mark.parametrize(
    ("people", "of", "expected"),
    [
        ([OWNER, STAND_IN], ["owner"], Reach("stand-in", friday(15), Why.LEAVING)),
        ([AWAY, STAND_IN, LEAD], ["stand-in"], Reach("lead", friday(15), Why.AWAY)),
        ([OWNER, STAND_IN], ["stand-in"], Reach("owner", friday(15))),
        ([OWNER], ["owner"], Reach(CHANNEL, friday(15), Why.LEAVING)),
        ([LEAD], ["lead"], Reach(CHANNEL, friday(15), Why.LEAVING)),
        ([], [], Reach(CHANNEL, friday(15))),
    ],
)
def test_who_hears_instead_of_somebody_who_goes(people, of, expected):
    assert reach_instead(people, of, friday(15), friday(16)) == expected


def test_everybody_in_the_chain_is_quiet_so_the_team_hears():
    quiet = [Person(name, OFFICE, dnd_until=friday(17)) for name in ("owner", "stand-in")]
    assert reach(quiet, friday(10), friday(12)) == Reach(CHANNEL, friday(10), Why.NOT_NOW)


def test_who_is_away_until_it_is_due_gets_nothing_and_the_stand_in_is_told_why():
    assert reach([AWAY, STAND_IN, LEAD], friday(10), friday(12)) == Reach("stand-in", friday(10), Why.AWAY)
    assert reach([AWAY, STAND_IN, LEAD], friday(8), friday(12)) == Reach("stand-in", friday(9), Why.AWAY)


def test_without_anybody_the_team_hears():
    assert reach([], friday(10), friday(12)) == Reach(CHANNEL, friday(10))
    assert reach([Person("owner", NEVER)], friday(10), friday(12)) == Reach(CHANNEL, friday(10), Why.AWAY)
    assert reach([OWNER], friday(12), friday(12)) == Reach(CHANNEL, friday(12), Why.AWAY)


def test_the_bearer_is_the_first_with_working_time_left():
    assert bearer([AWAY, STAND_IN], friday(10), friday(12)) is STAND_IN
    assert bearer([OWNER, STAND_IN], friday(10), friday(12)) is OWNER
    assert bearer([OWNER, LEAD], friday(17), friday(18)) is LEAD
    assert bearer([OWNER], friday(17), friday(18)) is None


@pytest.mark.parametrize(
    ("told", "now", "expected"),
    [
        (["owner"], friday(15), ("stand-in", friday(15))),
        (["owner", "stand-in"], friday(15), ("lead", friday(15))),
        (["owner", "stand-in"], friday(10), ("lead", friday(14))),
        (["owner"], friday(18), ("lead", friday(18))),
        (["owner"], friday(23), ("stand-in", monday(9))),
        (["owner", "stand-in"], friday(23), ("lead", monday(14))),
        (["owner", "stand-in", "lead"], friday(15), (CHANNEL, friday(15))),
    ],
)
def test_a_nudge_that_nobody_answered_goes_to_the_next_one_at_work_else_to_who_comes_in_time(told, now, expected):
    assert reach_next([OWNER, STAND_IN, LEAD], told, now, monday(17)) == Reach(*expected, Why.UNANSWERED)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (friday(15), ("lead", friday(14))),
        (friday(15) - TICK, (CHANNEL, friday(10))),
        (friday(14), (CHANNEL, friday(10))),
        (friday(10), (CHANNEL, friday(10))),
    ],
)
def test_who_comes_is_waited_for_only_when_that_leaves_them_time_to_act(due, expected):
    assert reach_next([OWNER, LEAD], ["owner"], friday(10), due) == Reach(*expected, Why.UNANSWERED)


def test_who_is_quiet_is_waited_for_when_that_leaves_them_time_to_act():
    quiet = Person("stand-in", OFFICE, dnd_until=friday(12))
    assert reach_next([OWNER, quiet], ["owner"], friday(10), friday(13)) == Reach(
        "stand-in", friday(12), Why.UNANSWERED
    )
    assert reach_next([OWNER, quiet], ["owner"], friday(10), friday(12, 59)).recipient == CHANNEL


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (friday(15), [("owner", friday(15)), ("lead", friday(15))]),
        (friday(10), [("owner", friday(10)), ("lead", friday(14))]),
        (friday(18), [("owner", monday(9)), ("lead", friday(18))]),
        (friday(23), [("owner", monday(9)), ("lead", monday(14)), (CHANNEL, friday(23))]),
    ],
)
def test_a_slip_is_told_at_once_to_whoever_works_else_to_the_team(now, expected):
    assert [(one.recipient, one.at) for one in reach_slipped([OWNER, STAND_IN, LEAD], now)] == expected


def test_a_slip_of_somebody_away_is_told_to_who_stands_in():
    found = [(one.recipient, one.at, one.why) for one in reach_slipped([AWAY, STAND_IN, LEAD], friday(10))]
    assert found == [
        ("owner", monday(12), Why.FIRST),
        ("lead", friday(14), Why.FIRST),
        ("stand-in", friday(10), Why.NOT_NOW),
    ]


def test_a_slip_without_anybody_is_told_to_the_team_once():
    assert [one.recipient for one in reach_slipped([], friday(10))] == [CHANNEL]
    assert [one.recipient for one in reach_slipped([Person("owner", NEVER)], friday(10))] == [CHANNEL]


PEOPLE = st.lists(
    st.builds(
        Person,
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from([ALWAYS, OFFICE, NEW_YORK, AWAY.hours, NEVER, office("Asia/Kolkata")]),
        st.none() | st.integers(0, 6000).map(lambda minutes: friday(0) + minutes * MINUTE),
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda person: person.id,
)


@given(PEOPLE, st.integers(0, 6000), st.integers(1, 6000))
def test_nobody_hears_off_work_and_somebody_always_hears_in_time(people, start, length):
    now = friday(0) + start * MINUTE
    due = now + length * MINUTE
    by_id = {person.id: person for person in people}
    one = reach(people, now, due)
    assert now <= one.at < due
    if one.recipient == CHANNEL:
        assert one.at == now
        assert not any(is_reachable(person, now) and person.hours.between(now, due) for person in people)
    else:
        assert is_reachable(by_id[one.recipient], one.at)
        left = by_id[one.recipient].hours.between(one.at, due)
        assert one.at == now or left >= min(TIME_TO_ACT, one.at - now)
    if people and people[0].hours.between(now, due) == timedelta():
        assert one.recipient != people[0].id
    slipped = reach_slipped(people, now)
    assert any(reached.at == now for reached in slipped)
    assert len({reached.recipient for reached in slipped}) == len(slipped)
    assert all(is_reachable(by_id[r.recipient], r.at) for r in slipped if r.recipient != CHANNEL)
    assert all(ready_at(by_id[r.recipient], now) == r.at for r in slipped if r.recipient != CHANNEL)
