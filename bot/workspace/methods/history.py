"""Reading messages: parents with conversations.history, threads with conversations.replies."""

from bot.workspace.channel_log import ts_key
from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.methods.access import readable
from bot.workspace.methods.paging import decode, encode, page_size
from bot.workspace.methods.registry import method
from bot.workspace.models import JSON, Message
from bot.workspace.shapes import message_object

_RANGE = "cursor inclusive:bool include_all_metadata:bool latest limit:int oldest"


def _key(args: JSON, name: str, default: int) -> int:
    try:
        return ts_key(args[name]) if args.get(name) else default
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _within(core: Core, channel: str, stamps: list[str], args: JSON) -> list[Message]:
    log = core.state.logs[channel].messages
    oldest, latest = _key(args, "oldest", 0), _key(args, "latest", 2**63)
    edge = 0 if args.get("inclusive") else 1
    return [log[ts] for ts in stamps if oldest + edge <= ts_key(ts) <= latest - edge]


def _limit(core: Core, args: JSON, default: int) -> int:
    cap = core.limits.pace.history_limit
    size = page_size(args, cap or default)
    return min(size, cap) if cap else size


def _answer(core: Core, shown: list[Message], args: JSON, cursor: str) -> JSON:
    metadata = args.get("include_all_metadata", False)
    out: JSON = {
        "messages": [message_object(core.state, message, metadata=metadata) for message in shown],
        "has_more": bool(cursor),
    }
    if cursor:
        out["response_metadata"] = {"next_cursor": cursor}
    return out


@method("conversations.history", f"channel! {_RANGE}", tier=3)
def history(core: Core, args: JSON) -> JSON:
    """The channel's own messages, newest first; replies are not among them unless they were also sent to the channel.

    `oldest` and `latest` are exclusive unless `inclusive` is set.
    """
    channel = readable(core, args["channel"])
    found = _within(core, channel.id, core.state.logs[channel.id].roots, args)[::-1]
    size = _limit(core, args, 100)
    if args.get("cursor"):
        mark = decode(args["cursor"], "next_ts")
        if not mark.isdigit():
            raise SlackError("invalid_cursor")
        found = [message for message in found if ts_key(message.ts) <= int(mark)]
    cursor = encode(f"next_ts:{ts_key(found[size].ts)}") if len(found) > size else ""
    return {**_answer(core, found[:size], args, cursor), "pin_count": 0}


@method("conversations.replies", f"channel! ts! {_RANGE}", tier=3)
def replies(core: Core, args: JSON) -> JSON:
    """A thread, oldest first, its parent first on every page; the ts of a reply shows that reply alone."""
    channel = readable(core, args["channel"])
    log = core.state.logs[channel.id]
    parent = log.messages.get(args["ts"])
    if not parent or parent.audience:
        raise SlackError("thread_not_found")
    if parent.thread_ts:
        return _answer(core, [parent], args, "")
    found = _within(core, channel.id, log.threads.get(parent.ts, []), args)
    size = _limit(core, args, 1000)
    if args.get("cursor"):
        mark = decode(args["cursor"], "next_ts")
        if not mark.isdigit():
            raise SlackError("invalid_cursor")
        found = [message for message in found if ts_key(message.ts) >= int(mark)]
    room = max(1, size - 1)
    cursor = encode(f"next_ts:{ts_key(found[room].ts)}") if len(found) > room else ""
    return _answer(core, [parent, *found[:room]], args, cursor)
