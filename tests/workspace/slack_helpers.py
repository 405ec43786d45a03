"""Real Slack clients for a workspace, and small payloads."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import WorkspaceServer

hasty = pytest.mark.parametrize("ack_seconds", [0.4], ids=["hasty"])
"""For a test that lets the time to acknowledge pass; all others give an app on a busy machine as long as it takes."""


def slack_client(server: WorkspaceServer, token: str | None = None) -> AsyncWebClient:
    client = AsyncWebClient(token=token or server.bot_token, base_url=server.api_url, retry_handlers=[])
    client.proxy = None
    return client


def bolt_app(server: WorkspaceServer, **options: Any) -> AsyncApp:
    """A Bolt app that never calls auth.test."""
    state = server.core.state

    async def authorize(**_: object) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=state.home_team.id,
            bot_token=server.bot_token,
            bot_id=state.app.bot_id,
            bot_user_id=state.app.bot_user,
        )

    options.setdefault("process_before_response", True)
    options.setdefault("signing_secret", server.signing_secret)
    return AsyncApp(client=slack_client(server), authorize=authorize, **options)


async def refused(call: Awaitable[Any]) -> Any:
    """The response of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


def button(action_id: str = "go", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": "Go"}, **more}


def actions(*elements: dict[str, Any], block_id: str = "row") -> dict[str, Any]:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    title = {"type": "plain_text", "text": "A form"}
    return {"type": "modal", "title": title, "blocks": list(blocks) or [section("hello")], **more}


def form(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return modal(*blocks, submit={"type": "plain_text", "text": "Send"}, callback_id="form", **more)


def text_input(
    block_id: str = "words", *, optional: bool = False, dispatch: bool = False, **more: Any
) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block_id,
        "optional": optional,
        "dispatch_action": dispatch,
        "label": {"type": "plain_text", "text": "Words"},
        "element": {"type": "plain_text_input", "action_id": "typed", **more},
    }


async def eventually(true: Callable[[], object], seconds: float = 45) -> None:
    """Wait until something is true; TimeoutError."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.005)


async def post_in(server, client, *blocks, channel="#requests", **more):
    channel = server.core.state.channel(channel).id
    ts = (await client.chat_postMessage(channel=channel, text="card", blocks=list(blocks), **more))["ts"]
    return {"channel": channel, "ts": ts}
