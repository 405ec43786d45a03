"""The ways into Slack: cards, their threads, nudges, notices, and replies in a client's channel.

Every message carries metadata with our key (ids only), so that after a lost answer we can look for it.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PermanentSendError, TemporarySendError
from bot.outbound.base import Receipt, Reference, Remote
from bot.outbound.slack_client import call

EVENT_TYPE = "headsup"
PAGE = 200
MOST_PAGES = 5
TOO_MUCH = frozenset({"msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format"})

Render = Callable[[Any], dict[str, Any]]
"""Snapshot → {"text", "blocks"}."""


class Channels:
    """Turns a recipient into a channel id: "" and "channel" are the team channel, a member's id is their DM."""

    def __init__(self, client: AsyncWebClient, team_channel: Callable[[], str | None]) -> None:
        self._client = client
        self._team_channel = team_channel
        self._direct: dict[str, str] = {}

    async def of(self, recipient: str) -> str:
        """Return the channel's id; raises TemporarySendError while the team channel is not known."""
        if recipient in {"", "channel"}:
            found = self._team_channel()
            if not found:
                raise TemporarySendError(
                    "The team channel is not known yet. Set SLACK_TEAM_CHANNEL and invite Headsup."
                )
            return found
        if recipient[0] not in "UW":
            return recipient
        if recipient not in self._direct:
            answer = await call(self._client, "conversations.open", users=recipient)
            self._direct[recipient] = str(answer["channel"]["id"])
        return self._direct[recipient]


class SlackWay:
    """One kind of message in Slack: rendered by `render`, posted once, changed in place afterwards."""

    def __init__(self, client: AsyncWebClient, channels: Channels, render: Render) -> None:
        self._client = client
        self._channels = channels
        self._render = render

    def freeze(self, snapshot: Any, /) -> bytes:
        """Render a snapshot into the JSON that Slack will get, without where it goes."""
        return json.dumps(self._render(snapshot), ensure_ascii=False, separators=(",", ":")).encode()

    async def send(self, frozen: bytes, reference: Reference, /) -> Receipt:
        """Post or change the message; blocks that Slack refuses are sent once more as plain text."""
        post = json.loads(frozen)
        try:
            return await self._send(post, reference)
        except PermanentSendError as error:
            if error.facts.get("code") not in TOO_MUCH or not post.get("blocks"):
                raise
            return await self._send({**post, "blocks": [], "text": str(post["text"])[:3900]}, reference)

    async def _send(self, post: dict[str, Any], reference: Reference) -> Receipt:
        content = {
            "text": post["text"],
            "blocks": post.get("blocks") or [],
            "unfurl_links": False,
            "unfurl_media": False,
        }
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": reference.key, "keys": " ".join(reference.keys)}}
        if reference.remote is not None:
            del content["unfurl_links"], content["unfurl_media"]
            remote = reference.remote
            await call(self._client, "chat.update", channel=remote.channel, ts=remote.ts, metadata=metadata, **content)
            return Receipt(remote)
        channel = await self._channels.of(reference.to)
        thread = reference.thread.ts if reference.thread else post.get("thread_ts")
        if reference.thread is not None:
            channel = reference.thread.channel
        answer = await call(
            self._client, "chat.postMessage", channel=channel, thread_ts=thread or None, metadata=metadata, **content
        )
        return Receipt(Remote(str(answer["channel"]), str(answer["ts"])))

    async def look(self, reference: Reference, since: datetime, /) -> Receipt | None:
        """Look for a message with this key: in its thread (history shows parents only), else in the history."""
        channel = reference.thread.channel if reference.thread else await self._channels.of(reference.to)
        method, where = "conversations.history", {"oldest": f"{since.timestamp():.6f}"}
        if reference.thread is not None:
            method, where = "conversations.replies", {"ts": reference.thread.ts}
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page = await call(
                self._client,
                method,
                channel=channel,
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
                **where,
            )
            for message in page.get("messages", []):
                payload = message.get("metadata", {}).get("event_payload", {})
                if payload.get("key") == reference.key or reference.key in str(payload.get("keys", "")).split():
                    return Receipt(Remote(channel, str(message["ts"])))
            cursor = page.get("response_metadata", {}).get("next_cursor") or None
            if cursor is None:
                return None
            await asyncio.sleep(0)
        return None
