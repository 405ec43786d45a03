"""Time that goes by, instead of a machine that sleeps: on its way the clock stops wherever something is due."""

import asyncio
from typing import Final

from bot.domain.overview import Work
from bot.services.reading import work
from bot.wiring import Headsup
from bot.workspace.server import WorkspaceServer

PATIENCE: Final = 3.0
"""Seconds (elapsed) for what is due at a stop to be done; with Slack down it may not be, and time goes on."""

QUIET: Final = 0.15
"""Seconds (elapsed) without anything new in the workspace: then a stop is over."""

_LOOK: Final = 0.02


class Passing:
    """Tells the workspace where its clock stops."""

    def __init__(self, headsup: Headsup, server: WorkspaceServer) -> None:
        self._headsup, self._server = headsup, server

    async def next_stop(self) -> float | None:
        """Wait until what is due now is done, then return the next moment at which something is (Unix seconds).

        It is the full second after: what is due at an instant must be due once the clock is there.
        """
        found = await self._settled()
        return float(int(found.next.timestamp()) + 1) if found.next is not None else None

    async def _settled(self) -> Work:
        until = self._headsup.clock.monotonic() + PATIENCE
        while True:
            found = await self._headsup.desk.read(work.work_of)
            if not found.is_due or self._headsup.clock.monotonic() > until:
                break
            await asyncio.sleep(_LOOK)
        await self._server.control.settle(quiet=QUIET)
        return await self._headsup.desk.read(work.work_of)
