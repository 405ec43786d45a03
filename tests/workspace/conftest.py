"""A workspace and real Slack clients for it."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_helpers import bolt_app, slack_client
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer

RETRY_AFTER = (0.05, 0.1, 0.2)
ACK_SECONDS = 10.0


@pytest.fixture
def ack_seconds() -> float:
    """How long an app may take to acknowledge: as long as any machine needs, but for tests that are `hasty`."""
    return ACK_SECONDS


@pytest.fixture
async def make_server(ack_seconds: float) -> AsyncIterator[Callable[..., Awaitable[WorkspaceServer]]]:
    """Start a workspace with quick retries; its limits are off unless asked for."""
    async with AsyncExitStack() as stack:

        async def make(**options: Any) -> WorkspaceServer:
            options.setdefault("now", time.time)
            options.setdefault("pace", Pace(enabled=False))
            options.setdefault("retry_after", RETRY_AFTER)
            options.setdefault("ack_seconds", ack_seconds)
            return await stack.enter_async_context(WorkspaceServer(options.pop("now"), **options))

        yield make


@pytest.fixture
async def server(make_server: Callable[..., Awaitable[WorkspaceServer]]) -> WorkspaceServer:
    return await make_server()


@pytest.fixture
def client(server: WorkspaceServer) -> AsyncWebClient:
    return slack_client(server)


@pytest.fixture
async def connect(server: WorkspaceServer) -> AsyncIterator[Callable[..., Awaitable[AsyncSocketModeHandler]]]:
    """Connect a Bolt app over Socket Mode."""
    async with AsyncExitStack() as stack:

        async def join(app: AsyncApp, to: WorkspaceServer | None = None) -> AsyncSocketModeHandler:
            there = to or server
            handler = AsyncSocketModeHandler(
                app, app_token=there.app_token, web_client=slack_client(there, there.app_token), ping_interval=0.2
            )
            handler.client.proxy = None
            stack.push_async_callback(handler.close_async)
            before = len(there.control.connections())
            await handler.connect_async()
            await there.control.wait_connected()
            assert len(there.control.connections()) == before + 1
            return handler

        yield join


@pytest.fixture
def state(server):
    return server.core.state


@pytest.fixture
async def app(server, connect):
    """A Bolt app that acknowledges everything and keeps the bodies it saw."""
    app = bolt_app(server)
    app.bodies = []

    async def keep(ack, body):
        app.bodies.append(body)
        await ack()

    for action_id in ("go", "kind", "typed"):
        app.action(action_id)(keep)
    app.shortcut("go")(keep)
    app.view("form")(keep)
    app.command("/headsup")(keep)
    app.view_closed("form")(keep)
    await connect(app)
    return app
