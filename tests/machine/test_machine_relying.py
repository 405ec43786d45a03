"""Somebody has a promise in hand, or was told of it, and goes away before it is due: somebody else hears in time."""

import contextlib
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from machine_laws import Laws
from machine_work import TEAM, actor, people
from machine_world import World
from test_machine import LONG, PHASES, SECONDS, WEEKS

from bot.errors import RefusedError
from bot.services.away import entering
from bot.services.outbox import pacing
from bot.services.people import member_left
from bot.services.replies import promising
from bot.services.settings import noticing_hours
from bot.store import promises
from tests.support.databases import Databases

EXAMPLES = 2 * WEEKS
MINUTES = (1, 5, 20, 45, 59, 60, 61, 120, 240, 600)
WEEKEND = 4 * 86_400.0

people_or_none = st.one_of(st.none(), people)
pauses = st.sampled_from([0, *MINUTES])


@dataclass(frozen=True)
class Going:
    """Who goes away in how many minutes, for how many, who stands in, and how many minutes pass after that."""

    who: str
    after: int
    length: int
    cover: str | None
    then: int


@dataclass(frozen=True)
class Day:
    """Who promised how many minutes, when who took it on, who leaves the team for good, and who goes away."""

    owner: str
    span: int
    wait: int
    acks: str | None
    leaves: bool
    goings: list[Going]


goings = st.builds(
    Going, who=people, after=pauses, length=st.sampled_from([*MINUTES, 1_440, 6_000]), cover=people_or_none, then=pauses
)
days = st.builds(
    Day,
    owner=people,
    span=st.sampled_from([45, 60, 90, 180, 300, 420, 480, 1_440, 1_500]),
    wait=pauses,
    acks=people_or_none,
    leaves=st.sampled_from([False, False, True]),
    goings=st.lists(goings, min_size=1, max_size=2),
)


def _live(laws: Laws, day: Day) -> None:
    world = laws.world
    request = world.ask(TEAM[day.owner], "The contact form is broken.")
    world.tell(request, TEAM[day.owner], timedelta(minutes=day.span))
    with world.store.reading() as tx:
        promise = promises.promises_of(tx, request)[0]
    laws.note(f"{day.owner} promised {promise.due_at:%a %H:%M:%S}")
    laws.disturb(trouble=False)  # who took it in hand before hears nothing of it; the law of who goes away judges
    world.advance(60.0 * day.wait)
    if day.acks:
        with contextlib.suppress(RefusedError):
            world.do(promising.take_on, actor=actor(day.acks), promise=promise.id)
            laws.relying.acks.append((promise.id, TEAM[day.acks].id, world.now))
            laws.note(f"{day.acks} is on it")
    for going in day.goings:
        _go(laws, going)
    if day.leaves and day.acks not in {None, "sam"}:
        gone = TEAM[str(day.acks)].id
        world.do(member_left, user=gone)
        world.do(noticing_hours.notice_changed_hours)
        laws.relying.left[gone] = world.now
        laws.note(f"{day.acks} leaves the team")


def _go(laws: Laws, going: Going) -> None:
    start = laws.world.now + timedelta(minutes=going.after)
    end = start + timedelta(minutes=going.length)
    facts = {"actor": actor(going.who), "stand_in": TEAM[going.cover].id if going.cover else None}
    with contextlib.suppress(RefusedError):
        laws.world.do(entering.enter_absence, starts_at=start, ends_at=end, **facts)
        laws.note(f"{going.who} is away from {start:%a %H:%M:%S} until {end:%a %H:%M:%S}, stand-in: {going.cover}")
    laws.world.advance(60.0 * going.then)


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_who_goes_away_leaves_nothing_to_chance(
    kind: str, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.0)

    @settings(
        phases=PHASES,
        max_examples=EXAMPLES if kind == "sqlite" else max(1, EXAMPLES // 4),
        derandomize=not LONG,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(day=days)
    def live(day: Day) -> None:
        address = databases.migrated(kind)
        world = World(address, workers=1)
        try:
            laws = Laws(world)
            _live(laws, day)
            laws.settle(rest=WEEKEND)
        finally:
            world.close()
            databases.drop(address)

    live()
