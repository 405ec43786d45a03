"""People and channels come, go and change; the app is told as Slack tells it."""

from typing import Any

from bot.workspace.core import Core
from bot.workspace.errors import ControlError
from bot.workspace.events import emit, emit_message
from bot.workspace.models import JSON, Channel, Message, User
from bot.workspace.shapes import dnd_status, user_object


def _letter(channel: Channel) -> str:
    return "G" if channel.kind == "group" else "C"


def _notice(core: Core, channel: Channel, user: User, subtype: str, text: str, **more: str) -> None:
    """The line that Slack writes into a channel about its own changes."""
    ts = core.clock.next_ts()
    body: JSON = {"type": "message", "subtype": subtype, "ts": ts, "user": user.id, "text": text, **more}
    core.state.add_message(Message(channel.id, ts, body))
    emit_message(core, {**body, "event_ts": ts}, channel, user)


def join(core: Core, channel: Channel, user: User, inviter: User | None = None) -> None:
    """Someone enters a channel; nothing happens when they are in it already."""
    if user.id in channel.members:
        return
    channel.members.append(user.id)
    core.state.changed("channel", channel.id)
    invited = {"inviter": inviter.id} if inviter else {}
    if core.state.app.bot_user in channel.members:
        event = {"type": "member_joined_channel", "user": user.id, "channel": channel.id, "team": user.team, **invited}
        emit(core, {**event, "channel_type": _letter(channel)}, channel, user)
    _notice(core, channel, user, "channel_join", f"<@{user.id}> has joined the channel", **invited)


def leave(core: Core, channel: Channel, user: User, by: User | None = None) -> None:
    """Someone leaves or is removed; the app hears of itself as channel_left."""
    if user.id not in channel.members:
        return
    channel.members.remove(user.id)
    core.state.changed("channel", channel.id)
    if user.id == core.state.app.bot_user:
        kind = "group_left" if channel.kind == "group" else "channel_left"
        emit(core, {"type": kind, "channel": channel.id, "actor_id": by.id if by else user.id}, channel)
    elif core.state.app.bot_user in channel.members:
        event = {"type": "member_left_channel", "user": user.id, "channel": channel.id, "team": user.team}
        emit(core, {**event, "channel_type": _letter(channel)}, channel, user)
    _notice(core, channel, user, "channel_leave", f"<@{user.id}> has left the channel")


def _known(core: Core, channel: Channel) -> bool:
    return channel.kind == "channel" or core.state.app.bot_user in channel.members


def rename(core: Core, channel: Channel, name: str, by: User) -> None:
    """Give a channel another name."""
    if any(one.name == name for one in core.state.channels.values()):
        raise ControlError(f"there is already a channel #{name}")
    old, channel.name = channel.name, name
    core.state.changed("channel", channel.id)
    if _known(core, channel):
        kind = "group_rename" if channel.kind == "group" else "channel_rename"
        emit(core, {"type": kind, "channel": {"id": channel.id, "name": name, "created": channel.created}}, channel)
    text = f'<@{by.id}> has renamed the channel from "{old}" to "{name}"'
    _notice(core, channel, by, "channel_name", text, old_name=old, name=name)


def archive(core: Core, channel: Channel, by: User, *, archived: bool = True) -> None:
    """Archive a channel, or bring it back."""
    channel.is_archived = archived
    core.state.changed("channel", channel.id)
    kind = "channel_archive" if archived else "channel_unarchive"
    if _known(core, channel):
        emit(core, {"type": kind, "channel": channel.id, "user": by.id}, channel)
    _notice(core, channel, by, kind, f"<@{by.id}> {'archived' if archived else 'un-archived'} the channel")


def share(core: Core, channel: Channel, team: str, *, new_id: str = "") -> None:
    """Connect a channel with another organisation; sharing can change its id, which is told first."""
    if team not in core.state.teams or team == core.state.home_team.id:
        raise ControlError(f"there is no other organisation {team}")
    if new_id:
        change_id(core, channel, new_id)
    if team not in channel.shared_with:
        channel.shared_with.append(team)
    core.state.changed("channel", channel.id)
    emit(core, {"type": "channel_shared", "connected_team_id": team, "channel": channel.id}, channel)


def unshare(core: Core, channel: Channel, team: str) -> None:
    """Disconnect an organisation; its people leave with it."""
    if team not in channel.shared_with:
        raise ControlError(f"#{channel.name} is not shared with {team}")
    channel.shared_with.remove(team)
    channel.members = [one for one in channel.members if core.state.users[one].team != team]
    core.state.changed("channel", channel.id)
    event: JSON = {"type": "channel_unshared", "previously_connected_team_id": team, "channel": channel.id}
    emit(core, {**event, "is_ext_shared": bool(channel.shared_with)}, channel)


def change_id(core: Core, channel: Channel, new_id: str = "") -> str:
    """Give a channel a new id; the old one is unknown from then on. Returns the new one."""
    old, new = channel.id, new_id or core.state.new_id("C")
    core.state.change_channel_id(channel, new)
    emit(core, {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}, channel)
    return new


def add_person(core: Core, user: User) -> None:
    """A new user; those of our own organisation are announced."""
    core.state.add_user(user)
    if user.team == core.state.home_team.id:
        emit(core, {"type": "team_join", "user": _shown(core, user)})


def change_person(core: Core, user: User, **fields: Any) -> None:
    """Change a profile, zone, status, role or do-not-disturb hours."""
    for name, value in fields.items():
        if name in {"id", "team"} or name not in user.to_json():
            raise ControlError(f"a user has no field {name} that can change")
        setattr(user, name, value)
    user.updated = int(core.clock.now())
    core.state.changed("user", user.id)
    if core.state.is_stranger(user):
        return
    if set(fields) != {"dnd"}:
        emit(core, {"type": "user_change", "user": _shown(core, user), "cache_ts": user.updated})
    if "dnd" in fields:
        emit(core, {"type": "dnd_updated_user", "user": user.id, "dnd_status": dnd_status(user)})


def expire_statuses(core: Core) -> None:
    """Clear the statuses whose time is over, as Slack does by itself."""
    now = core.clock.now()
    for user in list(core.state.users.values()):
        if 0 < user.status_expiration <= now:
            change_person(core, user, status_text="", status_emoji="", status_expiration=0)


def _shown(core: Core, user: User) -> JSON:
    return user_object(
        core.state, user, core.clock.now(), email="users:read.email" in core.state.app.scopes, locale=True
    )


def revoke_tokens(core: Core) -> None:
    """The bot token stops working."""
    emit(core, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [core.state.app.bot_user]}})
    core.state.app.token_revoked = True
    core.state.changed("app", "app")


def uninstall(core: Core) -> None:
    """The app is removed from the workspace."""
    revoke_tokens(core)
    emit(core, {"type": "app_uninstalled"})
    core.state.app.installed = False
    core.state.changed("app", "app")
