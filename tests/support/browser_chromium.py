"""A Chromium without a head, and where people sit down in front of it."""

import os
from typing import Any, Final

from playwright.async_api import Browser, Playwright

from bot.workspace.server import WorkspaceServer
from tests.support.browser import PATIENCE, Screen
from tests.support.browser_watch import Watch

PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
DESKTOP: Final[dict[str, Any]] = {"viewport": {"width": 1360, "height": 860}}
PERSON: Final[dict[str, Any]] = {"locale": "en-GB", "timezone_id": "UTC", "reduced_motion": "reduce"}
"""A machine in no zone of the agency's people: what they read follows who they are, not where the browser runs."""


async def launch(playwright: Playwright, path: str) -> Browser:
    """Start a browser that can reach this machine alone."""
    alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    arguments = ["--disable-gpu", "--disable-background-networking", alone]
    arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
    return await playwright.chromium.launch(executable_path=path, args=arguments)


class Desks:
    """Where people sit down: each gets a browser context of their own, so that nobody sees another's storage."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.screens: list[Screen] = []

    async def __call__(self, server: WorkspaceServer, as_: str, room: str = "requests", **how: Any) -> Screen:
        """Sit somebody down in a room; `how` is a context's: viewport, color_scheme, has_touch …"""
        context = await self._browser.new_context(**{**DESKTOP, **PERSON, **how})
        context.set_default_timeout(PATIENCE)
        watch = Watch(context)
        screen = Screen(context, await context.new_page(), server.url, watch)
        self.screens.append(screen)
        return await screen.open(as_=as_, room=room)

    async def close(self) -> None:
        """Send everybody home; trouble on one of the screens fails."""
        for screen in self.screens:
            await screen.context.close()
        trouble = [one for screen in self.screens for one in screen.watch.unexpected]
        assert trouble == [], "\n".join(trouble)
