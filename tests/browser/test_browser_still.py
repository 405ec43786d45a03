"""The page itself never scrolls: its parts do, also when something hidden is pointed at."""

import pytest

from bot.trial.local import Trial
from tests.support.browser_chromium import PHONE, Desks

_ROOM_BELOW = "() => document.scrollingElement.scrollHeight - document.scrollingElement.clientHeight"
_SCROLLED = "() => document.scrollingElement.scrollTop"


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
async def test_only_parts_of_the_page_scroll(morning: Trial, sit: Desks, screen: dict[str, object]) -> None:
    mira = await sit(morning.server, "mira", **screen)
    for room in ("requests", "dm", "home", "refused", "outside-orbit"):
        await mira.open(as_="mira", room=room)
        assert await mira.page.evaluate(_ROOM_BELOW) == 0, room


async def test_pointing_at_a_card_leaves_the_frame_where_it_is(morning: Trial, sit: Desks) -> None:
    mira = await sit(morning.server, "mira")
    await mira.show_step("Claim #30 from Acme")
    assert await mira.page.evaluate(_SCROLLED) == 0
