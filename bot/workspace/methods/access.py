"""Which conversations the app sees, and what it is told about those that it does not."""

from typing import Final

from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.methods.registry import need
from bot.workspace.models import Channel

FAMILY: Final = {"channel": "channels", "group": "groups", "im": "im"}
"""The first half of a scope by kind of conversation."""


def visible(core: Core, channel_id: str) -> Channel:
    """A conversation that the app may know of: public, or one that it is in; SlackError channel_not_found."""
    channel = core.state.channels.get(channel_id)
    if not channel or (channel.kind != "channel" and core.state.app.bot_user not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def readable(core: Core, channel_id: str) -> Channel:
    """A conversation whose messages the app may read: as a member, with the history scope of its kind."""
    channel = visible(core, channel_id)
    need(core, f"{FAMILY[channel.kind]}:history")
    if core.state.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def postable(core: Core, channel_id: str) -> Channel:
    """A conversation to post to by C… or D… id, #name, or a person's id for their DM."""
    state = core.state
    if channel_id in state.users:
        user = state.users[channel_id]
        if user.team != state.home_team.id or user.is_bot or user.deleted:
            raise SlackError("channel_not_found")
        return state.dm(user)
    if channel_id.startswith("#") or channel_id not in state.channels:
        name = channel_id.removeprefix("#")
        channel_id = next((one.id for one in state.channels.values() if one.name == name and name), "")
    return member_of(core, channel_id)


def member_of(core: Core, channel_id: str) -> Channel:
    """A conversation that the app is in and that is not archived."""
    channel = visible(core, channel_id)
    if channel.is_archived:
        raise SlackError("is_archived")
    if core.state.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel
