"""One headless Chromium for each test process; a fresh desk for every person in every test."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot import running, syncing
from bot.clock import Clock
from bot.manifest import features
from bot.services.outbox import delivering, looking, pacing
from bot.trial import outside
from bot.trial.local import Trial
from bot.workspace.server import WorkspaceServer
from tests.support.browser_chromium import Desks, launch
from tests.support.browser_found import find_chromium
from tests.support.browser_trial import StandingClock, trial_in
from tests.support.databases import Databases
from tests.support.processes import free_port
from tests.support.walk import Walk, walking

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser lives as long as the test process, so its tests share one event loop."""
    missing = find_chromium() is None
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.skipif(missing, reason="no Chromium was found"))
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten what waits in real time; what follows the clock is moved with it."""
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.0)
    monkeypatch.setattr(delivering, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(looking, "LOOK_AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(running, "RECONNECT_SECONDS", 0.1)
    monkeypatch.setattr(syncing, "FIRST_WAIT", 0.1)
    monkeypatch.setattr(outside, "PORT", free_port())


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The browser that stays for all tests of this process."""
    async with async_playwright() as playwright:
        browser = await launch(playwright, find_chromium() or "")
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def agency(databases: Databases) -> AsyncIterator[Walk]:
    """The workspace and Headsup, on a database of their own; nothing has been asked yet."""
    async with walking(databases.migrated("sqlite")) as walk:
        walk.control.set_app(features=features())
        yield walk


@pytest_asyncio.fixture(loop_scope="session")
async def short(tmp_path: Path) -> AsyncIterator[Trial]:
    """What `headsup run` starts without Slack, with three requests and the tour."""
    async with trial_in(tmp_path / ".headsup", "short") as trial:
        yield trial


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def lived_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the morning's pile has come in, built once for all test processes of a run."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / "night"
    with (shared / "night.lock").open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        if not folder.exists():
            (await _night_in(tmp_path_factory.mktemp("night") / ".headsup")).rename(folder)
    return folder


async def _night_in(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pacing, "PACE_SECONDS", 0.0)
        patch.setattr(outside, "PORT", free_port())
        async with trial_in(folder, "morning", clock=StandingClock()):
            pass
    return folder


@pytest_asyncio.fixture(loop_scope="session")
async def morning(lived_night: Path, tmp_path: Path) -> AsyncIterator[Trial]:
    """The usual trial in the morning: some thirty requests of six clients, and the tour."""
    folder = tmp_path / ".headsup"
    await asyncio.to_thread(shutil.copytree, lived_night, folder)
    async with trial_in(folder, "morning", clock=StandingClock()) as trial:
        yield trial


@pytest_asyncio.fixture(loop_scope="session")
async def workspace(clock: Clock, tmp_path: Path) -> AsyncIterator[WorkspaceServer]:
    """The workspace alone, without an app: for what is the page's own."""
    async with WorkspaceServer(lambda: clock.now().timestamp(), path=tmp_path / "workspace.db") as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def sit(chromium: Browser) -> AsyncIterator[Desks]:
    """Sit people down in front of the page: `mira = await sit(agency.server, "mira")`."""
    desks = Desks(chromium)
    yield desks
    await desks.close()
