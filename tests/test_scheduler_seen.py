"""What a scheduler leaves to be seen: its heartbeat, and what the hourly look found."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import scheduler as module
from bot.domain.health import AUDIT_LATE, LATE, Heartbeat, Orphan
from bot.scheduler import MISSED_TICKS, TICK, Scheduler
from bot.services.audit import auditing, audits, heartbeat
from bot.services.context import Context
from tests.support.ticking import World, ticking


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    async with ticking(tmp_path, monkeypatch) as found:
        yield found


async def test_each_finished_tick_is_a_heartbeat_that_every_process_sees(world: World) -> None:
    assert await world.desk.read(heartbeat.last_beat) is None
    world.scheduler.start()
    await world.tick_again(2)
    world.desk.clock.move(timedelta(days=3))
    await world.tick_again(2)
    beat = await world.desk.read(heartbeat.last_beat)
    assert beat is not None
    assert beat.by == "here:1"
    assert not beat.is_late(world.desk.clock.wall_now())


async def test_stopping_in_order_takes_our_heartbeat_back_and_nobody_elses(world: World) -> None:
    world.scheduler.start()
    await world.tick_again(2)
    other = Scheduler(world.desk, name="there:2")
    await other.stop()
    assert await world.desk.read(heartbeat.last_beat) is not None
    await world.scheduler.stop()
    assert await world.desk.read(heartbeat.last_beat) is None
    await world.desk.writing(heartbeat.beat, by="there:2", at=world.desk.clock.wall_now())
    await world.desk.writing(heartbeat.stop_beating, by="here:1")
    left = await world.desk.read(heartbeat.last_beat)
    assert left is not None
    assert left.by == "there:2"


@pytest.mark.parametrize(
    ("age", "late"),
    [(timedelta(), False), (LATE, False), (LATE + timedelta(seconds=1), True), (-LATE * 80, True)],
    ids=["fresh", "at three ticks", "just after", "from the future: the clock was set back, or the worker's is wrong"],
)
def test_a_heartbeat_grows_old(age: timedelta, late: bool) -> None:
    now = dt.datetime(2027, 1, 4, 8, tzinfo=UTC)
    assert Heartbeat("here:1", now - age).is_late(now) is late


def test_three_ticks_are_as_long_everywhere() -> None:
    assert MISSED_TICKS * TICK == LATE


async def test_the_hourly_look_mends_and_keeps_its_finding_by_the_wall_clock(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that was moved says nothing about when somebody looked."""
    mended: list[int] = []

    def mend(_ctx: Context, *, lost: Sequence[int], tally: auditing.Tally) -> None:
        mended.append(len(lost))
        tally.found[Orphan.PAUSE] += len(lost)
        tally.mended[Orphan.PAUSE] += len(lost)

    monkeypatch.setattr(auditing, "look", lambda _ctx: tuple(range(60)))
    monkeypatch.setattr(auditing, "mend", mend)
    world.desk.clock.move(timedelta(days=3))
    with capture_logs() as logs:
        assert await world.scheduler.audit() == 60
    assert mended == [25, 25, 10], "a press may come between"
    assert [(line["action"], line["pause_without_end"], line["mended"]) for line in logs] == [("audit", 60, 60)]
    seen = await world.desk.read(audits.last_audits)
    assert seen is not None
    assert abs(seen.last.at - world.desk.clock.wall_now()) < timedelta(minutes=1)
    assert not seen.last.is_late(world.desk.clock.wall_now())
    assert seen.last.is_late(world.desk.clock.wall_now() + AUDIT_LATE + timedelta(minutes=1))


async def test_everything_is_looked_at_soon_after_a_start_and_then_hourly(world: World) -> None:
    world.scheduler.start()
    job = world.scheduler._jobs.get_job("audit")
    assert job.next_run_time - world.desk.clock.wall_now() <= timedelta(minutes=1)
    assert job.trigger.interval == timedelta(hours=1)


def fails(_ctx: Context) -> Any:
    raise OSError("the disk is full")


async def test_a_look_that_fails_leaves_ticks_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing, "look", fails)
    monkeypatch.setattr(module, "FIRST_AUDIT", timedelta())
    world.scheduler.start()
    await world.tick_again(5)
    assert await world.desk.read(audits.last_audits) is None
