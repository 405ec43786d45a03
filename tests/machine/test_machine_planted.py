"""Faults planted in the product itself: the machine finds them, and tells what happened."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from machine_slack import Way
from machine_work import TEXTS
from test_machine import Nudges

from bot.domain.ladder import reaching
from bot.domain.ladder.ladders import Ladder, Rung, RungKind, timetable
from bot.services.nudges import climbing
from bot.services.outbox import holding, pacing
from tests.support.databases import Databases

Plant = Callable[[pytest.MonkeyPatch], None]


def _no_look(patch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: Any) -> None:
        return None

    patch.setattr(Way, "look", nothing)


def _nobody_is_off(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reaching, "ready_at", lambda _person, now: now)
    patch.setattr(holding, "is_off", lambda *_: False)


def _ten_minutes_early(patch: pytest.MonkeyPatch) -> None:
    def early(opened_at: Any, due_at: Any, hours: Any, ladder: Ladder) -> tuple[Rung, ...]:
        found = timetable(opened_at, due_at, hours, ladder)
        before = (Rung(one.number, one.at - timedelta(minutes=10), one.kind) for one in found[:-1])
        return (*before, Rung(found[-1].number, found[-1].at, RungKind.SLIPPED))

    patch.setattr(climbing, "timetable", early)


@pytest.fixture
def week(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nudges]:
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.0)
    found = type("NudgesByHand", (Nudges,), {"databases": databases, "kind": "sqlite"})()
    found.begin(calm=False, blind=False)
    yield found
    found.world.close()


def _live(week: Nudges) -> None:
    """A nudge whose answer is lost, then one that is put off by a time of quiet."""
    week.promise(owner="mira", text=TEXTS[0], span=180)
    week.laws_hold()
    week.trouble(faults=["lost_after"])
    week.wait(seconds=3 * 3_600)
    week.promise(owner="mira", text=TEXTS[0], span=70)
    week.do_not_disturb(who="mira", minutes=90)
    week.laws.settle()


@pytest.mark.parametrize(
    ("plant", "law"),
    [
        (_no_look, "one_message_per_key"),
        (_nobody_is_off, "nobody_off_work_hears"),
        (_ten_minutes_early, "rungs_lie_where_their_lead_is_left"),
    ],
)
def test_a_planted_fault_is_found_and_its_story_told(
    week: Nudges, monkeypatch: pytest.MonkeyPatch, plant: Plant, law: str
) -> None:
    plant(monkeypatch)

    with pytest.raises(AssertionError, match=f"{law}: ") as failed:
        _live(week)

    assert "What happened:\n" in str(failed.value)
    assert "mira told the client of #1" in str(failed.value)


def test_without_a_fault_the_same_week_breaks_no_law(week: Nudges) -> None:
    _live(week)
