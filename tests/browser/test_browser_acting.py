"""Acting goes out as the person whom the page shows, and not at all while the page may be out of date."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.async_api import expect

from bot.workspace.page import live
from bot.workspace.server import WorkspaceServer
from tests.support.browser import Screen
from tests.support.browser_app import hears, listening
from tests.support.browser_chromium import Desks
from tests.support.browser_posts import actions, button, plain, post, section
from tests.support.browser_tap import Tap
from tests.support.walk_ground import until

ROOM = "requests"
DOWN = "The workspace cannot be reached right now, so nothing was sent."
WORDS = "Written as the one shown"
CONFIRM = {"title": plain("Sure?"), "text": plain("Gone."), "confirm": plain("Delete"), "deny": plain("Keep")}


async def _posted(workspace: WorkspaceServer, *elements: dict[str, Any]) -> None:
    blocks = [actions(element) for element in elements]
    await post(workspace, f"#{ROOM}", section("Here it is"), *blocks, text="Here it is")


def _who(workspace: WorkspaceServer) -> list[str]:
    """As whom the app heard of each thing, oldest first."""
    heard = [entry.args["payload"] for entry in workspace.journal.deliveries("interactive")]
    return [one["user"].get("name") or one["user"]["username"] for one in heard]


async def _shows(screen: Screen, name: str) -> None:
    await expect(screen.page).to_have_title(re.compile(f"{name}$"))


async def test_without_news_everything_goes_out_as_the_person_shown(workspace: WorkspaceServer, sit: Desks) -> None:
    """The address says Jonas already, but every word on the page is Mira's."""
    mira = await sit(workspace, "mira", ROOM)
    async with listening(workspace) as heard:
        menu = {"type": "external_select", "action_id": "it", "min_query_length": 1}
        await _posted(workspace, button("Press it", "it"), menu)
        tap = await Tap(mira).put()
        await expect(mira.button("Press it")).to_be_visible()
        tap.muted = True
        await mira.become("Jonas")
        await _shows(mira, "Mira")
        await mira.press("Press it")
        await hears(mira, heard)
        await mira.message("Here it is").get_by_role("combobox").press_sequentially("tw")
        await expect(mira.message("Here it is").get_by_role("option", name="Two")).to_be_visible()
        await mira.message("Here it is").get_by_role("option", name="Two").click()
        await hears(mira, heard, 2)
        await mira.say(WORDS)
        await until(lambda: workspace.control.messages(f"#{ROOM}")[-1]["text"] == WORDS, "the words")
    assert _who(workspace) == ["mira"] * 3
    said = workspace.control.messages(f"#{ROOM}")[-1]
    assert said["user"] == workspace.core.state.user("mira").id


async def test_a_lost_line_refuses_kindly_and_sends_nothing_later(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", ROOM)
    async with listening(workspace) as heard:
        await _posted(workspace, button("Press it", "it"))
        tap = await Tap(mira).put()
        await expect(mira.button("Press it")).to_be_visible()
        await tap.cut()
        await mira.sees("The connection to the workspace is lost")
        await mira.press("Press it")
        await mira.press("Press it")
        await mira.sees(DOWN)
        await mira.say("Half a sentence")
        await mira.holds("Half a sentence")
        await mira.become("Jonas")
        await mira.sees("this page goes there once it is back")
        tap.mend()
        await _shows(mira, "Jonas")
        await mira.sees("Connected again")
        assert heard == []
        await mira.press("Press it")
        await hears(mira, heard)
    assert _who(workspace) == ["jonas"]
    assert "Half a sentence" not in [said["text"] for said in workspace.control.messages(f"#{ROOM}")]


async def test_who_is_chosen_while_the_line_opens_is_shown(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", ROOM)
    tap = await Tap(mira).put()
    await tap.cut()
    await mira.sees("The connection to the workspace is lost")
    before = tap.opened
    tap.hold()
    await until(lambda: tap.opened > before, "the page to call again")
    await mira.become("Jonas")
    tap.let_go()
    await _shows(mira, "Jonas")


async def test_a_question_is_for_the_one_who_was_asked(workspace: WorkspaceServer, sit: Desks) -> None:
    jonas = await sit(workspace, "jonas", ROOM)
    async with listening(workspace) as heard:
        await _posted(workspace, button("Delete it", "it", confirm=CONFIRM))
        await jonas.become("Mira")
        await _shows(jonas, "Mira")
        await jonas.press("Delete it")
        question = await jonas.window("Sure?")
        await jonas.page.go_back()
        await _shows(jonas, "Jonas")
        await question.get_by_role("button", name="Delete").click()
        await jonas.sees("You act as somebody else now, so nothing was done.")
        assert heard == []
        await jonas.press("Delete it")
        await (await jonas.window("Sure?")).get_by_role("button", name="Delete").click()
        await hears(jonas, heard)
    assert _who(workspace) == ["jonas"]


async def test_nobody_goes_on_editing_as_the_one_before(workspace: WorkspaceServer, sit: Desks) -> None:
    workspace.control.say("mira", f"#{ROOM}", "Mine")
    mira = await sit(workspace, "mira", ROOM)
    await mira.message("Mine").hover()
    await mira.message("Mine").get_by_role("button", name=re.compile("More|actions", re.IGNORECASE)).click()
    await mira.page.get_by_role("menuitem", name="Edit message").click()
    field = mira.page.get_by_role("textbox", name="Edit message")
    await expect(field).to_be_focused()
    await mira.become("Jonas")
    await _shows(mira, "Jonas")
    await expect(field).to_have_count(0)


async def test_a_page_that_cannot_be_shown_calls_less_and_less(
    workspace: WorkspaceServer, sit: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that opens and falls is no line: the waits grow as if it had never opened."""
    mira = await sit(workspace, "mira", ROOM)
    at: list[float] = []

    async def fail(*_: object) -> None:
        at.append(live.time.monotonic())
        raise LookupError("a region that cannot be drawn")

    with monkeypatch.context() as patch:
        patch.setattr(live, "all_regions", fail)
        workspace.control.say("@sam", f"#{ROOM}", "Something to show")
        await until(lambda: len(at) == 5, "the page to have called four times")
    waits = [later - earlier for earlier, later in pairwise(at)]
    for wait, least in zip(waits, (0.25, 0.5, 1.0, 2.0), strict=True):
        assert wait >= least * 0.95, waits
    await mira.sees("Something to show")
    await mira.sees("Connected again")
