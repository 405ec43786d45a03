"""Walks happen on both databases, without the pauses that only exist for the real Slack's sake."""

from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot import running, syncing
from bot.outbound import slack_client
from bot.services.outbox import delivering, looking, pacing
from tests.support.walk import Walk, Walking, walking


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten what waits in real time; what follows the clock is moved with it."""
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.0)
    monkeypatch.setattr(delivering, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(looking, "LOOK_AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(delivering, "LOCKED_OUT_SECONDS", 0.2)
    monkeypatch.setattr(running, "RECONNECT_SECONDS", 0.1)
    monkeypatch.setattr(syncing, "FIRST_WAIT", 0.1)
    monkeypatch.setattr(slack_client, "TIMEOUT_SECONDS", 2)


@pytest.fixture
def walks(migrated_url: str) -> Walking:
    """Make walks with other settings, or before Headsup has started."""
    return partial(walking, migrated_url)


@pytest.fixture
async def walk(walks: Walking) -> AsyncIterator[Walk]:
    """A running installation that knows its team; nothing has been asked yet."""
    async with walks() as found:
        yield found
