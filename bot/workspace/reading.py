"""What each person has read, and what that leaves unread. Slack keeps this for its clients; the app sees none of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.workspace.channel_log import ChannelLog, ts_key
from bot.workspace.models import JSON, Channel, Mark, Message, User
from bot.workspace.state import State

_SILENT = frozenset({"tombstone", "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name"})
"""Subtypes that announce a change and ask nobody to read them."""


@dataclass(frozen=True)
class Unread:
    """Of one room for one person: messages of others, replies in threads they take part in, mentions among both.

    `first` is the ts of the first such message of the room itself, empty for none.
    """

    messages: int = 0
    replies: int = 0
    mentions: int = 0
    first: str = ""

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
    mentions = sum(is_mentioned(one.body, user.id) for one in (*roots, *replies))
    return Unread(len(roots), len(replies), mentions, roots[-1].ts if roots else "")


def unread_replies(state: State, user: User, channel: Channel, parent: str) -> list[Message]:
    """The replies that a person has not read in a thread that they take part in, the newest first."""
    log = state.logs[channel.id]
    found = list(_after(log, log.threads.get(parent, ()), user, read_up_to(state, user, channel, parent)))
    return found if found and takes_part(log, user, parent) else []


def takes_part(log: ChannelLog, user: User, parent: str) -> bool:
    """Whether a person began a thread, wrote in it, or is mentioned in it."""
    messages = [log.messages[ts] for ts in (parent, *log.threads.get(parent, ())) if ts in log.messages]
    return any(one.body.get("user") == user.id or is_mentioned(one.body, user.id) for one in messages)


def is_mentioned(body: JSON, user: str) -> bool:
    """Whether a message's words, or those in its blocks, name a person."""
    return _names(body.get("text", ""), user) or _names(body.get("blocks", ()), user)


def _names(part: object, user: str) -> bool:
    if isinstance(part, str):
        return f"<@{user}" in part
    if isinstance(part, dict):
        named = part.get("type") == "user" and part.get("user_id") == user
        return named or any(_names(one, user) for one in part.values())
    return isinstance(part, (list, tuple)) and any(_names(one, user) for one in part)


def _after(log: ChannelLog, series: Iterable[str], user: User, read: int) -> Iterator[Message]:
    """What others wrote after a moment, the newest first."""
    for ts in reversed(list(series)):
        if ts_key(ts) <= read:
            return
        message = log.messages[ts]
        if message.body.get("user") != user.id and message.body.get("subtype") not in _SILENT:
            yield message
