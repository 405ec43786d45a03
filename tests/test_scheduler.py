"""Ticks come whatever the wall clock does, and a process that does not plan says so."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import scheduler as module
from bot.scheduler import TICK
from bot.services.context import Context
from bot.services.nudges import nudging
from tests.support.ticking import HOUR, PATIENCE, SHORT, World, past, ticking
from tests.support.walk_ground import until


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    async with ticking(tmp_path, monkeypatch) as found:
        yield found


async def test_set_back_by_an_hour_apscheduler_alone_waits_out_the_hour(world: World) -> None:
    """The reason for `realign`: should APScheduler mend this one day, it may go.

    It sleeps on one timer; armed for the hour, nothing but we can wake it before.
    """
    world.scheduler.start()
    await world.tick_again()
    world.set_back(HOUR)
    jobs, loop = world.scheduler._jobs, asyncio.get_running_loop()
    await until(lambda: jobs._timeout.when() - loop.time() > HOUR - 60, "its timer to be armed for an hour")
    assert jobs.get_job("plan").next_run_time - world.desk.clock.wall_now() > timedelta(minutes=59)
    world.scheduler.realign()
    assert jobs.get_job("plan").next_run_time - world.desk.clock.wall_now() <= timedelta(seconds=SHORT)
    await world.tick_again()


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


class Broken:
    """Planning that fails, or hangs until it is released and then fails."""

    def __init__(self, *, hangs: bool) -> None:
        self.begun, self.released = threading.Event(), threading.Event()
        if not hangs:
            self.released.set()

    def __call__(self, _ctx: Context) -> Any:
        self.begun.set()
        assert self.released.wait(PATIENCE), "nobody released it"
        raise OSError("the disk is full")


@pytest.mark.parametrize("hangs", [False, True], ids=["fails", "hangs"])
@pytest.mark.parametrize("ticked_before", [True, False])
async def test_ticks_that_hang_or_fail_each_time_are_no_finished_ticks(
    world: World, monkeypatch: pytest.MonkeyPatch, hangs: bool, ticked_before: bool
) -> None:
    monkeypatch.setattr(module, "TICK", TICK)
    world.scheduler.start()
    if ticked_before:
        await world.scheduler.tick()
    world.elapse(past(1))
    works = nudging.plan
    for _ in range(2):
        broken = Broken(hangs=hangs)
        monkeypatch.setattr(nudging, "plan", broken)
        ticking_on = asyncio.create_task(world.scheduler.tick())
        await until(broken.begun.is_set, "planning to begin")
        assert world.scheduler.is_late(), "to begin is not to finish"
        broken.released.set()
        with pytest.raises(OSError, match="the disk is full"):
            await ticking_on
        assert world.scheduler.is_late(), "to fail is not to finish"
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
