"""A small app that notes what it hears of its elements."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.workspace.server import WorkspaceServer
from tests.support.browser import Screen
from tests.support.browser_posts import plain
from tests.workspace.slack_helpers import bolt_app, slack_client

Heard = list[dict[str, Any]]
OPTIONS = [
    {"text": plain(name), "value": name.lower(), "description": plain(f"about {name}")} for name in ("One", "Two")
]


@asynccontextmanager
async def listening(workspace: WorkspaceServer) -> AsyncIterator[Heard]:
    """The actions and forms that a small app hears of, in order; its elements have the action_id `it`."""
    app = bolt_app(workspace)
    found: Heard = []
    _listen(app, found)
    handler = AsyncSocketModeHandler(
        app, app_token=workspace.app_token, web_client=slack_client(workspace, workspace.app_token)
    )
    handler.client.proxy = None
    await handler.connect_async()
    await workspace.control.wait_connected()
    yield found
    await handler.close_async()


def _listen(app: AsyncApp, heard: Heard) -> None:
    async def pressed(ack: Any, body: dict[str, Any]) -> None:
        heard.extend(body["actions"])
        await ack()

    async def offered(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[option for option in OPTIONS if payload["value"] in option["value"]])

    async def acknowledged(ack: Any) -> None:
        await ack()

    async def submitted(ack: Any, view: dict[str, Any]) -> None:
        heard.append({name: state["it"] for name, state in view["state"]["values"].items()})
        await ack()

    app.action({"type": "block_actions", "action_id": "it"})(pressed)
    app.options("it")(offered)
    app.view("form")(submitted)
    app.shortcut("form")(acknowledged)


async def hears(screen: Screen, heard: Heard, count: int = 1) -> dict[str, Any]:
    """Wait until the app heard of so many things, and return the last."""
    for _ in range(200):
        if len(heard) >= count:
            break
        await screen.page.wait_for_timeout(25)
    assert len(heard) == count, heard
    return heard[-1]
