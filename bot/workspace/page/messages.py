"""One message as HTML, and the memory of those that did not change."""

import logging
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from weakref import WeakKeyDictionary

from markupsafe import Markup

from bot.workspace.models import JSON, Message, User
from bot.workspace.page.faces import Face, face_of, organisation
from bot.workspace.page.html import message_html
from bot.workspace.page.html.words import text_html
from bot.workspace.page.lines import NOTICES, Line
from bot.workspace.page.pictures import Picture, attached
from bot.workspace.page.place import Place
from bot.workspace.page.sight import Sight
from bot.workspace.page.templating import ENVIRONMENT, render
from bot.workspace.page.threads import Summary, summary
from bot.workspace.render import Reader
from bot.workspace.shapes import message_object
from bot.workspace.state import State

KEPT: Final = 4000
"""How many rendered messages are remembered: sixty in each of eight rooms for eight people."""

_LOG: Final = logging.getLogger(__name__)
_BROKEN: Final = Markup('<p class="broken">This message cannot be shown; the log says why.</p>')
_memory: WeakKeyDictionary[State, OrderedDict[tuple[Any, ...], Markup]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Shown:
    """What the template needs to know; `where` is "message" in a room and "reply" in a thread, and begins its ids."""

    where: str
    message: Message
    body: JSON
    user: User | None
    name: str
    face: Face
    badges: tuple[str, ...]
    content: Markup
    files: tuple[Picture, ...]
    summary: Summary | None
    is_grouped: bool
    parent: str


def message_line(sight: Sight, line: Line, where: str) -> Markup:
    """A message with its author and time; rendered once for everybody who sees it the same way."""
    found = summary(sight, line.message) if where == "message" else None
    memory = _memory.setdefault(sight.core.state, OrderedDict())
    key = (where, _stamp(sight, line.message), _reader(sight), line.is_grouped, found)
    html = memory.get(key)
    if html is None:
        html = memory[key] = _fresh(sight, line, where, found)
        if len(memory) > KEPT:
            memory.popitem(last=False)
    memory.move_to_end(key)
    return html


def _stamp(sight: Sight, message: Message) -> tuple[object, ...]:
    stamps = sight.core.state.stamps
    parent = stamps.get(("message", f"{message.channel}/{message.thread_ts}"), 0) if message.thread_ts else 0
    return message.channel, message.ts, stamps.get(("message", f"{message.channel}/{message.ts}"), 0), parent


def _reader(sight: Sight) -> tuple[object, ...]:
    """What the same message may look different by: who reads it, on which day, and what everybody is called."""
    reader, stamps = sight.reader, sight.core.state.stamps
    named = sum(stamps.get(("user", one), 0) for one in reader.people)
    named += sum(stamps.get(("channel", one), 0) for one in reader.channels)
    return sight.place.user, sight.place.room, reader.tz, reader.twelve_hours, reader.local(reader.now).date(), named


def _fresh(sight: Sight, line: Line, where: str, found: Summary | None) -> Markup:
    html = render("rooms/message.html", sight=sight, shown=_shown(sight, line, where, found))
    version = f"{zlib.crc32(html.encode()):08x}"
    return Markup(html.replace("data-version", f'data-version="{version}"', 1))  # noqa: S704 (hexadecimal digits in rendered HTML)


def _shown(sight: Sight, line: Line, where: str, found: Summary | None) -> Shown:
    message, state = line.message, sight.core.state
    body = message_object(state, message)
    user = state.users.get(body.get("user", ""))
    name = body.get("username") or (user.real_name or user.name if user else body.get("user", ""))
    return Shown(
        where=where,
        message=message,
        body=body,
        user=user,
        name=name,
        face=face_of(sight, None if body.get("username") else user, name),
        badges=_badges(sight, body, user),
        content=_content(sight, message, body, where),
        files=attached(sight, body),
        summary=found,
        is_grouped=line.is_grouped,
        parent=_parent_words(sight, message) if where == "message" else "",
    )


def _badges(sight: Sight, body: JSON, user: User | None) -> tuple[str, ...]:
    """What stands beside a name: that it is an app, a guest, or of which other organisation."""
    found = ["APP"] if body.get("bot_id") else []
    if user and user.team != sight.user.team:
        found.append(organisation(sight, user.team))
    return (*found, "Guest") if user and user.is_restricted else tuple(found)


def _content(sight: Sight, message: Message, body: JSON, where: str) -> Markup:
    if body.get("subtype") in NOTICES:
        return text_html(body.get("text", ""), sight.reader)
    prefix = f"{where}-{message.ts}"
    try:
        return message_html(body, sight.reader, prefix=prefix, values=message.chosen.get(sight.user.id))
    except Exception:  # noqa: BLE001 (one payload that we cannot draw must not take the page away)
        _LOG.exception("a message cannot be shown", extra={"channel": message.channel, "ts": message.ts})
        return _BROKEN


def _parent_words(sight: Sight, message: Message) -> str:
    """The beginning of the message that a reply, shown in the room as well, answers to."""
    parent = sight.core.state.logs[message.channel].messages.get(message.thread_ts) if message.thread_ts else None
    return str(parent.body.get("text") or "a message") if parent else ""


def _full_moment(instant: float, reader: Reader) -> str:
    """A day and time in full: Monday, 23 November 2026 at 14:15."""
    moment = reader.local(instant)
    return f"{moment:%A}, {moment.day} {moment:%B %Y} at {reader.clock(instant)}"


def _machine_moment(instant: float) -> str:
    return datetime.fromtimestamp(instant, UTC).isoformat(timespec="seconds")


def _thread_search(ts: str, sight: Sight) -> str:
    return Place(sight.place.user, sight.place.room, ts).search


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:] if words.startswith(("Today", "Yesterday")) else words


ENVIRONMENT.globals["notices"] = NOTICES
ENVIRONMENT.filters |= {
    "full_moment": _full_moment,
    "machine_moment": _machine_moment,
    "thread_search": _thread_search,
    "lower_first": _lower_first,
}
