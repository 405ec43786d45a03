"""What each person has read, and what that leaves unread. Slack keeps this for its clients; the app sees none of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from bot.workspace.channel_log import ChannelLog, ts_key
from bot.workspace.models import Channel, Mark, Message, User
from bot.workspace.state import State

_SILENT: Final = frozenset(
    {"tombstone", "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name"}
)
"""Subtypes that announce a change and ask nobody to read them."""

_MENTION: Final = re.compile(r"<@(\w+)")
_Named = dict[tuple[str, str], tuple[int, frozenset[str]]]
_named: Final[WeakKeyDictionary[State, _Named]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Unread:
    """Of one room for one person: messages of others, replies in threads they take part in, mentions among both.

    `reply_mentions` are those among the replies alone. `first` is the ts of the first such message of the room itself,
    `thread` that of the parent of the first such reply; empty for none.
    """

    messages: int = 0
    replies: int = 0
    mentions: int = 0
    reply_mentions: int = 0
    first: str = ""
    thread: str = ""

    @property
    def total(self) -> int:
        """Messages and replies."""
        return self.messages + self.replies


def mark(state: State, user: User, channel: Channel, ts: str, thread_ts: str = "") -> None:
    """Remember that a person has read a room, or a thread in it, up to and with this ts.

    A mark only goes forward, so that two pages of one person, or one that says it twice, never make anything unread.
    """
    if ts_key(ts) <= read_up_to(state, user, channel, thread_ts):
        return
    new = Mark(user.id, channel.id, thread_ts, ts)
    state.marks[new.key] = new
    state.changed("mark", new.key)


def read_up_to(state: State, user: User, channel: Channel, thread_ts: str = "") -> int:
    """How far a person has read, as microseconds (`ts_key`); 0 for who never looked."""
    found = state.marks.get(Mark(user.id, channel.id, thread_ts).key)
    return ts_key(found.ts) if found else 0


def unread(state: State, user: User, channel: Channel) -> Unread:
    """What a person has not read in a room and its threads."""
    log = state.logs[channel.id]
    roots = list(_after(log, log.roots, user, read_up_to(state, user, channel)))
    replies = [one for parent in log.threads for one in unread_replies(state, user, channel, parent)]
    replies = [one for one in replies if one.body.get("subtype") != "thread_broadcast"]  # it counts as a message
    in_roots, in_replies = (sum(user.id in mentioned(state, one) for one in some) for some in (roots, replies))
    oldest = min(replies, key=lambda one: ts_key(one.ts), default=None)
    return Unread(
        messages=len(roots),
        replies=len(replies),
        mentions=in_roots + in_replies,
        reply_mentions=in_replies,
        first=roots[-1].ts if roots else "",
        thread=oldest.thread_ts if oldest else "",
    )


def unread_replies(state: State, user: User, channel: Channel, parent: str) -> list[Message]:
    """The replies that a person has not read in a thread that they take part in, the newest first."""
    log = state.logs[channel.id]
    found = list(_after(log, log.threads.get(parent, ()), user, read_up_to(state, user, channel, parent)))
    return found if found and takes_part(state, user, channel, parent) else []


def takes_part(state: State, user: User, channel: Channel, parent: str) -> bool:
    """Whether a person began a thread, wrote in it, or is mentioned in it."""
    log = state.logs[channel.id]
    messages = [log.messages[ts] for ts in (parent, *log.threads.get(parent, ())) if ts in log.messages]
    return any(one.body.get("user") == user.id or user.id in mentioned(state, one) for one in messages)


def mentioned(state: State, message: Message) -> frozenset[str]:
    """The ids of whom a message's words, or those in its blocks, name; looked for once in each version of it."""
    known = _named.setdefault(state, {})
    key = (message.channel, message.ts)
    stamp = state.stamps.get(("message", f"{message.channel}/{message.ts}"), 0)
    found = known.get(key)
    if found is None or found[0] != stamp:
        body = message.body
        found = known[key] = stamp, frozenset(_names([body.get("text"), body.get("blocks"), body.get("attachments")]))
    return found[1]


def _names(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield from _MENTION.findall(part)
    elif isinstance(part, dict):
        if part.get("type") == "user" and isinstance(part.get("user_id"), str):
            yield part["user_id"]
        for one in part.values():
            yield from _names(one)
    elif isinstance(part, list):
        for one in part:
            yield from _names(one)


def _after(log: ChannelLog, series: Sequence[str], user: User, read: int) -> Iterator[Message]:
    """What others wrote after a moment, the newest first."""
    for ts in reversed(series):
        if ts_key(ts) <= read:
            return
        message = log.messages[ts]
        if message.body.get("user") != user.id and message.body.get("subtype") not in _SILENT:
            yield message
