"""What happens when time jumped: the clock was moved, here or in another process, or the wall clock was set."""

import asyncio
import contextlib

import structlog

from bot.quiet_times import QuietTimes
from bot.services import installation
from bot.wiring import Headsup

log = structlog.get_logger(__name__)

FOLLOW_SECONDS = 1.0
ASK_SECONDS = 1.0
"""How long planning waits for Slack's word on do not disturb."""


class Jumps:
    """Has what is due looked at as soon as time jumped; only a process that `plans` plans. Made inside the loop."""

    def __init__(self, headsup: Headsup, quiet: QuietTimes, *, plans: bool) -> None:
        self._headsup = headsup
        self._quiet = quiet
        self._plans = plans
        self._loop = asyncio.get_running_loop()

    def moved(self) -> None:
        """Plan and deliver what is due now that the clock was moved; called from any thread."""
        self._loop.call_soon_threadsafe(self._look)

    def jumped(self) -> None:
        """Plan and deliver what is due now that the wall clock jumped, and go on as usual from there."""
        self._headsup.scheduler.realign()
        self._look()

    def _look(self) -> None:
        self._headsup.desk.woken.set()
        if self._plans:
            self._headsup.spawn(self._plan(), "plan after the clock moved")

    async def _plan(self) -> None:
        """Plan, but first ask who wants not to be disturbed by now, unless Slack is slow."""
        if self._headsup.synced.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ASK_SECONDS):
                    await self._quiet.refresh()
        await self._headsup.scheduler.tick()


async def follow_clock(headsup: Headsup) -> None:
    """Follow a clock that another process moved (only against the local workspace)."""
    while True:
        try:
            headsup.clock.set_offset(await headsup.desk.read(installation.clock_offset))
        except Exception:
            log.exception("The clock's offset could not be read; trying again.", action="follow the clock")
        await asyncio.sleep(FOLLOW_SECONDS)
