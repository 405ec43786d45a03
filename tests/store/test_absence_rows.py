"""What the database tells of absences: when somebody is away, and who stands in for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.domain.away.absences import LONGEST
from bot.domain.people import Member
from bot.store import Store, Tx, absences, people, tables

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def team(store: Store) -> Store:
    with store.writing() as tx:
        for ident in ("U0MIRA", "U0JONAS", "U0SAM"):
            people.save_member(tx, Member(id=ident, name=ident))
    return store


def away(tx: Tx, start: datetime, end: datetime | None, **facts: Any) -> int:
    told = {"member": "U0MIRA", "source": "slash", "made_at": NOW, "reason": ""} | facts
    return absences.add(tx, starts_at=start, ends_at=end, **told).id


def test_spells_are_disjoint_in_order_and_end_early_when_the_absence_did(team: Store):
    with team.writing() as tx:
        away(tx, NOW + 9 * HOUR, NOW + 10 * HOUR)
        away(tx, NOW, NOW + 2 * HOUR)
        away(tx, NOW + HOUR, NOW + 3 * HOUR, source="status")
        away(tx, NOW + 5 * HOUR, NOW + 8 * HOUR, ended_at=NOW + 6 * HOUR)
        away(tx, NOW + 20 * HOUR, NOW + 30 * HOUR, ended_at=NOW)
        away(tx, NOW, NOW + HOUR, member="U0SAM")
        assert absences.spells_of(tx, "U0MIRA") == (
            (NOW, NOW + 3 * HOUR),
            (NOW + 5 * HOUR, NOW + 6 * HOUR),
            (NOW + 9 * HOUR, NOW + 10 * HOUR),
        )
        assert absences.spells_of(tx, "U0JONAS") == ()


def test_a_status_without_an_end_is_taken_for_a_year(team: Store):
    with team.writing() as tx:
        away(tx, NOW, None, source="status", stand_in="U0SAM")
        assert absences.spells_of(tx, "U0MIRA") == ((NOW, NOW + LONGEST),)
        assert absences.stand_ins(tx, NOW + LONGEST - HOUR) == {"U0MIRA": "U0SAM"}
        assert absences.stand_ins(tx, NOW + LONGEST) == {}


@pytest.mark.parametrize("lasts", [-HOUR, timedelta(microseconds=-1), timedelta()])
def test_what_ends_before_it_has_begun_is_not_written(team: Store, lasts: timedelta):
    with pytest.raises(ValueError, match="ends before"), team.writing() as tx:
        away(tx, NOW, NOW + lasts)
    with team.writing() as tx:
        ident = away(tx, NOW, NOW + HOUR)
    for facts in ({"ends_at": NOW + lasts}, {"starts_at": NOW + HOUR - lasts}):
        with pytest.raises(ValueError, match="ends before"), team.writing() as tx:
            absences.change(tx, ident, **facts)
    with team.writing() as tx:
        assert absences.spells_of(tx, "U0MIRA") == ((NOW, NOW + HOUR),)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (NOW - timedelta(microseconds=1), "U0JONAS"),
        (NOW, "U0SAM"),
        (NOW + HOUR - timedelta(microseconds=1), "U0SAM"),
        (NOW + HOUR, "U0JONAS"),
    ],
)
def test_the_stand_in_of_an_absence_wins_for_as_long_as_it_runs(team: Store, at: datetime, found: str):
    with team.writing() as tx:
        tx.execute(_stand_in("U0MIRA", "U0JONAS"))
        away(tx, NOW, NOW + HOUR, stand_in="U0SAM")
        assert absences.stand_ins(tx, at) == {"U0MIRA": found}


def test_an_absence_that_names_nobody_leaves_it_to_the_one_who_stands_in_anyway(team: Store):
    with team.writing() as tx:
        tx.execute(_stand_in("U0MIRA", "U0JONAS"))
        away(tx, NOW, NOW + HOUR)
        assert absences.stand_ins(tx, NOW) == {"U0MIRA": "U0JONAS"}


def test_whoever_left_the_team_stands_in_for_nobody(team: Store):
    with team.writing() as tx:
        away(tx, NOW, NOW + HOUR, stand_in="U0SAM")
        people.deactivate_member(tx, "U0SAM")
        assert absences.stand_ins(tx, NOW) == {}


def test_an_absence_ends_early_once(team: Store):
    with team.writing() as tx:
        ident = away(tx, NOW, NOW + 2 * HOUR, stand_in="U0SAM")
        ended = absences.try_end(tx, ident, at=NOW + HOUR)
        assert ended is not None
        assert ended.over_at == NOW + HOUR
        assert absences.try_end(tx, ident, at=NOW + HOUR) is None
        assert absences.stand_ins(tx, NOW + HOUR) == {}
        assert absences.of_member(tx, "U0MIRA", after=NOW + HOUR) == ()


def test_it_is_to_be_summarised_once_when_it_is_over(team: Store):
    with team.writing() as tx:
        ident = away(tx, NOW, NOW + HOUR)
        assert absences.to_summarise(tx, NOW + HOUR - timedelta(microseconds=1), most=5) == ()
        assert [found.id for found in absences.to_summarise(tx, NOW + HOUR, most=5)] == [ident]
        assert absences.try_summarise(tx, ident, at=NOW + HOUR)
        assert not absences.try_summarise(tx, ident, at=NOW + HOUR)
        assert absences.to_summarise(tx, NOW + 2 * HOUR, most=5) == ()


def _stand_in(member: str, stand_in: str) -> Any:
    return update(tables.member).where(tables.member.c.id == member).values(stand_in=stand_in)
