"""Noticing that the wall clock jumped: it was set, the machine slept, or a virtual machine was moved."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.clock import Clock

log = structlog.get_logger(__name__)

LOOK_SECONDS = 5.0
TOLERANCE = timedelta(seconds=2)
"""Clocks that are set right slowly drift by milliseconds between two looks."""


class ClockGuard:
    """Compares the wall clock with elapsed time. A `Clock` that was moved on purpose is no drift: its wall stands."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall, self._elapsed = clock.wall_now(), clock.monotonic()

    def look(self) -> timedelta:
        """Return how far the wall clock jumped since the last look, backward below zero; zero within the tolerance.

        After sleep the wall is ahead where elapsed time stood still meanwhile (Linux, macOS); where it went on
        (Windows) nothing drifted, and all that waited wakes by itself.
        """
        wall, elapsed = self._clock.wall_now(), self._clock.monotonic()
        drift = wall - self._wall - timedelta(seconds=elapsed - self._elapsed)
        self._wall, self._elapsed = wall, elapsed
        return drift if abs(drift) > TOLERANCE else timedelta()

    async def watch(self, jumped: Callable[[], None]) -> None:
        """Look every five seconds, and call `jumped` after each jump, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            drift = self.look()
            if drift:
                seconds = round(drift.total_seconds(), 1)
                log.warning("The clock jumped; looking at once at what is due.", action="clock", seconds=seconds)
                jumped()
