"""Do not disturb is kept fresh: by asking now and then, by events, and when a spell begins or ends."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import quiet_times
from bot.clock import Clock
from bot.domain.people import Member
from bot.outbound.slack_client import build_client
from bot.quiet_times import QuietTimes
from bot.services import people
from bot.services.context import Desk, Policy
from bot.store import Store
from bot.store.migrate import migrate
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer

HOUR = timedelta(hours=1)
PATIENCE = 45.0


@dataclass
class Place:
    """A desk and the workspace, on one clock."""

    server: WorkspaceServer
    desk: Desk
    keeper: QuietTimes

    @property
    def now(self) -> datetime:
        return self.desk.clock.now()

    def quiet(self, name: str, start: datetime, end: datetime) -> None:
        """Let somebody want not to be disturbed."""
        self.server.control.set_user(name, dnd=[int(start.timestamp()), int(end.timestamp())])

    async def until(self, name: str) -> datetime | None:
        """Return until when we take somebody not to want to be disturbed."""
        found = await self.desk.read(people.member, user=self.server.core.state.user(name).id)
        assert found is not None
        return found.dnd_until

    def calls(self) -> int:
        return len(self.server.journal.calls("dnd.teamInfo"))


async def wait_for(look: Callable[[], Awaitable[Any]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not await look():
        assert time.monotonic() < deadline, "it did not come"
        await asyncio.sleep(0.01)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    clock = Clock()
    store = Store(f"sqlite:///{tmp_path / 'headsup.db'}", elapsed=clock.monotonic)
    migrate(store)
    desk = Desk(store, clock, Policy())
    async with WorkspaceServer(lambda: clock.now().timestamp(), pace=Pace(enabled=False)) as server:
        client = build_client(server.bot_token, base_url=server.api_url)
        found = Place(server, desk, QuietTimes(desk, client))
        ours = [server.core.state.user(name) for name in ("@mira", "@sam")]
        await desk.do(people.sync_members, members=[Member(one.id, one.real_name) for one in ours])
        yield found
        desk.close()


async def test_whoever_does_not_want_to_be_disturbed_now_is_noted_with_the_end(place: Place) -> None:
    end = (place.now + HOUR).replace(microsecond=0)
    place.quiet("@mira", place.now - HOUR, end)
    place.quiet("@sam", place.now + HOUR, end + HOUR)
    await place.keeper.refresh()
    assert await place.until("@mira") == end
    assert await place.until("@sam") is None
    place.server.control.set_user("@mira", dnd=None)
    await place.keeper.refresh()
    assert await place.until("@mira") is None


async def test_it_is_asked_again_when_a_spell_begins_and_when_it_ends(place: Place) -> None:
    start, end = place.now + timedelta(seconds=2), place.now + timedelta(seconds=4)
    place.quiet("@mira", start, end)
    known = asyncio.Event()
    task = asyncio.create_task(place.keeper.keep(known))
    assert place.calls() == 0
    known.set()
    await wait_for(lambda: _is(place.until("@mira"), begun=True))
    await wait_for(lambda: _is(place.until("@mira"), begun=False))
    assert 2 <= place.calls() <= 6
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _is(until: Awaitable[datetime | None], *, begun: bool) -> bool:
    return (await until is not None) is begun


async def test_it_is_asked_again_every_ten_minutes_wherever_the_wall_clock_went(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet_times, "EVERY", timedelta(seconds=0.05))
    monkeypatch.setattr(quiet_times, "SOONEST", timedelta(seconds=0.01))
    known = asyncio.Event()
    known.set()
    task = asyncio.create_task(place.keeper.keep(known))
    wall = place.desk.clock._wall
    await wait_for(lambda: _counted(place, 3))
    place.desk.clock._wall = lambda: wall() - 3600
    before = place.calls()
    await wait_for(lambda: _counted(place, before + 3))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _counted(place: Place, count: int) -> bool:
    return place.calls() >= count


async def test_without_the_permission_everything_goes_on_and_it_is_said_once(place: Place) -> None:
    end = (place.now + HOUR).replace(microsecond=0)
    place.quiet("@mira", place.now - HOUR, end)
    await place.keeper.refresh()
    place.server.control.set_app(scopes=["chat:write"])
    with capture_logs() as logs:
        await place.keeper.refresh()
        await place.keeper.refresh()
    assert [line["event"] for line in logs] == ["Nudges cannot respect do not disturb: the app lacks dnd:read."]
    assert await place.until("@mira") == end
    place.server.control.set_app(scopes=["dnd:read"])
    place.server.control.set_user("@mira", dnd=None)
    await place.keeper.refresh()
    assert await place.until("@mira") is None


async def test_while_slack_is_away_what_was_known_stays(place: Place) -> None:
    end = (place.now + HOUR).replace(microsecond=0)
    place.quiet("@mira", place.now - HOUR, end)
    await place.keeper.refresh()
    place.server.control.fault("dnd.teamInfo", "http_500", times=0)
    with capture_logs() as logs:
        await place.keeper.refresh()
    assert [line["event"] for line in logs] == ["Do not disturb could not be asked of Slack."]
    assert await place.until("@mira") == end
