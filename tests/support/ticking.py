"""A scheduler with short ticks, whose clocks can be set by hand."""

import asyncio
import contextlib
import datetime as dt
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from apscheduler.executors import base as executors
from apscheduler.schedulers import base as schedulers
from apscheduler.triggers import interval

from bot import scheduler as module
from bot.clock import Clock
from bot.scheduler import MISSED_TICKS, TICK, Scheduler
from bot.services.context import Context, Desk, Policy
from bot.services.nudges import nudging
from bot.store import Store
from bot.store.migrate import migrate

HOUR = 3600.0
SHORT = 0.05
PATIENCE = 45.0


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


@contextlib.asynccontextmanager
async def ticking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
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


def past(missed: float) -> float:
    """Return three ticks and so many seconds more."""
    return MISSED_TICKS * TICK.total_seconds() + missed
