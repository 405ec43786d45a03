"""The real bot against the local workspace: real Socket Mode, real services on SQLite, nothing in between is faked."""

import time
from collections.abc import AsyncIterator

import pytest
from slack_floor import Floor

from bot.config import Settings
from bot.outbound import slack_client
from bot.running import Roles, running
from bot.services.outbox import delivering, looking, pacing
from bot.wiring import build
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer
from tests.support.databases import Databases


@pytest.fixture
async def server() -> AsyncIterator[WorkspaceServer]:
    """A workspace whose refusals fail the test: whatever Slack would not take, we must not send."""
    async with WorkspaceServer(time.time, pace=Pace(enabled=False), retry_after=(0.05, 0.1, 0.2)) as found:
        yield found
        assert found.journal.refusals == []


@pytest.fixture
def undo() -> str:
    """For how long Send can be undone: long on a slow machine too, for tests move the clock (`Floor.undo_passes`)."""
    return "10s"


@pytest.fixture
async def floor(
    server: WorkspaceServer, databases: Databases, undo: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Floor]:
    """The bot, connected and acquainted with the team."""
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.0)
    monkeypatch.setattr(delivering, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(looking, "LOOK_AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(slack_client, "TIMEOUT_SECONDS", 2)
    settings = Settings(
        slack_bot_token=server.bot_token,
        slack_app_token=server.app_token,
        slack_api_url=server.api_url,
        slack_team_channel="#requests",
        database_url=databases.migrated("sqlite"),
        lead="@sam",
        undo_seconds=undo,
        team_calendar="24/7",
    )
    async with running(build(settings), Roles(bot=True)) as process:
        found = Floor(server, process.headsup)
        await found.ready()
        yield found
