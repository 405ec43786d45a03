"""One headless Chromium for each test process; a fresh desk for every person in every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot import running, syncing
from bot.clock import Clock
from bot.manifest import features
from bot.services import delivering
from bot.workspace.server import WorkspaceServer
from tests.support.browser_chromium import Desks, launch
from tests.support.browser_found import find_chromium
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
    monkeypatch.setattr(delivering, "PACE_SECONDS", 0.0)
    monkeypatch.setattr(delivering, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(delivering, "LOOK_AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(running, "RECONNECT_SECONDS", 0.1)
    monkeypatch.setattr(syncing, "FIRST_WAIT", 0.1)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The browser that stays for all tests of this process."""
    async with async_playwright() as playwright:
        browser = await launch(playwright, find_chromium() or "")
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def agency(tmp_path: Path) -> AsyncIterator[Walk]:
    """The workspace and Headsup, on a database of their own; nothing has been asked yet."""
    async with walking(f"sqlite:///{tmp_path / 'headsup.db'}") as walk:
        walk.control.set_app(features=features())
        yield walk


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
