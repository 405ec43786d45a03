"""A Chromium without a head, and where people sit down in front of it."""

import os
from typing import Any

from playwright.async_api import Browser, BrowserContext, Playwright

from tests.support.browser import Screen
from tests.support.browser_watch import Watch

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1360, "height": 860}}


async def launch(playwright: Playwright, path: str) -> Browser:
    """Start a browser that can reach this machine alone."""
    arguments = [
        "--disable-gpu",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
    return await playwright.chromium.launch(executable_path=path, args=arguments)


class Desks:
    """Where people sit down: each gets a context of their own, and `close` tells what went wrong on their screens."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self.url = browser, url
        self.screens: list[Screen] = []

    async def sit(self, **how: Any) -> Screen:
        """Return an empty screen; `how` is a context's: viewport, color_scheme, reduced_motion, has_touch …"""
        context = await self._browser.new_context(**{**DESKTOP, "locale": "en-GB", "reduced_motion": "reduce", **how})
        watch = Watch(context)
        screen = Screen(context, await context.new_page(), self.url, watch)
        self.screens.append(screen)
        return screen

    async def open(self, as_: str, room: str = "requests", **how: Any) -> Screen:
        """Sit somebody down in a room."""
        return await (await self.sit(**how)).open(as_=as_, room=room)

    async def close(self) -> None:
        """Close every screen; trouble on one of them fails."""
        contexts: list[BrowserContext] = [screen.context for screen in self.screens]
        for context in contexts:
            await context.close()
        trouble = [one for screen in self.screens for one in screen.watch.unexpected]
        assert trouble == []
