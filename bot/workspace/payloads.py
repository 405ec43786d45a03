"""The payloads of interactions, field by field as Slack sends them (docs: /reference/interaction-payloads)."""

from copy import deepcopy

from bot.workspace.core import Core
from bot.workspace.models import JSON, Channel, Message, User, View
from bot.workspace.shapes import message_object, view_object

_NAMES = {"im": "directmessage", "group": "privategroup"}


def _actor(core: Core, kind: str, user: User, trigger_id: str) -> JSON:
    """`team` is where the app is installed, `user.team_id` where the person is from (java-slack-sdk#1041)."""
    team = core.state.home_team
    who = {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team}
    out: JSON = {"type": kind, "user": who, "api_app_id": core.state.app.id, "token": "verification"}
    out |= {"team": {"id": team.id, "domain": team.domain}, "enterprise": None, "is_enterprise_install": False}
    return {**out, "trigger_id": trigger_id} if trigger_id else out


def _channel(channel: Channel) -> JSON:
    return {"id": channel.id, "name": _NAMES.get(channel.kind, channel.name)}


def _response_url(core: Core, user: User, channel: str, ts: str = "") -> str:
    return f"{core.url}/response/{core.response_urls.new(user.id, channel, ts)}"


def message_actions(core: Core, user: User, message: Message, actions: list[JSON], values: JSON) -> JSON:
    """block_actions from a message; one that only this person sees comes without its body."""
    channel = core.state.channels[message.channel]
    out = _actor(core, "block_actions", user, core.triggers.new(user.id, channel.id))
    out |= {**_in_message(core, message), "state": {"values": deepcopy(values)}}
    return {**out, "response_url": _response_url(core, user, channel.id, message.ts), "actions": actions}


def _in_message(core: Core, message: Message) -> JSON:
    channel = core.state.channels[message.channel]
    container: JSON = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.audience),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    out: JSON = {"container": container, "channel": _channel(channel)}
    return out if message.audience else {**out, "message": message_object(core.state, message)}


def _in_view(core: Core, view: View) -> JSON:
    return {"container": {"type": "view", "view_id": view.id}, "view": view_object(core.state, view)}


def block_suggestion(core: Core, user: User, where: Message | View, menu: tuple[str, str], words: str) -> JSON:
    """What a person types into a menu that the app fills; `menu` is its block_id and action_id.

    It opens no window and answers nowhere else: no trigger_id, no response_url
    (docs: /reference/interaction-payloads/block_suggestion-payload).
    """
    block_id, action_id = menu
    out = {**_actor(core, "block_suggestion", user, ""), "block_id": block_id, "action_id": action_id, "value": words}
    return {**out, **(_in_message(core, where) if isinstance(where, Message) else _in_view(core, where))}


def view_actions(core: Core, user: User, view: View, actions: list[JSON]) -> JSON:
    """block_actions from a modal or a Home tab: no channel, no response_url."""
    out = _actor(core, "block_actions", user, core.triggers.new(user.id, view.channel, view.id))
    return {**out, **_in_view(core, view), "actions": actions}


def view_submission(core: Core, user: User, view: View) -> JSON:
    """The press on a modal's submit button."""
    out = _actor(core, "view_submission", user, core.triggers.new(user.id, view.channel, view.id))
    return {**out, "view": view_object(core.state, view), "response_urls": []}


def view_closed(core: Core, user: User, view: View, *, is_cleared: bool) -> JSON:
    """A modal with notify_on_close was dismissed."""
    out = _actor(core, "view_closed", user, "")
    return {**out, "view": view_object(core.state, view), "is_cleared": is_cleared}


def shortcut(core: Core, user: User, callback_id: str) -> JSON:
    """A global shortcut: no channel, no response_url."""
    out = _actor(core, "shortcut", user, core.triggers.new(user.id))
    return {**out, "callback_id": callback_id, "action_ts": core.clock.next_ts()}


def message_shortcut(core: Core, user: User, message: Message, callback_id: str) -> JSON:
    """A shortcut in a message's menu."""
    channel = core.state.channels[message.channel]
    out = _actor(core, "message_action", user, core.triggers.new(user.id, channel.id))
    return {
        **out,
        "callback_id": callback_id,
        "action_ts": core.clock.next_ts(),
        "channel": _channel(channel),
        "message_ts": message.ts,
        "message": message_object(core.state, message),
        "response_url": _response_url(core, user, channel.id, message.ts),
    }


def slash_command(core: Core, user: User, channel: Channel, command: str, text: str) -> JSON:
    """The form fields of a slash command."""
    team = core.state.home_team
    return {
        "token": "verification",
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": _NAMES.get(channel.kind, channel.name),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": core.state.app.id,
        "is_enterprise_install": "false",
        "response_url": _response_url(core, user, channel.id),
        "trigger_id": core.triggers.new(user.id, channel.id),
    }
