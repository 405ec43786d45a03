"""What a picture is taken from: the trial, where people sit, and the camera."""

import base64
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Locator

from bot.trial.local import Trial
from tests.support.browser import Screen
from tests.support.browser_chromium import Desks

SCALE = 2
SHARP = {"device_scale_factor": SCALE, "viewport": {"width": 1200, "height": 780}}
"""So wide that all of the page is there, and no wider: in a README a picture is about 900 pixels wide."""

QUALITY = 72
MARGIN = 16
"""Pixels around a part that is pictured alone."""

_TRIES = 20


@dataclass(frozen=True)
class Day:
    """A morning in the agency, and everybody's desk."""

    trial: Trial
    desks: Desks

    async def sit(self, who: str, room: str = "requests", **how: Any) -> Screen:
        """Sit somebody down in front of a sharp screen."""
        return await self.desks(self.trial.server, who, room, **{**SHARP, **how})

    async def sit_alone(self, who: str, room: str = "requests", **how: Any) -> Screen:
        """Sit somebody down without the panel beside the chat."""
        screen = await self.sit(who, room, **how)
        await screen.fold_side()
        return screen


async def picture(screen: Screen, part: Locator | None = None) -> bytes:
    """Return what is seen as WebP, once it stands still: the whole screen, or a part of it with some room around."""
    await screen.page.mouse.move(0, 0)
    await screen.page.evaluate("() => document.activeElement?.blur()")
    await screen.page.evaluate("() => Promise.allSettled(document.getAnimations().map(one => one.finished))")
    clip = {**await _frame(screen, part), "scale": SCALE}
    session = await screen.context.new_cdp_session(screen.page)
    before, taken = "", await _shot(session, clip)
    for _ in range(_TRIES):
        if taken == before:
            break
        before, taken = taken, await _shot(session, clip)
    await session.detach()
    return base64.b64decode(taken)


async def _shot(session: CDPSession, clip: dict[str, float]) -> str:
    answer = await session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY, "clip": clip})
    return str(answer["data"])


async def _frame(screen: Screen, part: Locator | None) -> dict[str, float]:
    if part is None:
        size = screen.page.viewport_size
        assert size is not None
        return {"x": 0, "y": 0, "width": size["width"], "height": size["height"]}
    await part.scroll_into_view_if_needed()
    box = await part.bounding_box()
    assert box is not None, "the part is not to be seen"
    left, top = max(box["x"] - MARGIN, 0), max(box["y"] - MARGIN, 0)
    return {"x": left, "y": top, "width": box["width"] + 2 * MARGIN, "height": box["height"] + 2 * MARGIN}
