"""The page's line to the workspace: it says when it is lost, and catches up when it is back."""

from bot.workspace.server import WorkspaceServer
from tests.support.browser_chromium import Desks

LOST = "The connection to the workspace is lost"


async def test_a_lost_line_is_said_and_made_good(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "acme-shared")
    mira.watch.expect("WebSocket connection|ERR_CONNECTION_REFUSED")
    await workspace.go_down()
    await mira.sees(LOST)
    workspace.control.say("@carla", "#acme-shared", "Said while nobody could hear it")
    await mira.misses("Said while nobody could hear it")
    await workspace.come_back()
    await mira.sees("Said while nobody could hear it")
    await mira.misses(LOST)


async def test_words_typed_while_the_line_was_lost_are_kept(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "acme-shared")
    mira.watch.expect("WebSocket connection|ERR_CONNECTION_REFUSED")
    await mira.composer().fill("Half a sentence")
    await workspace.go_down()
    await mira.sees(LOST)
    await mira.composer().press("Enter")
    await mira.sees("The workspace cannot be reached")
    await mira.holds("Half a sentence")
    await workspace.come_back()
    await mira.misses(LOST)
    await mira.holds("Half a sentence")
    await mira.composer().press("Enter")
    await mira.sees("Half a sentence", within=mira.main.get_by_role("article"))
    assert [said["text"] for said in workspace.control.messages("#acme-shared")] == ["Half a sentence"]


async def test_a_restart_on_the_same_port_is_caught_up_with(workspace: WorkspaceServer, sit: Desks) -> None:
    """A restarted workspace reads its file, and the page that stayed open goes on as if nothing had been."""
    mira = await sit(workspace, "mira", "acme-shared")
    mira.watch.expect("WebSocket connection|ERR_CONNECTION_REFUSED")
    workspace.control.say("@carla", "#acme-shared", "Before the restart")
    await mira.sees("Before the restart")
    await workspace.stop()
    await mira.sees(LOST)
    await workspace.start()
    workspace.control.say("@carla", "#acme-shared", "After the restart")
    await mira.sees("After the restart")
    await mira.sees("Before the restart")
    await mira.misses(LOST)
