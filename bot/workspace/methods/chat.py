"""chat.*: posting, changing and deleting messages."""

from bot.workspace.checking import require_message
from bot.workspace.core import Core
from bot.workspace.errors import RateLimitedError, SlackError
from bot.workspace.methods.access import member_of, postable, visible
from bot.workspace.methods.registry import method
from bot.workspace.models import JSON, Message
from bot.workspace.posting import change, check_thread, content, delete, post_from_app, whisper
from bot.workspace.shapes import message_object
from bot.workspace.text import escape_posted

_CONTENT = "text blocks:json attachments:json markdown_text"
_MANNERS = "mrkdwn:bool link_names:bool parse unfurl_links:bool unfurl_media:bool username icon_emoji icon_url"


@method(
    "chat.postMessage",
    f"channel! {_CONTENT} {_MANNERS} thread_ts reply_broadcast:bool metadata:json as_user:bool container_id",
    scopes="chat:write",
)
def post_message(core: Core, args: JSON) -> JSON:
    """Post; at about one message a second in a channel."""
    channel = postable(core, args["channel"])
    wait = core.limits.refuse_post(channel.id)
    if wait:
        raise RateLimitedError(wait)
    require_message(core, "chat.postMessage", args)
    _custom_look(core, args)
    if args.get("thread_ts"):
        check_thread(core, channel, args["thread_ts"])
    message = post_from_app(core, channel, args)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": message_object(core.state, message, metadata=True, threads=False),
    }


def _custom_look(core: Core, args: JSON) -> None:
    asked = [name for name in ("username", "icon_emoji", "icon_url") if args.get(name)]
    if asked and "chat:write.customize" not in core.state.app.scopes:
        provided = ",".join(sorted(core.state.app.scopes))
        raise SlackError("missing_scope", needed="chat:write.customize", provided=provided)


@method(
    "chat.update",
    f"channel! ts! {_CONTENT} link_names:bool parse metadata:json as_user:bool reply_broadcast:bool file_ids:list",
    scopes="chat:write",
    tier=3,
)
def update(core: Core, args: JSON) -> JSON:
    """Change a message of the app. Text without blocks removes the blocks; metadata stays unless it is given."""
    message = _own_message(core, args, "cant_update_message")
    require_message(core, "chat.update", args, update=True)
    parts = content(args, args["ts"])
    fields: JSON = {"blocks": parts.get("blocks")}
    if args.get("text") is not None or "text" in parts:
        fields["text"] = parts.get("text") or escape_posted(args["text"])
    if "attachments" in args:
        fields["attachments"] = parts.get("attachments")
    change(core, message, core.state.bot_user, **fields, metadata=args.get("metadata"))
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.body["text"],
        "message": message_object(core.state, message, metadata=True, threads=False),
    }


@method("chat.delete", "channel! ts! as_user:bool", scopes="chat:write", tier=3)
def delete_message(core: Core, args: JSON) -> JSON:
    """Delete a message of the app."""
    message = _own_message(core, args, "cant_delete_message")
    delete(core, message, core.state.bot_user)
    return {"channel": message.channel, "ts": message.ts}


def _own_message(core: Core, args: JSON, not_ours: str) -> Message:
    channel = member_of(core, args["channel"])
    message = core.state.message(channel.id, args["ts"])
    if message.body.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    if message.body.get("bot_id") != core.state.app.bot_id:
        raise SlackError(not_ours)
    return message


@method(
    "chat.postEphemeral", f"channel! user! {_CONTENT} {_MANNERS} thread_ts as_user:bool", scopes="chat:write", tier=4
)
def post_ephemeral(core: Core, args: JSON) -> JSON:
    """Show something to one member of a channel, who must be in it."""
    channel = member_of(core, args["channel"])
    if args["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    require_message(core, "chat.postEphemeral", args)
    if args.get("thread_ts"):
        check_thread(core, channel, args["thread_ts"])
    return {"message_ts": whisper(core, channel.id, args["user"], args).ts}


@method("chat.getPermalink", "channel! message_ts!")
def get_permalink(core: Core, args: JSON) -> JSON:
    """The address of a message."""
    channel = visible(core, args["channel"])
    message = core.state.message(channel.id, args["message_ts"])
    link = f"{core.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}
