"""Who is in the team channel, mirrored by events; the bot's own comings and goings are about channels."""

from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.domain.away.away_signs import read_status
from bot.domain.people import Member
from bot.domain.quiet import quiet_spell
from bot.domain.storable import storable_json
from bot.errors import HeadsupError
from bot.services import people
from bot.services.arriving import linking
from bot.services.away import statuses
from bot.services.context import Do
from bot.services.hours import quiet
from bot.services.settings.noticing_hours import notice_changed_hours
from handlers.ports import Screens, TeamChannel
from handlers.telling import meet

log = structlog.get_logger(__name__)

JOINED = "joined"


async def joined_happened(
    event: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext, *, do: Do, team_channel: TeamChannel
) -> None:
    """Note that somebody joined the team channel, or that the bot is (back) in a linked one."""
    channel, user = str(event["channel"]), str(event["user"])
    if user == context.bot_user_id:
        await do(linking.channel_joined, channel=channel)
    elif channel == team_channel():
        context[JOINED] = user
    await ack()


async def joined_then(context: AsyncBoltContext, *, do: Do, screens: Screens) -> None:
    """Ask Slack who joined: guests and outsiders become no members."""
    user = context.get(JOINED)
    if user is None:
        return
    try:
        await meet(user, do=do, screens=screens)
    except HeadsupError as error:
        log.warning("A new member could not be looked up.", action="join", error=type(error).__name__)


async def left_happened(
    event: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext, *, do: Do, team_channel: TeamChannel
) -> None:
    """Note that somebody left the team channel, or that the bot was removed from a channel."""
    channel, user = str(event["channel"]), str(event["user"])
    if user == context.bot_user_id:
        await do(linking.channel_left, channel=channel)
    elif channel == team_channel():
        await do(people.member_left, user=user)
        await do(notice_changed_hours)
    await ack()


async def bot_left_happened(event: dict[str, Any], ack: AsyncAck, *, do: Do) -> None:
    """Note that the bot was removed (`channel_left`, `group_left` are about the bot itself)."""
    await do(linking.channel_left, channel=str(event["channel"]))
    await ack()


async def user_happened(event: dict[str, Any], ack: AsyncAck, *, do: Do) -> None:
    """Follow a changed name, zone or status, or a person who was deactivated or became a guest."""
    user = storable_json(event["user"])
    profile = user.get("profile") or {}
    name = profile.get("display_name") or user.get("real_name") or profile.get("real_name") or user.get("name") or ""
    gone = any(user.get(mark) for mark in ("deleted", "is_bot", "is_restricted", "is_ultra_restricted"))
    member = Member(id=str(user["id"]), name=str(name), tz=str(user.get("tz") or "UTC"), active=not gone)
    await do(people.member_changed, member=member)
    await do(notice_changed_hours)
    said = read_status(profile.get("status_text"), profile.get("status_emoji"), profile.get("status_expiration"))
    await do(statuses.status_changed, user=member.id, said=said)
    await ack()


async def quiet_happened(event: dict[str, Any], ack: AsyncAck, *, do: Do) -> None:
    """Follow who wants not to be disturbed, and since when that is over."""
    status = event.get("dnd_status") or {}
    spell = quiet_spell(status.get("next_dnd_start_ts"), status.get("next_dnd_end_ts"))
    await do(quiet.note_quiet, spells={str(event["user"]): spell})
    await ack()


def register(app: AsyncApp, *, do: Do, screens: Screens, team_channel: TeamChannel) -> None:
    """Listen for people's comings, goings and changes."""
    app.event("member_joined_channel")(
        ack=partial(joined_happened, do=do, team_channel=team_channel),
        lazy=[partial(joined_then, do=do, screens=screens)],
    )
    app.event("member_left_channel")(partial(left_happened, do=do, team_channel=team_channel))
    for name in ("channel_left", "group_left"):
        app.event(name)(partial(bot_left_happened, do=do))
    app.event("user_change")(partial(user_happened, do=do))
    app.event("dnd_updated_user")(partial(quiet_happened, do=do))
