"""One installation in one loop: the local workspace, all of Headsup, a client's own system, and a clock that moves."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.clock import Clock
from bot.config import Settings
from bot.domain.people import Actor
from bot.running import EVERYTHING, Running, move_clock, running
from bot.services import people
from bot.services.context import Context, Desk
from bot.store import outbox
from bot.wiring import Headsup, build
from bot.workspace.driver import Driver
from bot.workspace.server import WorkspaceServer
from tests.support.processes_client import ClientSystem

DEADLINE = 45.0
"""Seconds (real) after which a test says that something did not come."""


async def until(look: Callable[[], Any], what: str, *, seconds: float = DEADLINE) -> Any:
    """Wait until something is true and return it; `look` may be a coroutine function."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what}"
        await asyncio.sleep(0.02)


@dataclass
class Ground:
    """What a walk stands on."""

    server: WorkspaceServer
    orbit: ClientSystem
    clock: Clock
    settings: Settings
    driver: Driver
    process: Running | None = None
    _stack: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    @property
    def control(self) -> Any:
        return self.server.control

    @property
    def headsup(self) -> Headsup:
        assert self.process is not None, "Headsup is not running"
        return self.process.headsup

    @property
    def desk(self) -> Desk:
        return self.headsup.desk

    @property
    def url(self) -> str:
        """Where Headsup's own web edge listens."""
        assert self.process is not None
        assert self.process.serving is not None
        return self.process.serving.url

    # -- Headsup comes and goes ----------------------------------------------------------------------------------------

    async def start(self, *, meet: bool = True) -> None:
        """Start Headsup; with `meet` wait until it is connected and knows the team."""
        headsup = build(self.settings, clock=self.clock)
        self.process = await self._stack.enter_async_context(running(headsup, EVERYTHING))
        if self.settings.slack_app_token is None:
            await self.control.events_url(f"{self.url}/slack/events")
        if meet:
            await until(self.knows_the_team, "the team to be known")

    async def stop(self) -> None:
        """Stop Headsup in order; the workspace, the client and the database stay."""
        stack, self._stack, self.process = self._stack, contextlib.AsyncExitStack(), None
        await stack.aclose()

    async def knows_the_team(self) -> bool:
        assert self.process is not None
        heard = self.process.socket is None or self.process.connected.is_set()
        member = await self.desk.read(people.member, user=self.id("@mira"))
        return bool(heard and member is not None and self.headsup.synced.is_set())

    # -- who and where -------------------------------------------------------------------------------------------------

    def id(self, who: str) -> str:
        """Return the Slack id of a person (@name) or channel (#name)."""
        state = self.server.core.state
        return str(state.channel(who).id if who.startswith("#") else state.user(who).id)

    def actor(self, who: str = "@mira") -> Actor:
        return Actor(self.id(who), self.server.core.state.home_team.id)

    # -- time ----------------------------------------------------------------------------------------------------------

    async def later(self, **span: float) -> None:
        """Move everybody's clock forward; what is due by then is planned and delivered."""
        await move_clock(self.headsup, timedelta(**span))

    async def quiet(self) -> None:
        """Wait until everything that is due has left and nothing passes between Headsup and the workspace."""
        await until(self._nothing_due, "the outbox to be empty")
        await self.control.settle()

    async def _nothing_due(self) -> bool:
        return await self.desk.read(_count_due) == 0


def _count_due(ctx: Context) -> int:
    waiting = outbox.o.state.in_(["pending", "leased"]) & (outbox.o.not_before <= ctx.now)
    with ctx.store.reading() as tx:
        return int(tx.execute(select(func.count()).where(waiting)).scalar_one())
