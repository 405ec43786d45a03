"""What `headsup doctor` asks Slack: nothing is posted, nothing is changed."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import PermanentSendError, TemporarySendError
from bot.outbound.slack_client import translate

PAGE = 200
"""Channels asked for at once (docs: /reference/methods/conversations.list recommends at most 200)."""


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """Who a bot token is. `scopes` is None when Slack did not say; `at` is Slack's clock, to the second."""

    user: str
    team_name: str
    scopes: frozenset[str] | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A channel as our bot sees it."""

    id: str
    name: str
    member: bool
    archived: bool


async def probe_token(client: AsyncWebClient) -> TokenFacts:
    """Ask who a bot token is. Raises a SendError: locked out, or not reachable."""
    answer = await _asked("auth.test", client.auth_test())
    headers = {name.lower(): value for name, value in answer.headers.items()}
    said = headers.get("x-oauth-scopes")
    scopes = frozenset(scope.strip() for scope in said.split(",") if scope.strip()) if said is not None else None
    return TokenFacts(str(answer["user"]), str(answer["team"]), scopes, _instant(headers.get("date")))


async def probe_app_token(client: AsyncWebClient) -> None:
    """Ask for a Socket Mode address, which is not used. Raises a SendError when Slack gives none."""
    await _asked("apps.connections.open", client.apps_connections_open(app_token=client.token or ""))


async def probe_channel(client: AsyncWebClient, wanted: str) -> ChannelFacts | None:
    """Look at a channel given by id or name; None when our bot cannot see it. Raises a SendError for all else."""
    found = await _info(client, wanted)
    if found is None:
        ident = await _id_of(client, wanted)
        found = await _info(client, ident) if ident else None
    return found


async def _id_of(client: AsyncWebClient, name: str) -> str | None:
    """Return the id of a channel by its name, an archived one too; a cursor keeps Slack's limits wide."""
    cursor: str | None = None
    while True:
        answer = await _asked(
            "conversations.list",
            client.conversations_list(types="public_channel,private_channel", limit=PAGE, cursor=cursor),
        )
        for channel in answer["channels"]:
            if channel.get("name") == name:
                return str(channel["id"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None


async def _info(client: AsyncWebClient, ident: str) -> ChannelFacts | None:
    try:
        answer = await _asked("conversations.info", client.conversations_info(channel=ident))
    except PermanentSendError as error:
        if error.facts.get("code") == "channel_not_found":
            return None
        raise
    channel = answer["channel"]
    return ChannelFacts(
        id=str(channel["id"]),
        name=str(channel.get("name") or channel["id"]),
        member=bool(channel.get("is_member")),
        archived=bool(channel.get("is_archived")),
    )


async def _asked(method: str, question: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    try:
        return await question
    except SlackApiError as error:
        raise translate(method, error) from error
    except (aiohttp.ClientError, TimeoutError, SlackClientError) as error:
        raise TemporarySendError("Slack cannot be reached.", method=method) from error


def _instant(header: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(header) if header else None
    except ValueError:
        return None
