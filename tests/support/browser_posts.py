"""An app's hands without an app: calls of the Web API as the bot, with whatever blocks a test wants to see shown."""

from typing import Any

import aiohttp

from bot.workspace.server import WorkspaceServer


async def call(server: WorkspaceServer, method: str, **arguments: Any) -> dict[str, Any]:
    """Call a method of the Web API as the bot and return its answer, refused or not."""
    headers = {"authorization": f"Bearer {server.bot_token}"}
    async with (
        aiohttp.ClientSession(headers=headers, trust_env=False) as session,
        session.post(f"{server.api_url}{method}", json=arguments) as answer,
    ):
        found: dict[str, Any] = await answer.json()
        return found


async def post(server: WorkspaceServer, channel: str, *blocks: dict[str, Any], text: str = "A message") -> str:
    """Post blocks as the bot and return the message's ts; what Slack would refuse fails."""
    room = server.core.state.channel(channel).id
    answer = await call(server, "chat.postMessage", channel=room, text=text, blocks=list(blocks))
    assert answer["ok"], answer
    return str(answer["ts"])


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": False}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action: str = "press", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action, "value": text, **more}
