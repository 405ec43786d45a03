"""A small app with windows, whose answers a test decides: it posts a button, and the button opens a form."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import WorkspaceServer

JSON = dict[str, Any]
FEATURES: JSON = {
    "slash_commands": [{"command": "/form", "description": "Opens the form", "usage_hint": "[now | later]"}],
    "shortcuts": [
        {"name": "Take it down", "type": "message", "callback_id": "note", "description": "Opens the form"},
        {"name": "Start afresh", "type": "global", "callback_id": "afresh", "description": "Opens the form"},
    ],
}


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def field(name: str, label: str, **more: Any) -> JSON:
    element = {"type": "plain_text_input", "action_id": name, **more}
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def section(text: str) -> JSON:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(action: str, label: str) -> JSON:
    return {"type": "actions", "elements": [{"type": "button", "action_id": action, "text": plain(label)}]}


def form(title: str = "A form", *blocks: JSON, **more: Any) -> JSON:
    """A modal with two fields, or with these blocks."""
    fields = list(blocks) or [field("name", "Name"), field("story", "Story", multiline=True)]
    whole = {"type": "modal", "callback_id": "form", "title": plain(title), "blocks": fields}
    return {**whole, "submit": plain("Send"), "close": plain("Cancel"), "notify_on_close": True, **more}


class WindowApp:
    """`answer` is what a submission is acknowledged with, after `wait` was set; `heard` the payloads that came."""

    def __init__(self, server: WorkspaceServer) -> None:
        self.server = server
        self.view = form()
        self.answer: JSON | None = None
        self.wait = asyncio.Event()
        self.wait.set()
        self.heard: list[JSON] = []
        self.client = AsyncWebClient(token=server.bot_token, base_url=server.api_url, retry_handlers=[])
        self.client.proxy = None

    async def post(self, label: str = "Open it") -> None:
        """Post a message whose button opens the form."""
        await self.client.chat_postMessage(channel="#requests", text="Here", blocks=[button("open", label)])

    def of_type(self, kind: str) -> list[JSON]:
        """What came of one kind."""
        return [body for body in self.heard if body.get("type", body.get("command")) == kind]

    def app(self) -> AsyncApp:
        """The Bolt app."""
        state = self.server.core.state
        known = {"bot_id": state.app.bot_id, "bot_user_id": state.app.bot_user, "bot_token": self.server.bot_token}

        async def authorize(**_: object) -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=None, team_id=state.home_team.id, **known)

        app = AsyncApp(client=self.client, authorize=authorize, process_before_response=True)
        for handle in (app.action("open"), app.shortcut("note"), app.shortcut("afresh"), app.command("/form")):
            handle(self._open)
        app.action("push")(self._push)
        app.view("form")(self._submitted)
        app.view_closed("form")(self._closed)
        return app

    async def _open(self, ack: Any, body: JSON) -> None:
        self.heard.append(body)
        await self.wait.wait()
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=self.view)

    async def _push(self, ack: Any, body: JSON) -> None:
        self.heard.append(body)
        await ack()
        await self.client.views_push(trigger_id=body["trigger_id"], view=form("On top", field("more", "More")))

    async def _submitted(self, ack: Any, body: JSON) -> None:
        self.heard.append(body)
        await self.wait.wait()
        await (ack(self.answer) if self.answer else ack())

    async def _closed(self, ack: Any, body: JSON) -> None:
        self.heard.append(body)
        await ack()


@contextlib.asynccontextmanager
async def window_app(server: WorkspaceServer) -> AsyncIterator[WindowApp]:
    """Connect the app, with its features in the menus."""
    windows = WindowApp(server)
    server.control.set_app(features=FEATURES)
    socket_client = AsyncWebClient(token=server.app_token, base_url=server.api_url, retry_handlers=[])
    handler = AsyncSocketModeHandler(windows.app(), app_token=server.app_token, web_client=socket_client)
    handler.client.proxy = None
    await handler.connect_async()
    await server.control.wait_connected()
    try:
        yield windows
    finally:
        windows.wait.set()
        await handler.close_async()
