"""The real product as `headsup run` starts it without Slack, in a folder of its own, at a moment of one's choice."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.config import Settings
from bot.trial.local import Trial, local
from bot.workspace.pace import Pace
from tests.support.walk_ground import until

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""Eight in the morning in Helsinki, on a Monday."""


class StandingClock(Clock):
    """A clock that stands at one moment until it is moved, so that the same is shown whenever it is looked at.

    What libraries check against the wall, such as the age of a webhook's signature, stays real.
    """

    def __init__(self, at: datetime = MONDAY) -> None:
        super().__init__(wall=at.timestamp)

    def wall_now(self) -> datetime:
        return datetime.now(UTC)


@contextlib.asynccontextmanager
async def trial_in(folder: Path, asked: str, *, clock: Clock | None = None, **settings: Any) -> AsyncIterator[Trial]:
    """Run a trial with its requests in and its tour begun; at the end Slack would have refused nothing."""
    told = Settings(port=0, **settings)
    async with local(told, _unheard, asked=asked, port=0, folder=folder, pace=Pace(enabled=False), clock=clock) as it:
        await it.feed.run()
        await until(lambda: _begun(it), "the tour to begin", seconds=60)
        yield it
    assert it.server.journal.refusals == []


def _begun(trial: Trial) -> bool:
    tour = trial.server.companion.briefing.tour
    return tour is not None and tour.waiting is None


def _unheard(_sentence: str) -> None:
    """Whoever reads the page does not see what the terminal says."""
