"""What each person has read, and what that leaves unread. Slack keeps this for its clients; the app sees none of it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.workspace.channel_log import ChannelLog, ts_key
from bot.workspace.mentions import mentioned
from bot.workspace.models import Channel, Mark, Message, User, mark_key
from bot.workspace.remembering import Memory
from bot.workspace.state import State

_SILENT: Final = frozenset(
    {"tombstone", "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name"}
)
"""Subtypes that announce a change and ask nobody to read them."""


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


@dataclass(frozen=True)
class UnreadThread:
    """Of one thread that a person takes part in: replies of others, and the ts of the first of them.

    `apart` are those that do not stand in the room as well, `mentions` how many of these name the person, and
    `first_apart` is the ts of the first of these.
    """

    replies: int = 0
    first: str = ""
    apart: int = 0
    first_apart: str = ""
    mentions: int = 0


_ROOMS: Final[Memory[tuple[str, str], Unread]] = Memory()
_THREADS: Final[Memory[tuple[str, str, str], UnreadThread]] = Memory()
_NOTHING: Final = UnreadThread()


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
    found = state.marks.get(mark_key(user.id, channel.id, thread_ts))
    return ts_key(found.ts) if found else 0


def unread(state: State, user: User, channel: Channel) -> Unread:
    """What a person has not read in a room and its threads; worked out once until something changes there."""
    stamps = state.stamps.of_talk(channel.id), state.stamps.of_reading(user.id, channel.id)
    return _ROOMS.answer(state, (user.id, channel.id), stamps, lambda: _unread(state, user, channel))


def unread_thread(state: State, user: User, channel: Channel, parent: str) -> UnreadThread:
    """What a person has not read in a thread, nothing where they take no part; worked out once until it changes."""
    key, read = (user.id, channel.id, parent), read_up_to(state, user, channel, parent)
    stamps = state.stamps.of_thread(channel.id, parent), read
    return _THREADS.answer(state, key, stamps, lambda: _unread_thread(state, user, channel, parent, read))


def look_through(state: State, user: User, channel: Channel) -> Iterator[None]:
    """Work out bit by bit what `unread` adds up, the first time that a person's room is looked at."""
    if _ROOMS.knows(state, (user.id, channel.id)):
        return
    log = state.log_of(channel)
    for message in list(log.messages.values()):
        mentioned(state, message)
        yield
    for parent in list(log.threads):
        unread_thread(state, user, channel, parent)
        yield


def takes_part(state: State, user: User, channel: Channel, parent: str) -> bool:
    """Whether a person began a thread, wrote in it, or is mentioned in it."""
    log = state.log_of(channel)
    messages = (log.messages[ts] for ts in (parent, *log.threads.get(parent, ())) if ts in log.messages)
    return any(one.body.get("user") == user.id or user.id in mentioned(state, one) for one in messages)


def _unread(state: State, user: User, channel: Channel) -> Unread:
    log = state.log_of(channel)
    roots = list(_after(log, log.roots, user, read_up_to(state, user, channel)))
    threads = {parent: unread_thread(state, user, channel, parent) for parent in log.threads}
    waiting = {parent: one for parent, one in threads.items() if one.apart}
    in_roots = sum(user.id in mentioned(state, one) for one in roots)
    in_replies = sum(one.mentions for one in waiting.values())
    return Unread(
        messages=len(roots),
        replies=sum(one.apart for one in waiting.values()),
        mentions=in_roots + in_replies,
        reply_mentions=in_replies,
        first=roots[-1].ts if roots else "",
        thread=min(waiting, key=lambda parent: ts_key(waiting[parent].first_apart), default=""),
    )


def _unread_thread(state: State, user: User, channel: Channel, parent: str, read: int) -> UnreadThread:
    log = state.log_of(channel)
    found = list(_after(log, log.threads.get(parent, ()), user, read))
    if not found or not takes_part(state, user, channel, parent):
        return _NOTHING
    apart = [one for one in found if one.body.get("subtype") != "thread_broadcast"]  # those count as messages
    return UnreadThread(
        replies=len(found),
        first=found[-1].ts,
        apart=len(apart),
        first_apart=apart[-1].ts if apart else "",
        mentions=sum(user.id in mentioned(state, one) for one in apart),
    )


def _after(log: ChannelLog, series: Sequence[str], user: User, read: int) -> Iterator[Message]:
    """What others wrote after a moment, the newest first."""
    for ts in islice(reversed(series), len(series) - bisect_right(series, read, key=ts_key)):
        message = log.messages[ts]
        if message.body.get("user") != user.id and message.body.get("subtype") not in _SILENT:
            yield message
