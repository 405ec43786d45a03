"""What Slack would refuse is refused here, and the page shows the payload with a pointer to what is wrong in it."""

from bot.workspace.server import WorkspaceServer
from tests.support.browser_chromium import Desks
from tests.support.browser_posts import button, call, section


async def test_a_payload_over_the_limits_is_shown_with_the_pointer(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "requests")
    too_long = [section("This one is fine."), {"type": "actions", "elements": [button("x" * 76)]}]
    room = workspace.core.state.channel("#requests").id
    answer = await call(workspace, "chat.postMessage", channel=room, text="Too long", blocks=too_long)
    assert answer["error"] == "invalid_blocks"
    await mira.go("Refused by Slack 1")
    await mira.main.get_by_text("lines").first.click()
    for words in ("chat.postMessage", "invalid_blocks", "/blocks/1/elements/0/text/text", "This one is fine."):
        await mira.sees(words, within=mira.main)


async def test_a_window_over_the_limits_is_shown_too(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "refused")
    view = {"type": "home", "blocks": [section("y" * 3001)]}
    user = workspace.core.state.user("@mira").id
    assert (await call(workspace, "views.publish", user_id=user, view=view))["ok"] is False
    await mira.sees("views.publish", within=mira.main)
    await mira.sees("/blocks/0/text/text", within=mira.main)
