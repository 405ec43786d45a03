"""Records as Slack's JSON objects (docs: /reference/objects)."""

from copy import deepcopy
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.workspace.models import JSON, App, Channel, File, Message, Team, User, View
from bot.workspace.state import State


def user_object(state: State, user: User, now: float, *, locale: bool = False, email: bool = True) -> JSON:
    """A user as users.info shows it; someone of another organisation has no locale and no e-mail address."""
    outsider = user.team != state.home_team.id
    out: JSON = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "deleted": user.deleted,
        "updated": user.updated,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "profile": profile_object(user, email=email and not outsider),
    }
    if user.is_bot and user.id == state.app.bot_user:
        out["profile"] |= {"bot_id": state.app.bot_id, "api_app_id": state.app.id}
    if user.deleted:
        return out
    moment = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(user.tz))
    shift = moment.utcoffset()
    out |= {
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": moment.tzname() or user.tz,
        "tz_offset": int(shift.total_seconds()) if shift else 0,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
    }
    if outsider:
        out["is_stranger"] = state.is_stranger(user)
    else:
        out |= {"is_admin": user.is_admin, "is_owner": False, "is_primary_owner": False, "is_email_confirmed": True}
        if locale:
            out["locale"] = user.locale
    return out


def profile_object(user: User, *, email: bool) -> JSON:
    """The profile, with the status that a person has set."""
    first, _, last = user.real_name.partition(" ")
    out: JSON = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "first_name": first,
        "last_name": last,
        "title": user.title,
        "status_text": user.status_text,
        "status_emoji": user.status_emoji,
        "status_expiration": user.status_expiration,
        "team": user.team,
        "avatar_hash": user.id[1:].lower(),
    }
    return {**out, "email": user.email} if email and user.email else out


def dnd_status(user: User) -> JSON:
    """Someone's do-not-disturb hours as others see them: a snooze is a spell that has begun; 1 stands for none."""
    start, end = user.dnd or (1, 1)
    return {"dnd_enabled": user.dnd is not None, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def channel_object(state: State, channel: Channel, viewer: str) -> JSON:
    """A conversation as conversations.info shows it to the viewer."""
    if channel.kind == "im":
        other = channel.user if viewer != channel.user else state.app.bot_user
        return {
            "id": channel.id,
            "created": channel.created,
            "is_im": True,
            "is_archived": channel.is_archived,
            "is_org_shared": False,
            "context_team_id": state.home_team.id,
            "user": other,
            "is_user_deleted": state.users[other].deleted,
            "priority": 0,
        }
    shared = bool(channel.shared_with)
    text = {"creator": channel.creator, "last_set": 0}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind == "group",
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "is_shared": shared,
        "is_ext_shared": shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "is_member": viewer in channel.members,
        "created": channel.created,
        "creator": channel.creator,
        "context_team_id": state.home_team.id,
        "shared_team_ids": [state.home_team.id, *channel.shared_with],
        "connected_team_ids": list(channel.shared_with),
        "previous_names": [],
        "num_members": len(channel.members),
        "topic": {"value": channel.topic, **text},
        "purpose": {"value": channel.purpose, **text},
        "unlinked": 0,
    }


def message_object(state: State, message: Message, *, metadata: bool = False, threads: bool = True) -> JSON:
    """A message as history shows it; without `metadata` only the event type of its metadata is told."""
    out = full_body(state, message.body)
    if threads:
        out |= state.logs[message.channel].thread_fields(message)
    if message.metadata:
        out["metadata"] = message.metadata if metadata else {"event_type": message.metadata["event_type"]}
    return out


def full_body(state: State, body: JSON) -> JSON:
    """A message's body with its files; they are kept by id, because their addresses change with the port."""
    if not body.get("files"):
        return dict(body)
    return {**body, "files": [file_object(state.files[one], state.base_url) for one in body["files"]]}


def bot_profile(app: App, team: Team) -> JSON:
    """The profile of the app inside its messages."""
    return {
        "id": app.bot_id,
        "app_id": app.id,
        "user_id": app.bot_user,
        "name": app.name,
        "deleted": False,
        "updated": 0,
        "team_id": team.id,
        "icons": {},
    }


def file_object(file: File, base_url: str) -> JSON:
    """A file; its `url_private` opens with the app's token only."""
    kind = file.name.rpartition(".")[2].lower() if "." in file.name else "binary"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.name,
        "mimetype": file.mimetype,
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": file.user,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": f"{base_url}/files-pri/{file.id}/{file.name}",
        "url_private_download": f"{base_url}/files-pri/{file.id}/download/{file.name}",
        "permalink": f"{base_url}/files/{file.user}/{file.id}",
        "channels": list(file.channels),
    }


def view_object(state: State, view: View) -> JSON:
    """A view as the API returns it and as payloads carry it."""
    body = view.body
    return {
        "id": view.id,
        "team_id": state.home_team.id,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": view.external_id,
        "state": {"values": deepcopy(view.values)},
        "hash": view.hash,
        "title": body.get("title") or {"type": "plain_text", "text": state.app.name, "emoji": True},
        "close": body.get("close"),
        "submit": body.get("submit"),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "app_id": state.app.id,
        "app_installed_team_id": state.home_team.id,
        "bot_id": state.app.bot_id,
    }
