"""What each person has read, and what that leaves unread. Slack keeps this for its clients; the app sees none of it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

from bot.workspace.channel_log import ChannelLog, ts_key
from bot.workspace.models import Channel, Mark, Message, User, mark_key
from bot.workspace.state import State

_SILENT: Final = frozenset(
    {"tombstone", "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name"}
)
"""Subtypes that announce a change and ask nobody to read them."""

_MENTION: Final = re.compile(r"<@(\w+)")
_REMEMBERED: Final = 100_000
"""So many answers of each kind are kept; beyond that they are worked out anew."""


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


@dataclass
class _Memory:
    """What was worked out before, each with the stamps that it holds for."""

    named: dict[tuple[str, str], tuple[int, frozenset[str]]] = field(default_factory=dict)
    threads: dict[tuple[str, str, str], tuple[int, int, UnreadThread]] = field(default_factory=dict)
    rooms: dict[tuple[str, str], tuple[int, int, Unread]] = field(default_factory=dict)


_memories: Final[WeakKeyDictionary[State, _Memory]] = WeakKeyDictionary()
_NOTHING: Final = UnreadThread()
_Key = TypeVar("_Key")
_Found = TypeVar("_Found")


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
    known, key = _memory(state).rooms, (user.id, channel.id)
    said, read = state.stamps.of_talk(channel.id), state.stamps.of_reading(user.id, channel.id)
    found = known.get(key)
    if found is None or found[:2] != (said, read):
        found = _kept(known, key, (said, read, _unread(state, user, channel)))
    return found[2]


def unread_thread(state: State, user: User, channel: Channel, parent: str) -> UnreadThread:
    """What a person has not read in a thread, nothing where they take no part; worked out once until it changes."""
    known, key = _memory(state).threads, (user.id, channel.id, parent)
    said, read = state.stamps.of_thread(channel.id, parent), read_up_to(state, user, channel, parent)
    found = known.get(key)
    if found is None or found[:2] != (said, read):
        found = _kept(known, key, (said, read, _unread_thread(state, user, channel, parent, read)))
    return found[2]


def look_through(state: State, user: User, channel: Channel) -> Iterator[None]:
    """Work out bit by bit what `unread` adds up, the first time that a person's room is looked at."""
    if (user.id, channel.id) in _memory(state).rooms:
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


def mentioned(state: State, message: Message) -> frozenset[str]:
    """The ids of whom a message's words, or those in its blocks, name; looked for once in each version of it."""
    known, key = _memory(state).named, (message.channel, message.ts)
    stamp = state.stamps.get(("message", f"{message.channel}/{message.ts}"), 0)
    found = known.get(key)
    if found is None or found[0] != stamp:
        body = message.body
        found = _kept(known, key, (stamp, _names([body.get("text"), body.get("blocks"), body.get("attachments")])))
    return found[1]


def _memory(state: State) -> _Memory:
    return _memories.setdefault(state, _Memory())


def _kept(known: dict[_Key, _Found], key: _Key, found: _Found) -> _Found:
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = found
    return found


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


def _names(*parts: object) -> frozenset[str]:
    """Without recursion: a message may hold ten thousand elements, as deep as somebody cared to nest them."""
    found: set[str] = set()
    left = list(parts)
    while left:
        part = left.pop()
        if isinstance(part, str):
            found.update(_MENTION.findall(part) if "<@" in part else ())
        elif isinstance(part, dict):
            if part.get("type") == "user" and isinstance(part.get("user_id"), str):
                found.add(part["user_id"])
            left.extend(part.values())
        elif isinstance(part, list):
            left.extend(part)
    return frozenset(found)


def _after(log: ChannelLog, series: Sequence[str], user: User, read: int) -> Iterator[Message]:
    """What others wrote after a moment, the newest first."""
    for ts in islice(reversed(series), len(series) - bisect_right(series, read, key=ts_key)):
        message = log.messages[ts]
        if message.body.get("user") != user.id and message.body.get("subtype") not in _SILENT:
            yield message
