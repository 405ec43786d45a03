"""Slack's message events and the message shortcut → what a person wrote, changed or deleted.

Events come from Socket Mode, HTTP or the history of a channel; the same message gives the same value each way.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.incoming import Attachment, ChannelMessage, IncomingMessage, Source
from bot.domain.storable import storable
from bot.intake.slack_text import plain_words

WRITTEN_BY_PEOPLE = frozenset({None, "", "file_share", "thread_broadcast", "me_message"})
"""Subtypes in which a person says something; all others are Slack's or a bot's (docs: /reference/events/message)."""

GONE_FILES = frozenset({"tombstone", "hidden_by_limit"})

Names = Mapping[str, str]

_TS = re.compile(r"([0-9]{1,11})(?:\.([0-9]{1,6}))?")


@dataclass(frozen=True, slots=True)
class Edited:
    """A message has new words. `ts` is the message's own, `at` when it was changed."""

    channel: str
    ts: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message was deleted. `ts` is the message's own."""

    channel: str
    ts: str
    at: datetime


def read_message(
    event: Mapping[str, Any], *, channel: str | None = None, names: Names | None = None
) -> ChannelMessage | None:
    """Return what a person said, None when no person did (a bot, a join, an edit) or when it cannot be placed.

    `channel` is for messages from a channel's history, which do not name it.
    """
    user, ts, place = event.get("user"), event.get("ts"), event.get("channel") or channel
    spoken = event.get("subtype") in WRITTEN_BY_PEOPLE and not event.get("bot_id") and not event.get("hidden")
    if not spoken or not user or not ts or not place:
        return None
    at = instant(ts)
    if at is None:
        return None
    thread = event.get("thread_ts")
    return ChannelMessage(
        channel=str(place),
        ts=str(ts),
        text=_words_of(event, names),
        user=str(user),
        at=at,
        team=_team_of(event),
        name=_name_of(event, names),
        thread=str(thread) if thread and thread != ts else None,
        attachments=_files_of(event),
    )


def read_change(event: Mapping[str, Any], *, names: Names | None = None) -> Edited | Deleted | None:
    """Return what became of an earlier message, None when its words stayed the same (a link was unfolded).

    A deleted message that has answers arrives as changed into a tombstone.
    """
    channel, subtype = event.get("channel"), event.get("subtype")
    message = event.get("message") or {}
    ts = event.get("deleted_ts") or (event.get("previous_message") or {}).get("ts") or message.get("ts")
    at = instant((message.get("edited") or {}).get("ts") or event.get("event_ts") or event.get("ts") or ts)
    if not channel or not ts or at is None or subtype not in {"message_changed", "message_deleted"}:
        return None
    if subtype == "message_deleted" or message.get("subtype") == "tombstone":
        return Deleted(str(channel), str(ts), at)
    before = event.get("previous_message")
    words = _words_of(message, names)
    if message.get("bot_id") or (before is not None and words == _words_of(before, names)):
        return None
    return Edited(str(channel), str(ts), words, at)


def read_message_shortcut(payload: Mapping[str, Any], *, names: Names | None = None) -> IncomingMessage | None:
    """Return the message on which a member chose "Make this a client request"; None when it cannot be placed.

    Whoever wrote it counts, a bot too (a mail that another app posted). Its identity is that of the message, so the
    shortcut on the same message finds the same request.
    """
    message, channel = payload.get("message") or {}, (payload.get("channel") or {}).get("id")
    ts, taken_by = message.get("ts"), (payload.get("user") or {}).get("id")
    at = instant(ts)
    if not channel or not taken_by or at is None:
        return None
    return IncomingMessage(
        source=Source.SHORTCUT,
        identity=f"{channel}:{ts}",
        text=_words_of(message, names),
        at=at,
        sender_name=_name_of(message, names) or _bot_name_of(message),
        sender_user=str(message["user"]) if message.get("user") and not message.get("bot_id") else None,
        sender_team=_team_of(message),
        channel=str(channel),
        ts=str(ts),
        thread=str(message.get("thread_ts") or ts),
        attachments=_files_of(message),
        taken_by=str(taken_by),
    )


def instant(ts: object) -> datetime | None:
    """Return the instant of a Slack timestamp such as `1732200000.000100`, to the microsecond; None if it is none."""
    match = _TS.fullmatch(str(ts or ""))
    if match is None:
        return None
    return datetime.fromtimestamp(int(match[1]), UTC) + timedelta(microseconds=int(f"{match[2] or '':0<6}"))


def _words_of(message: Mapping[str, Any], names: Names | None) -> str:
    parts = [plain_words(str(message.get("text") or ""), names)]
    for shared in _list(message.get("attachments")):
        if shared.get("is_share") or shared.get("is_msg_unfurl"):
            words = plain_words(str(shared.get("text") or shared.get("fallback") or ""), names)
            by = storable(str(shared.get("author_name") or ""))
            quoted = "\n".join(f"> {line}" for line in words.splitlines())
            parts.append(f"{by}:\n{quoted}" if by else quoted)
    return "\n\n".join(part for part in parts if part)


def _team_of(message: Mapping[str, Any]) -> str | None:
    team = message.get("user_team") or message.get("source_team") or message.get("team")
    return str(team) if team else None


def _name_of(message: Mapping[str, Any], names: Names | None) -> str:
    profile = message.get("user_profile") or {}
    found = (names or {}).get(str(message.get("user"))) or profile.get("real_name") or profile.get("display_name")
    return storable(str(found or ""))


def _bot_name_of(message: Mapping[str, Any]) -> str:
    return storable(str(message.get("username") or (message.get("bot_profile") or {}).get("name") or ""))


def _files_of(message: Mapping[str, Any]) -> tuple[Attachment, ...]:
    return tuple(read_file(each) for each in _list(message.get("files")))


def read_file(found: Mapping[str, Any]) -> Attachment:
    """Return a file as we keep it: by reference."""
    name = "(a removed file)" if found.get("mode") in GONE_FILES else found.get("name") or found.get("title") or "file"
    url, size = found.get("permalink") or found.get("url_private"), found.get("size")
    return Attachment(
        name=storable(str(name)),
        type=str(found.get("mimetype") or ""),
        url=str(url) if url else None,
        id=str(found["id"]) if found.get("id") else None,
        size=size if isinstance(size, int) else None,
    )


def _list(value: object) -> Sequence[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
