"""People and channels as Slack knows them: whoever is a member of the team channel, and where it is."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.away.away_signs import Status, read_status
from bot.domain.people import Member
from bot.domain.storable import storable_json
from bot.errors import PermanentSendError, TemporarySendError
from bot.outbound.slack_client import LOOPBACK, call

PAGE = 200
PATIENCE_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Ourselves:
    """Who we are at Slack (auth.test)."""

    user: str
    bot: str
    team: str
    team_name: str
    url: str = ""


async def who_are_we(client: AsyncWebClient) -> Ourselves:
    """Ask Slack who this token is."""
    answer = await call(client, "auth.test")
    return Ourselves(
        user=str(answer["user_id"]),
        bot=str(answer.get("bot_id", "")),
        team=str(answer["team_id"]),
        team_name=str(answer.get("team", "")),
        url=str(answer.get("url", "")),
    )


def is_loopback(url: str) -> bool:
    """Tell whether an address is on this machine: proxies are never for it."""
    return urlsplit(url).hostname in LOOPBACK


async def pages(client: AsyncWebClient, method: str, **arguments: Any) -> AsyncIterator[dict[str, Any]]:
    """Call a paginated method to its end; without a cursor Slack's limits are stricter."""
    cursor: str | None = None
    while True:
        answer = await patiently(client, method, limit=PAGE, cursor=cursor, **arguments)
        yield answer
        cursor = answer.get("response_metadata", {}).get("next_cursor") or None
        if cursor is None:
            return


async def patiently(client: AsyncWebClient, method: str, **arguments: Any) -> dict[str, Any]:
    """Call a reading method, waiting as long as Slack asks when it is too much at once."""
    while True:
        try:
            return await call(client, method, **arguments)
        except TemporarySendError as error:
            if error.retry_after is None or error.retry_after > PATIENCE_SECONDS:
                raise
            await asyncio.sleep(error.retry_after)


async def find_channel(client: AsyncWebClient, wanted: str) -> str | None:
    """Return the id of a channel given by id or name, among those the bot can see."""
    name = wanted.removeprefix("#")
    async for page in pages(
        client, "conversations.list", types="public_channel,private_channel", exclude_archived=True
    ):
        for channel in page.get("channels", []):
            if name in {channel.get("id"), channel.get("name")}:
                return str(channel["id"])
    return None


def to_member(user: dict[str, Any], *, team: str) -> Member | None:
    """Return a Slack user as a member of ours; None for bots, guests, deleted people and other organisations."""
    outside = user.get("team_id") not in {None, team} or user.get("is_stranger")
    if outside or is_guest(user) or user.get("is_bot") or user.get("deleted") or user.get("id") == "USLACKBOT":
        return None
    handle = profile_of(user).get("display_name") or user.get("name", "")
    return Member(id=str(user["id"]), name=display_name(user), tz=str(user.get("tz") or "UTC"), handle=str(handle))


def is_guest(user: dict[str, Any]) -> bool:
    """Tell whether a Slack user is a guest of one or some channels."""
    return bool(user.get("is_restricted") or user.get("is_ultra_restricted"))


def profile_of(user: dict[str, Any]) -> dict[str, Any]:
    """Return a user's profile, empty when Slack shows none."""
    return user.get("profile") or {}


def display_name(user: dict[str, Any]) -> str:
    """Return a user's full name: clients read it under a reply. Without one, what Slack shows instead."""
    profile = profile_of(user)
    name = user.get("real_name") or profile.get("real_name") or profile.get("display_name") or user.get("name", "")
    return str(name)


async def member_in_channel(client: AsyncWebClient, user: str, channel: str) -> Member | None:
    """Return a person as a member if they are one and in this channel."""
    ourselves = await who_are_we(client)
    try:
        answer = storable_json(await call(client, "users.info", user=user))
    except PermanentSendError:
        return None
    person = to_member(answer.get("user", {}), team=ourselves.team)
    if person is None:
        return None
    async for page in pages(client, "conversations.members", channel=channel):
        if user in page.get("members", []):
            return person
    return None


def status_of(user: dict[str, Any]) -> Status:
    """Return the status that a user has set."""
    profile = profile_of(user)
    return read_status(profile.get("status_text"), profile.get("status_emoji"), profile.get("status_expiration"))


async def team_of(client: AsyncWebClient, channel: str) -> tuple[tuple[Member, Status], ...]:
    """Return all members of ours in a channel, each with the status that they have set."""
    ourselves = await who_are_we(client)
    found = []
    async for page in pages(client, "conversations.members", channel=channel):
        for user in page.get("members", []):
            answer = storable_json(await patiently(client, "users.info", user=user))
            person = to_member(answer.get("user", {}), team=ourselves.team)
            if person is not None:
                found.append((person, status_of(answer["user"])))
    return tuple(found)


async def history(client: AsyncWebClient, channel: str, *, oldest: str) -> AsyncIterator[dict[str, Any]]:
    """Yield the messages of a channel after `oldest`, newest page first as Slack gives them."""
    async for page in pages(client, "conversations.history", channel=channel, oldest=oldest):
        for message in page.get("messages", []):
            yield message


async def replies(client: AsyncWebClient, channel: str, root: str, *, oldest: str) -> AsyncIterator[dict[str, Any]]:
    """Yield the replies of a thread after `oldest`; the root itself is left out."""
    async for page in pages(client, "conversations.replies", channel=channel, ts=root, oldest=oldest):
        for message in page.get("messages", []):
            if message.get("ts") != root:
                yield message
