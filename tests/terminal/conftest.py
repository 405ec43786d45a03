"""A folder to type commands in, and a database that knows a team."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from terminal_typing import Type
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.clock import Clock
from bot.config import NAMES
from bot.errors import HeadsupError
from bot.services.context import Desk, Policy
from bot.services.people import sync_members
from bot.store import Store
from bot.terminal import database, deadline_command
from tests.support.office import JONAS, MIRA, SAM

LATE_IN_2098 = datetime(2098, 12, 29, 8, tzinfo=UTC)


@pytest.fixture
def late_in_2098(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it Monday 29 December 2098, 08:00 UTC, and later: a promise is made at most a year ahead."""
    noticed = time.time()

    def clock() -> Clock:
        return Clock(wall=lambda: LATE_IN_2098.timestamp() + time.time() - noticed)

    monkeypatch.setattr(database, "Clock", clock)
    monkeypatch.setattr(deadline_command, "Clock", clock)


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type a command in an empty folder that names its database; what it says, also when it refuses."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///headsup.db")

    def run(*words: str) -> str:
        result: Result = CliRunner().invoke(app, ["calendar", *words])
        if isinstance(result.exception, HeadsupError):
            return result.exception.sentence
        assert result.exit_code == 0, result.output + repr(result.exception)
        return result.output

    return run


@pytest.fixture
def staffed(typed: Type, tmp_path: Path) -> Type:
    """The same beside a database that knows a team of three."""
    typed("set", "UTC Mon-Fri 09:00-17:00")
    store = Store(f"sqlite:///{tmp_path / 'headsup.db'}", elapsed=Clock().monotonic)
    desk = Desk(store, Clock(), Policy(lead="Sam"))
    asyncio.run(desk.do(sync_members, members=[MIRA, JONAS, SAM]))
    desk.close()
    return typed
