"""Words whose answer was lost: the page says that nobody can know, and sending them again does not double them."""

import asyncio
from typing import Self

from playwright.async_api import Route, expect

from bot.workspace.server import WorkspaceServer
from tests.support.browser import Screen
from tests.support.browser_chromium import Desks
from tests.support.walk_ground import until

ROOM = "acme-shared"
AGAIN = "No answer came, so this may have arrived already."


class LostAnswers:
    """The workspace takes what is said, and its answers are lost, the first `count` of them; `hold` lets them wait."""

    def __init__(self, screen: Screen, count: int = 1) -> None:
        self._screen, self._left = screen, count
        self.hold = asyncio.Event()
        self.hold.set()
        self.taken = 0

    async def begin(self) -> Self:
        self._screen.watch.expect("ERR_FAILED")
        await self._screen.page.route("**/control/say", self._route)
        return self

    async def _route(self, route: Route) -> None:
        if not self._left:
            await route.continue_()
            return
        self._left -= 1
        answer = await route.fetch()
        assert answer.ok
        self.taken += 1
        await self.hold.wait()
        await route.abort()


def _said(workspace: WorkspaceServer) -> list[str]:
    return [said["text"] for said in workspace.control.messages(f"#{ROOM}")]


async def _again(mira: Screen) -> None:
    """Send what stands in the composer, and wait until the workspace has answered."""
    async with mira.page.expect_response("**/control/say"):
        await mira.composer().press("Enter")
    await mira.holds("")


async def _lost(workspace: WorkspaceServer, sit: Desks, words: str, count: int = 1) -> Screen:
    """Say something whose answer is lost, once or more often."""
    mira = await sit(workspace, "mira", ROOM)
    await LostAnswers(mira, count).begin()
    await mira.say(words)
    await mira.sees(AGAIN)
    await mira.holds(words)
    return mira


async def _held(workspace: WorkspaceServer, sit: Desks, words: str) -> tuple[Screen, LostAnswers]:
    """Say something that the workspace has taken, and whose answer still waits to be lost."""
    mira = await sit(workspace, "mira", ROOM)
    lost = await LostAnswers(mira).begin()
    lost.hold.clear()
    await mira.say(words)
    await until(lambda: lost.taken, "the workspace to have taken the words")
    return mira, lost


async def test_words_whose_answer_was_lost_are_sent_again_and_stand_once(
    workspace: WorkspaceServer, sit: Desks
) -> None:
    mira = await _lost(workspace, sit, "Only once", count=2)
    async with mira.page.expect_event("requestfailed"):
        await mira.composer().press("Enter")
    await mira.sees(AGAIN)
    await mira.holds("Only once")
    await _again(mira)
    await mira.misses(AGAIN)
    await expect(mira.message("Only once")).to_have_count(1)
    assert _said(workspace) == ["Only once"]


async def test_they_stand_once_after_the_page_was_loaded_anew(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await _lost(workspace, sit, "Only once")
    await mira.reload()
    await mira.holds("Only once")
    await _again(mira)
    assert _said(workspace) == ["Only once"]


async def test_another_draft_is_another_message(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await _lost(workspace, sit, "Thanks")
    await mira.composer().fill("Thanks a lot")
    await _again(mira)
    assert _said(workspace) == ["Thanks", "Thanks a lot"]


async def test_the_same_words_written_anew_are_another_message(workspace: WorkspaceServer, sit: Desks) -> None:
    """Whoever saw that the words had arrived takes them out, and may thank again later."""
    mira = await _lost(workspace, sit, "Thanks")
    await mira.composer().fill("")
    await mira.composer().fill("Thanks")
    await _again(mira)
    assert _said(workspace) == ["Thanks", "Thanks"]


async def test_a_file_whose_answer_was_lost_stands_once(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", ROOM)
    await LostAnswers(mira).begin()
    file = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"}
    await mira.main.get_by_label("Files", exact=True).set_input_files([file])
    await expect(mira.button("Remove notes.txt")).to_be_visible()
    await mira.say("See")
    await mira.sees(AGAIN)
    await expect(mira.button("Remove notes.txt")).to_be_visible()
    await _again(mira)
    await expect(mira.button("Remove notes.txt")).to_have_count(0)
    assert _said(workspace) == ["See"]
    assert len(workspace.core.state.files) == 1


async def test_who_went_and_came_back_finds_the_words_that_came_back(workspace: WorkspaceServer, sit: Desks) -> None:
    mira, lost = await _held(workspace, sit, "Only once")
    await mira.go("general")
    await expect(mira.composer()).to_have_attribute("placeholder", "Message #general as Mira")
    await mira.go(ROOM)
    await expect(mira.composer()).to_have_attribute("placeholder", f"Message #{ROOM} as Mira")
    await mira.holds("")
    lost.hold.set()
    await mira.holds("Only once")
    await mira.sees(AGAIN)
    await _again(mira)
    assert _said(workspace) == ["Only once"]


async def test_words_that_come_back_do_not_take_the_place_of_newer_ones(workspace: WorkspaceServer, sit: Desks) -> None:
    mira, lost = await _held(workspace, sit, "Earlier")
    await mira.composer().fill("Newer")
    lost.hold.set()
    await mira.holds("Earlier\nNewer")
    await mira.sees("Not sent: The workspace did not answer")


async def test_words_that_come_back_elsewhere_are_told_of_and_kept(workspace: WorkspaceServer, sit: Desks) -> None:
    mira, lost = await _held(workspace, sit, "Only once")
    await mira.go("general")
    await expect(mira.composer()).to_have_attribute("placeholder", "Message #general as Mira")
    lost.hold.set()
    await mira.sees(AGAIN)
    await mira.holds("")
    await mira.go(ROOM)
    await mira.holds("Only once")
    await _again(mira)
    assert _said(workspace) == ["Only once"]
