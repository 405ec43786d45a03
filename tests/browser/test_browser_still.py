"""The page itself never scrolls: its parts do."""

import pytest

from bot.trial.local import Trial
from tests.support.browser_chromium import PHONE, Desks

_ROOM_BELOW = "() => document.scrollingElement.scrollHeight - document.scrollingElement.clientHeight"


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
async def test_only_parts_of_the_page_scroll(morning: Trial, sit: Desks, screen: dict[str, object]) -> None:
    mira = await sit(morning.server, "mira", **screen)
    for room in ("requests", "dm", "home", "refused", "outside-orbit"):
        await mira.open(as_="mira", room=room)
        assert await mira.page.evaluate(_ROOM_BELOW) == 0, room
