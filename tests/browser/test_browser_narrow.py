"""Where the panel at the side is a drawer, a line under the bar leads through the tour."""

import pytest
from playwright.async_api import Locator, expect

from bot.workspace.companion import Briefing, Jump, Spot, Step, Tour
from bot.workspace.server import WorkspaceServer
from tests.support.browser import Screen
from tests.support.browser_axe import findings
from tests.support.browser_chromium import PHONE, Desks
from tests.support.browser_keys import Keys
from tests.support.browser_posts import actions, button, post, section

TABLET = {"viewport": {"width": 1024, "height": 768}}
ZOOMED = {"viewport": {"width": 720, "height": 450}}
NARROW = {"phone": PHONE, "tablet": TABLET, "zoomed": ZOOMED}


async def guide(server: WorkspaceServer, *, done: int = 0) -> None:
    """A tour of two steps, the second of them done by moving time."""
    cards = server.control.messages("#requests")
    blocks = section("A card"), actions(button("Claim", "claim"))
    ts = cards[0]["ts"] if cards else await post(server, "#requests", *blocks)
    steps = (
        Step("claim", "Claim it", "Press Claim.", done > 0, Spot("mira", "requests", ts, "Claim")),
        Step("time", "Let time go by", "Jump.", done > 1, jump="nudge"),
    )
    jumps = (Jump("nudge", "To the next nudge", server.core.clock.now() + 7200),)
    server.companion.tell(Briefing(Tour("The morning", steps, "That was it."), jumps))


def line(screen: Screen) -> Locator:
    return screen.page.get_by_role("region", name="Next in the tour")


async def arrive(sit: Desks, server: WorkspaceServer, room: str = "general", **how: object) -> Screen:
    """Somebody who was greeted already."""
    mira = await sit(server, "mira", room, **how)
    await mira.press("Close the panel")
    await expect(mira.side).to_be_hidden()
    return mira


@pytest.mark.parametrize("screen", NARROW)
async def test_the_tour_greets_once(workspace: WorkspaceServer, sit: Desks, screen: str) -> None:
    await guide(workspace)
    mira = await sit(workspace, "mira", "general", **NARROW[screen])
    await mira.sees("Press Claim.", within=mira.side)
    assert await findings(mira) == []
    await mira.page.keyboard.press("Escape")
    await expect(mira.side).to_be_hidden()
    await expect(mira.button("The day's panel")).to_be_focused()
    assert await findings(mira) == []
    await mira.reload()
    await expect(mira.side).to_be_hidden()


@pytest.mark.parametrize("screen", NARROW)
async def test_the_line_leads_through_the_tour(workspace: WorkspaceServer, sit: Desks, screen: str) -> None:
    await guide(workspace)
    mira = await arrive(sit, workspace, **NARROW[screen])
    await mira.sees("Next: Claim it", within=line(mira))
    await mira.sees("0 of 2", within=line(mira))
    await Keys(mira).press(line(mira).get_by_role("link", name="Show me"))
    await expect(mira.button("Claim", on="A card")).to_be_focused()
    await guide(workspace, done=1)
    await mira.sees("Next: Let time go by", within=line(mira))
    await expect(mira.page.get_by_text("Done. Next: Let time go by")).to_have_count(1)
    await mira.press("To the next nudge", within=line(mira))
    await mira.sees("12:00")
    await guide(workspace, done=2)
    await expect(line(mira)).to_be_hidden()


async def test_its_words_open_the_panel_and_show_me_closes_it(workspace: WorkspaceServer, sit: Desks) -> None:
    await guide(workspace)
    mira = await arrive(sit, workspace, **PHONE)
    step = mira.button("Next: Claim it", within=line(mira))
    await step.tap()
    await mira.sees("Press Claim.", within=mira.side)
    await mira.page.keyboard.press("Escape")
    await expect(step).to_be_focused()
    await step.tap()
    await mira.show_step("Claim it")
    await expect(mira.side).to_be_hidden()
    await expect(mira.button("Claim", on="A card")).to_be_focused()


async def test_the_line_can_be_put_away_for_good(workspace: WorkspaceServer, sit: Desks) -> None:
    await guide(workspace)
    mira = await arrive(sit, workspace, **TABLET)
    await mira.press("Put this line away", within=line(mira))
    await expect(line(mira)).to_be_hidden()
    await expect(mira.button("The day's panel")).to_be_focused()
    await mira.sees("The tour is still there")
    await mira.reload()
    await expect(mira.main).to_be_visible()
    await expect(line(mira)).to_be_hidden()


async def test_beside_the_panel_there_is_no_line(workspace: WorkspaceServer, sit: Desks) -> None:
    await guide(workspace)
    mira = await sit(workspace, "mira", "general")
    await mira.sees("Press Claim.", within=mira.side)
    await expect(line(mira)).to_be_hidden()


async def test_a_thumb_reaches_all_of_the_line(workspace: WorkspaceServer, sit: Desks) -> None:
    await guide(workspace)
    mira = await arrive(sit, workspace, **PHONE)
    for one in await line(mira).get_by_role("button").or_(line(mira).get_by_role("link")).all():
        box = await one.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 44
    assert await mira.page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("size", [(720, 450), (640, 360)])
async def test_at_twice_the_size_there_is_room_to_read(
    workspace: WorkspaceServer, sit: Desks, size: tuple[int, int]
) -> None:
    """However much is written, the messages keep 150 pixels, and what sends it stays on the screen."""
    await guide(workspace)
    width, height = size
    mira = await arrive(sit, workspace, "requests", viewport={"width": width, "height": height})
    for words in ("", "One\n" * 20):
        await mira.composer().fill(words)
        box = await mira.page.locator("#scroll-main").bounding_box()
        assert box is not None
        assert box["height"] >= 150
    await expect(mira.button("Send")).to_be_in_viewport(ratio=1 if height > 400 else 0.5)
    assert await findings(mira) == []


async def test_lines_are_no_longer_than_they_are_read_well(workspace: WorkspaceServer, sit: Desks) -> None:
    await post(workspace, "#requests", {**section("word " * 200), "accessory": button("Beside it", "beside")})
    mira = await sit(workspace, "mira", viewport={"width": 2560, "height": 1300})
    box = await mira.button("Beside it").bounding_box()
    avatar = await mira.message("word word").bounding_box()
    assert box is not None
    assert avatar is not None
    assert box["x"] + box["width"] - avatar["x"] < 800
