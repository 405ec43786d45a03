"""A list of messages in order, with what stands between them: days, "New", and who wrote several in a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.workspace.channel_log import ChannelLog
from bot.workspace.models import Message, User
from bot.workspace.page.sight import Sight
from bot.workspace.render.dates import day_of

GROUP_SECONDS: Final = 300
"""Messages of one author stand under one name when at most this lies between them, as in Slack's client."""

NOTICES: Final = frozenset(
    {"channel_join", "channel_leave", "channel_name", "channel_topic", "channel_purpose", "channel_archive"}
    | {"channel_unarchive", "group_join", "group_leave", "group_name", "group_archive", "group_unarchive"}
)
"""Subtypes that tell what became of the channel, in one quiet line."""


@dataclass(frozen=True)
class Line:
    """One message and its neighbourhood: `day` above it when a day begins, `is_new` when "New" stands above it."""

    message: Message
    day: str = ""
    is_new: bool = False
    is_grouped: bool = False


def seen_roots(log: ChannelLog, user: User) -> list[Message]:
    """What one person sees in a room, oldest first: messages, and what is for their eyes only."""
    whispers = [one for one in log.ephemerals(user.id) if one.thread_ts not in log.messages]
    return _in_order([log.messages[ts] for ts in log.roots], whispers)


def seen_replies(log: ChannelLog, user: User, parent: str) -> list[Message]:
    """What one person sees in a thread, oldest first, without the parent."""
    whispers = [one for one in log.ephemerals(user.id) if one.thread_ts == parent]
    return _in_order([log.messages[ts] for ts in log.threads.get(parent, ())], whispers)


def lines(sight: Sight, messages: Sequence[Message], news: str, before: Message | None = None) -> Iterator[Line]:
    """The messages with what stands between them; `news` is the ts above which "New" stands.

    `before` is what stands above the first one, such as the parent of a thread.
    """
    for position, message in enumerate(messages):
        day = day_of(float(message.ts), sight.reader)
        begins = before is None or day_of(float(before.ts), sight.reader) != day
        is_new = message.ts == news
        grouped = position > 0 and before is not None and not (begins or is_new) and _go_together(before, message)
        yield Line(message, day if begins else "", is_new, grouped)
        before = message


def author(message: Message) -> str:
    """Who wrote a message: a user, or the name of an integration."""
    return str(message.body.get("username") or message.body.get("user", ""))


def _go_together(one: Message, other: Message) -> bool:
    plain = not any(_stands_alone(message) for message in (one, other))
    alike = author(one) == author(other) and one.audience == other.audience
    return plain and alike and float(other.ts) - float(one.ts) <= GROUP_SECONDS


def _stands_alone(message: Message) -> bool:
    """A message of an app with blocks is read, and pressed, as one thing; a notice is nobody's words."""
    body = message.body
    return body.get("subtype", "bot_message") != "bot_message" or bool(body.get("bot_id") and body.get("blocks"))


def _in_order(messages: list[Message], whispers: list[Message]) -> list[Message]:
    return sorted([*messages, *whispers], key=lambda one: float(one.ts)) if whispers else messages
