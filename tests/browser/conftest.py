"""One headless Chromium for each test process; a fresh desk for every person in every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

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


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The browser that stays for all tests of this process."""
    async with async_playwright() as playwright:
        browser = await launch(playwright, find_chromium() or "")
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def agency(tmp_path: Path) -> AsyncIterator[Walk]:
    """The workspace and Headsup, on a database of their own."""
    async with walking(f"sqlite:///{tmp_path / 'headsup.db'}") as walk:
        yield walk


@pytest_asyncio.fixture(loop_scope="session")
async def desks(agency: Walk, chromium: Browser) -> AsyncIterator[Desks]:
    """Where people sit down in front of the agency's page."""
    found = Desks(chromium, agency.server.url)
    yield found
    await found.close()
