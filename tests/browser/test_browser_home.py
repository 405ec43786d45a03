"""The app's Home: it hears once per visit that somebody came, and what it publishes shows at once."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import WorkspaceServer
from tests.support.browser_chromium import Desks
from tests.support.browser_windows import button, section
from tests.support.walk import until


def visits(server: WorkspaceServer) -> int:
    """How often the app would have heard of somebody; a delivery that is tried again counts once."""
    sent = [one.args["payload"] for one in server.control.journal("delivery", "events_api")]
    return len({one["event_id"] for one in sent if one["event"]["type"] == "app_home_opened"})


async def test_home_is_opened_once_per_visit_and_shows_what_is_published(
    workspace: WorkspaceServer, sit: Desks
) -> None:
    mira = await sit(workspace, "mira", "home")
    await mira.sees("Opening…")
    await until(lambda: visits(workspace) == 1, "the app to hear of the visit")
    client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
    client.proxy = None
    view = {"type": "home", "blocks": [section("*Your day*"), button("go", "Go on")]}
    await client.views_publish(user_id=workspace.core.state.user("mira").id, view=view)
    await mira.sees("Your day", within=mira.main)
    await mira.misses("Opening…")
    await mira.main.get_by_role("link", name="Messages").click()
    await mira.sees("Messages between you and Headsup stand here.")
    assert visits(workspace) == 1
    await mira.main.get_by_role("link", name="Home").click()
    await mira.sees("Your day", within=mira.main)
    await until(lambda: visits(workspace) == 2, "the app to hear of the second visit")
