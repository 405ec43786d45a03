"""Who is waited for is never looked for in the past, whoever goes away after it was planned: a law, attacked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ladder.ladders import TIME_TO_ACT, Ladder
from bot.domain.ladder.reaching import CHANNEL, Person, is_reachable, ready_at
from bot.domain.promises import Outcome, Promise
from bot.domain.replies import PromiseKind
from bot.domain.working_time import ALWAYS, without
from bot.services.nudges.climbing import Climb
from bot.store.nudges import Told
from tests.domain.office_hours import NEVER, office

OFFICE, NEW_YORK, KOLKATA = office(), office("America/New_York"), office("Asia/Kolkata")
MINUTE, SECOND, HOUR = timedelta(minutes=1), timedelta(seconds=1), timedelta(hours=1)
FRIDAY = datetime(2026, 11, 27, tzinfo=UTC)
OWNER = Person("owner", OFFICE)

minutes = st.integers(0, 5 * 24 * 60).map(lambda number: number * MINUTE)
aways = st.lists(
    st.tuples(minutes, minutes).map(lambda two: (FRIDAY + min(two), FRIDAY + max(two) + MINUTE)), max_size=3
)


@st.composite
def others(draw: st.DrawFn) -> tuple[Person, ...]:
    """Draw up to two in line behind the owner, by the hours that hold once they went away."""
    found = []
    for name in ("stand-in", "lead")[: draw(st.integers(0, 2))]:
        hours = without(draw(st.sampled_from([OFFICE, NEW_YORK, KOLKATA, ALWAYS, NEVER])), draw(aways), name)
        quiet = draw(st.none() | minutes.map(lambda span: FRIDAY + span))
        found.append(Person(name, hours, dnd_until=quiet, lead=name == "lead"))
    return tuple(found)


def climb_of(people: tuple[Person, ...], nudged_at: datetime, due_at: datetime) -> Climb:
    """Return a promise of which the first one was told, and nobody answers; all its rungs are told."""
    promise = Promise(
        id=1,
        request=1,
        kind=PromiseKind.HAVE,
        due_at=due_at,
        made_at=FRIDAY - HOUR,
        revision=0,
        outcome=Outcome.OPEN,
        reply=None,
        rung=5,
        nudged_at=nudged_at,
    )
    told = (Told(people[0].id, waits=False, not_before=nudged_at, sent_at=nudged_at),)
    return Climb(promise, people, Ladder(), told=told)


@given(others(), aways, minutes, minutes, minutes)
def test_no_look_lies_in_the_past_whoever_goes_away_meanwhile(
    rest: tuple[Person, ...],
    away: list[tuple[datetime, datetime]],
    nudged: timedelta,
    length: timedelta,
    passed: timedelta,
) -> None:
    people = (replace(OWNER, hours=without(OFFICE, away, "owner")), *rest)
    now = FRIDAY + nudged + passed
    climb = climb_of(people, FRIDAY + nudged, FRIDAY + nudged + length + MINUTE)
    due_at = climb.promise.due_at
    to = climb.passes_on(now)
    assert to is not None
    assert to.at >= now
    if now >= due_at:
        return
    assert now < climb.next_look(now) <= due_at
    if to.recipient == CHANNEL:
        for person in rest if to.at < due_at else ():
            ready = ready_at(person, to.at)
            assert ready is None or person.hours.between(ready, due_at) < TIME_TO_ACT
            assert not is_reachable(person, to.at) or person.hours.between(to.at, due_at) == timedelta()
        return
    reader = next(person for person in rest if person.id == to.recipient)
    assert is_reachable(reader, to.at)
    assert reader.hours.between(to.at, due_at) > timedelta()


@given(others(), minutes, minutes, st.floats(0, 1, exclude_max=True))
def test_who_is_waited_for_stays_so_while_nothing_changes(
    rest: tuple[Person, ...], nudged: timedelta, length: timedelta, part: float
) -> None:
    """However often it is looked at meanwhile, by whatever else is to be told."""
    climb = climb_of((OWNER, *rest), FRIDAY + nudged, FRIDAY + nudged + length + MINUTE)
    first = climb.passes_on(FRIDAY + nudged)
    assert first is not None
    assert climb.passes_on(FRIDAY + nudged + part * (first.at - FRIDAY - nudged)) == first


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (FRIDAY + 15 * HOUR - SECOND, (CHANNEL, FRIDAY + 12 * HOUR)),
        (FRIDAY + 15 * HOUR, ("lead", FRIDAY + 14 * HOUR)),
        (FRIDAY + 15 * HOUR + SECOND, ("lead", FRIDAY + 14 * HOUR)),
    ],
    ids=["a second too late", "just in time", "a second to spare"],
)
def test_the_lead_who_opens_at_two_is_waited_for_only_while_an_hour_is_left_then(
    due: datetime, expected: tuple[str, datetime]
) -> None:
    climb = climb_of((OWNER, Person("lead", NEW_YORK, lead=True)), FRIDAY + 11.5 * HOUR, due)
    to = climb.passes_on(FRIDAY + 11.5 * HOUR)
    assert to is not None
    assert (to.recipient, to.at) == expected


def test_a_day_off_of_who_is_next_leaves_it_to_who_comes_after_them() -> None:
    off = Person("stand-in", without(NEW_YORK, [(FRIDAY, FRIDAY + 24 * HOUR)], "off"))
    people = (OWNER, off, Person("lead", NEW_YORK, lead=True))
    to = climb_of(people, FRIDAY + 11 * HOUR, FRIDAY + 16 * HOUR).passes_on(FRIDAY + 11 * HOUR)
    assert to is not None
    assert (to.recipient, to.at) == ("lead", FRIDAY + 14 * HOUR)


def test_nobody_is_asked_what_was_answered() -> None:
    climb = climb_of((OWNER,), FRIDAY + 9 * HOUR, FRIDAY + 16 * HOUR)
    assert replace(climb, promise=replace(climb.promise, acked_at=FRIDAY)).passes_on(FRIDAY) is None
