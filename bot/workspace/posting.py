"""Messages come, change and go here, whoever sends them, and the app is told."""

import uuid
from typing import Any

from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.events import emit, emit_message
from bot.workspace.models import JSON, Channel, File, Message, User
from bot.workspace.shapes import bot_profile, full_body, message_object, profile_object
from bot.workspace.text import escape_posted, normalise_blocks

LONGEST_TEXT = 40_000
"""Characters; Slack cuts an app's text there and refuses a person's (docs: /reference/methods/chat.postMessage)."""


def post_from_app(core: Core, channel: Channel, args: JSON) -> Message:
    """Take a message of the app in; `args` are those of chat.postMessage, already checked."""
    state, ts = core.state, core.clock.next_ts()
    body: JSON = {
        "user": state.app.bot_user,
        "type": "message",
        "ts": ts,
        "bot_id": state.app.bot_id,
        "app_id": state.app.id,
        "text": escape_posted(args.get("text") or "")[:LONGEST_TEXT],
        "team": state.home_team.id,
        "bot_profile": bot_profile(state.app, state.home_team),
        **content(args, ts),
    }
    if args.get("thread_ts"):
        body["thread_ts"] = args["thread_ts"]
        if args.get("reply_broadcast"):
            body["subtype"] = "thread_broadcast"
    message = Message(channel.id, ts, body, metadata=args.get("metadata") or None)
    return _take_in(core, channel, message, state.bot_user)


def content(args: JSON, seed: str) -> JSON:
    """Blocks and attachments as Slack keeps them."""
    out: JSON = {}
    if args.get("blocks"):
        out["blocks"] = normalise_blocks(args["blocks"], seed)
    if args.get("attachments"):
        out["attachments"] = [{"id": number, **one} for number, one in enumerate(args["attachments"], 1)]
    if args.get("markdown_text"):
        out["text"] = args["markdown_text"]
    return out


def post_from_person(core: Core, channel: Channel, sender: User, body: JSON, files: list[File]) -> Message:
    """Take a person's message in; `body` holds text, blocks and perhaps thread_ts."""
    ts = core.clock.next_ts()
    full: JSON = {"user": sender.id, "type": "message", "ts": ts, "client_msg_id": str(uuid.uuid4()), **body}
    full["team"] = sender.team
    if files:
        full |= {"files": [file.id for file in files], "upload": False, "display_as_bot": False}
    return _take_in(core, channel, Message(channel.id, ts, full), sender)


def _take_in(core: Core, channel: Channel, message: Message, sender: User) -> Message:
    core.state.add_message(message)
    event = _event_body(core, channel, message.body, sender)
    if message.metadata:
        event["metadata"] = message.metadata
    if message.thread_ts:
        event |= core.state.logs[channel.id].thread_fields(message)
    emit_message(core, {**event, "event_ts": message.ts}, channel, sender)
    bot = core.state.app.bot_user
    if f"<@{bot}" in message.body["text"] and sender.id != bot and bot in channel.members and channel.kind != "im":
        mention = {
            **full_body(core.state, message.body),
            "type": "app_mention",
            "channel": channel.id,
            "event_ts": message.ts,
        }
        emit(core, mention, channel, sender)
    return message


def _event_body(core: Core, channel: Channel, body: JSON, sender: User) -> JSON:
    event = full_body(core.state, body)
    if body.get("files"):
        event["subtype"] = "file_share"
        if channel.shared_with:
            event["files"] = [
                {"id": one["id"], "created": one["created"], "timestamp": one["timestamp"], "user": one["user"]}
                | {"mode": "file_access", "file_access": "check_file_info"}
                for one in event["files"]
            ]
    if sender.team != core.state.home_team.id:
        event |= {
            "user_team": sender.team,
            "source_team": sender.team,
            "user_profile": {**profile_object(sender, email=False), "name": sender.name},
        }
    return event


def post_from_other_bot(core: Core, channel: Channel, name: str, text: str, thread_ts: str = "") -> Message:
    """A message of another integration: subtype bot_message, no user."""
    ts = core.clock.next_ts()
    body: JSON = {"type": "message", "subtype": "bot_message", "ts": ts, "text": text, "username": name}
    body |= {"bot_id": "B0OTHERBOT1"} | ({"thread_ts": thread_ts} if thread_ts else {})
    message = Message(channel.id, ts, body)
    core.state.add_message(message)
    emit_message(core, body, channel)
    return message


def whisper(core: Core, channel: str, user: str, args: JSON) -> Message:
    """Show a person something that only they see; never in history, never an event."""
    state, ts = core.state, core.clock.next_ts()
    body: JSON = {
        "user": state.app.bot_user,
        "type": "message",
        "ts": ts,
        "bot_id": state.app.bot_id,
        "app_id": state.app.id,
        "text": escape_posted(args.get("text") or "")[:LONGEST_TEXT],
        "is_ephemeral": True,
        **content(args, ts),
    }
    if args.get("thread_ts"):
        body["thread_ts"] = args["thread_ts"]
    message = Message(channel, ts, body, audience=user)
    state.add_message(message)
    return message


def change(core: Core, message: Message, editor: User, **fields: Any) -> Message:
    """Change a message: a field that is None goes, `metadata` {} removes it; tells the app."""
    channel = core.state.channels[message.channel]
    before = message_object(core.state, message, metadata=True)
    metadata = fields.pop("metadata", None)
    if metadata is not None:
        message.metadata = metadata or None
    body = {key: value for key, value in {**message.body, **fields}.items() if value is not None}
    if not body.get("blocks") or editor.id != core.state.app.bot_user:
        body["edited"] = {"user": editor.id, "ts": f"{int(core.clock.now())}.000000"}
    message.body = body
    message.chosen.clear()
    core.state.changed("message", f"{message.channel}/{message.ts}")
    _tell_changed(core, channel, message, before, editor)
    return message


def _tell_changed(core: Core, channel: Channel, message: Message, before: JSON, editor: User) -> None:
    ts = core.clock.next_ts()
    event = {
        "subtype": "message_changed",
        "hidden": True,
        "message": message_object(core.state, message, metadata=True),
        "previous_message": before,
        "ts": ts,
        "event_ts": ts,
    }
    emit_message(core, event, channel, editor)


def delete(core: Core, message: Message, by: User) -> None:
    """Delete a message; a parent that has replies stays as a tombstone, as in Slack."""
    state, channel = core.state, core.state.channels[message.channel]
    before = message_object(state, message, metadata=True)
    if state.logs[message.channel].threads.get(message.ts):
        message.body = {
            "type": "message",
            "subtype": "tombstone",
            "user": "USLACKBOT",
            "text": "This message was deleted.",
            "hidden": True,
            "ts": message.ts,
        }
        message.metadata = None
        state.changed("message", f"{message.channel}/{message.ts}")
        _tell_changed(core, channel, message, before, by)
        return
    state.remove_message(message)
    ts = core.clock.next_ts()
    event = {"subtype": "message_deleted", "hidden": True, "deleted_ts": message.ts, "previous_message": before}
    emit_message(core, {**event, "ts": ts, "event_ts": ts}, channel, by)


def check_thread(core: Core, channel: Channel, thread_ts: str) -> None:
    """A thread is named by its parent; SlackError for a reply's ts or one that does not exist."""
    parent = core.state.logs[channel.id].messages.get(thread_ts)
    if not parent or parent.audience:
        raise SlackError("thread_not_found")
    if parent.thread_ts:
        raise SlackError("cannot_reply_to_message")
