"""`/readyz` of real processes, over real HTTP: who plans, who does not, and whether anybody does."""

import contextlib
import json
import threading
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import scheduler
from bot.clock import Clock
from bot.config import Settings
from bot.running import Roles, Running, running
from bot.services.audit import heartbeat
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.wiring import build
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer
from tests.support.ticking import past
from tests.support.walk_ground import until

Start = Callable[[Roles], contextlib.AbstractAsyncContextManager[Running]]


NOBODY = "No worker has planned for three ticks: promises may slip without word."


class Elapsed:
    """Elapsed time that can be let pass."""

    def __init__(self) -> None:
        self.more = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.more


@pytest.fixture
def elapsed() -> Elapsed:
    return Elapsed()


@pytest.fixture
async def start(tmp_path: Path, elapsed: Elapsed) -> AsyncIterator[Start]:
    async with WorkspaceServer(time.time, pace=Pace(enabled=False)) as server:
        settings = Settings(
            slack_bot_token=server.bot_token,
            slack_signing_secret=server.signing_secret,
            slack_api_url=server.api_url,
            slack_team_channel="#requests",
            database_url=f"sqlite:///{tmp_path / 'headsup.db'}",
            port=0,
        )
        yield lambda roles: running(build(settings, clock=Clock(elapsed=elapsed)), roles)


async def ask(process: Running, path: str = "/readyz") -> tuple[int, str]:
    assert process.serving is not None
    async with aiohttp.ClientSession() as client, client.get(f"{process.serving.url}{path}") as answer:
        return answer.status, await answer.text()


async def ready(process: Running) -> bool:
    return (await ask(process))[0] == 200


@pytest.mark.parametrize("trouble", ["fails", "hangs"])
async def test_a_worker_whose_ticks_do_not_finish_is_not_ready_until_one_does(
    start: Start, elapsed: Elapsed, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(scheduler, "TICK", timedelta(seconds=0.05))
    monkeypatch.setattr(scheduler, "MISSED_TICKS", 900)
    works, released = nudging.plan, threading.Event()
    if trouble == "fails":
        released.set()

    def broken(_ctx: Context) -> Any:
        assert released.wait(30), "nobody released it"
        raise OSError("the disk is full")

    async with start(Roles(web=True, worker=True)) as process:
        await until(lambda: ready(process), "the first tick")
        monkeypatch.setattr(nudging, "plan", broken)
        elapsed.more += past(1)
        await until(process.headsup.scheduler.is_late, "it to be late")
        status, body = await ask(process)
        assert (status, json.loads(body)["problems"]) == (
            503,
            ["Planning has not finished for three ticks: promises may slip without word."],
        )
        monkeypatch.setattr(nudging, "plan", works)
        released.set()
        await until(lambda: ready(process), "a finished tick")


async def test_a_process_that_does_not_plan_is_ready_and_says_when_nobody_does(start: Start) -> None:
    async with start(Roles(web=True)) as process:
        desk = process.headsup.desk
        status, body = await ask(process)
        assert status == 200
        assert json.loads(body)["problems"] == [
            "No worker has planned for three ticks: promises may slip without word."
        ]
        assert "headsup_tick_age_seconds NaN" in (await ask(process, "/metrics"))[1]
        await desk.writing(heartbeat.beat, by="there:7", at=desk.clock.wall_now())
        assert json.loads((await ask(process))[1])["problems"] == []
        assert "headsup_tick_age_seconds NaN" not in (await ask(process, "/metrics"))[1]
        long_ago = desk.clock.wall_now() - timedelta(minutes=2)
        await desk.writing(heartbeat.beat, by="there:7", at=long_ago)
        status, body = await ask(process)
        assert (status, len(json.loads(body)["problems"])) == (200, 1)


async def test_a_worker_that_stopped_in_order_leaves_no_heartbeat(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "TICK", timedelta(seconds=0.05))
    async with start(Roles(web=True, worker=True)) as process:
        await until(lambda: process.headsup.desk.read(heartbeat.last_beat), "a heartbeat")
    async with start(Roles(web=True)) as process:
        assert await process.headsup.desk.read(heartbeat.last_beat) is None
