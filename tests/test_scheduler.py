"""Ticks come whatever the wall clock does, and a process that does not plan says so."""

import asyncio
import contextlib
import datetime as dt
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from apscheduler.executors import base as executors
from apscheduler.schedulers import base as schedulers
from apscheduler.triggers import interval

from bot import scheduler as module
from bot.clock import Clock
from bot.domain.health import LATE, Heartbeat
from bot.scheduler import MISSED_TICKS, TICK, Scheduler
from bot.services import heartbeat, nudging
from bot.services.context import Context, Desk, Policy
from bot.store import Store
from bot.store.migrate import migrate

HOUR = 3600.0
SHORT = 0.05
PATIENCE = 10.0


@dataclass
class World:
    """A scheduler whose wall clock can be set, and whose elapsed time can be let pass, by hand."""

    desk: Desk
    scheduler: Scheduler
    shift: dict[str, float]
    ticks: list[float] = field(default_factory=list)

    def set_back(self, seconds: float) -> None:
        self.shift["wall"] -= seconds

    def elapse(self, seconds: float) -> None:
        self.shift["elapsed"] += seconds

    async def tick_again(self, more: int = 3) -> None:
        """Wait until there were some ticks more."""
        wanted, deadline = len(self.ticks) + more, time.monotonic() + PATIENCE
        while len(self.ticks) < wanted:
            assert time.monotonic() < deadline, "no tick came"
            await asyncio.sleep(0.01)


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """Ticks are short; APScheduler reads the same wall clock as we do."""
    shift = {"wall": 0.0, "elapsed": 0.0}
    clock = Clock(lambda: time.time() + shift["wall"], lambda: time.monotonic() + shift["elapsed"])

    class Shifted(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return clock.wall_now().astimezone(tz or UTC)

    for library in (schedulers, executors, interval):
        monkeypatch.setattr(library, "datetime", Shifted)
    monkeypatch.setattr(module, "TICK", timedelta(seconds=SHORT))
    store = Store(f"sqlite:///{tmp_path / 'headsup.db'}", elapsed=time.monotonic)
    migrate(store)
    desk = Desk(store, clock, Policy())
    found = World(desk, Scheduler(desk, name="here:1"), shift)
    plan = nudging.plan

    def counted(ctx: Context) -> nudging.Planned:
        found.ticks.append(time.monotonic())
        return plan(ctx)

    monkeypatch.setattr(nudging, "plan", counted)
    yield found
    with contextlib.suppress(RuntimeError):  # some tests close it themselves
        await found.scheduler.stop()
    desk.close()


async def test_set_back_by_an_hour_apscheduler_alone_waits_out_the_hour(world: World) -> None:
    """The reason for `realign`: should APScheduler mend this one day, it may go."""
    world.scheduler.start()
    await world.tick_again()
    world.set_back(HOUR)
    await asyncio.sleep(4 * SHORT)
    before = len(world.ticks)
    await asyncio.sleep(10 * SHORT)
    assert len(world.ticks) == before


@pytest.mark.parametrize("step", [HOUR, -HOUR, 60 * HOUR, -24 * HOUR, 10.0, -10.0])
async def test_ticks_go_on_after_any_step_of_the_wall_clock(world: World, step: float) -> None:
    world.scheduler.start()
    await world.tick_again()
    world.set_back(-step)
    world.scheduler.realign()
    await world.tick_again()
    jobs = {job.id: job for job in world.scheduler._jobs.get_jobs()}
    latest = world.desk.clock.wall_now() + timedelta(hours=1, seconds=1)
    assert all(job.next_run_time <= latest for job in jobs.values())


async def test_hourly_jobs_come_within_the_hour_after_the_wall_clock_was_set_back_a_day(world: World) -> None:
    async def sync() -> None:
        return None

    world.scheduler.every_hour("sync", sync)
    world.scheduler.start()
    world.set_back(24 * HOUR)
    world.scheduler.realign()
    job = world.scheduler._jobs.get_job("sync")
    assert timedelta(minutes=59) < job.next_run_time - world.desk.clock.wall_now() <= timedelta(hours=1)


def past(missed: float) -> float:
    return MISSED_TICKS * TICK.total_seconds() + missed


@pytest.mark.parametrize(
    ("seconds", "late"),
    [(0.0, False), (past(-1), False), (past(1), True), (past(HOUR), True)],
    ids=["at once", "just before", "just after", "long after"],
)
async def test_a_process_is_late_three_ticks_after_the_last_finished_one(
    world: World, monkeypatch: pytest.MonkeyPatch, seconds: float, late: bool
) -> None:
    monkeypatch.setattr(module, "TICK", TICK)
    world.scheduler.start()
    await world.scheduler.tick()
    world.elapse(seconds)
    assert world.scheduler.is_late() is late
    await world.scheduler.tick()
    assert not world.scheduler.is_late()


Trouble = Callable[[Context], Any]


def _fails(_ctx: Context) -> Any:
    raise OSError("the disk is full")


def _hangs(_ctx: Context) -> Any:
    time.sleep(0.5)
    raise OSError("the database went away at last")


@pytest.mark.parametrize("plan", [_fails, _hangs])
@pytest.mark.parametrize("ticked_before", [True, False])
async def test_ticks_that_hang_or_fail_each_time_are_no_finished_ticks(
    world: World, monkeypatch: pytest.MonkeyPatch, plan: Trouble, ticked_before: bool
) -> None:
    world.scheduler.start()
    if ticked_before:
        await world.tick_again(1)
    works = nudging.plan
    monkeypatch.setattr(nudging, "plan", plan)
    for _ in range(10):
        await asyncio.sleep(SHORT)
    assert world.scheduler.is_late()
    monkeypatch.setattr(nudging, "plan", works)
    await world.scheduler.tick()
    assert not world.scheduler.is_late()


async def test_no_step_of_the_wall_clock_makes_a_process_late_or_hides_that_it_is(world: World) -> None:
    world.scheduler.start()
    await world.tick_again(1)
    world.set_back(-HOUR)
    assert not world.scheduler.is_late()
    world.scheduler._jobs.pause()
    world.elapse(past(1))
    world.set_back(10 * HOUR)
    assert world.scheduler.is_late()


async def test_a_process_that_does_not_plan_is_never_late(world: World) -> None:
    world.elapse(past(HOUR))
    assert not world.scheduler.is_late()


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
