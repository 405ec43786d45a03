"""One message as HTML, and the memory of those that did not change."""

import logging
import zlib
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any, Final
from weakref import WeakKeyDictionary

from markupsafe import Markup

from bot.workspace.models import JSON, Message, User
from bot.workspace.page.beside import drawn
from bot.workspace.page.faces import Face, face_of, organisation
from bot.workspace.page.html import message_html
from bot.workspace.page.html.words import text_html
from bot.workspace.page.lines import NOTICES, Line
from bot.workspace.page.moments import full_moment, machine_moment
from bot.workspace.page.pictures import Picture, attached
from bot.workspace.page.place import Place
from bot.workspace.page.sight import Sight
from bot.workspace.page.telling import told
from bot.workspace.page.templating import ENVIRONMENT, render
from bot.workspace.page.threads import Summary, summary
from bot.workspace.shapes import message_object
from bot.workspace.stamps import NAMES
from bot.workspace.state import State

KEPT: Final = 4000
"""How many rendered messages are remembered: sixty in each of eight rooms for eight people."""

_LOG: Final = logging.getLogger(__name__)
_DRAWN: Final = ("text", "blocks", "attachments")
_BROKEN: Final = Markup('<p class="broken">This message cannot be shown; the log says why.</p>')
_BROKEN_ROW: Final = Markup(
    '<article id="{}-{}" class="message message-notice" data-version="broken" data-ts="{}" tabindex="-1" '
    'aria-label="A message that cannot be shown"><div class="message-side"></div>'
    '<div class="message-words"><p class="broken">This message cannot be shown; the log says why.</p></div></article>'
)
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


async def message_line(sight: Sight, line: Line, where: str) -> Markup:
    """A message with its author and time; rendered once for everybody who sees it the same way.

    One that cannot be drawn is shown as such: it takes neither the others nor the page away.
    """
    found = summary(sight, line.message) if where == "message" else None
    memory = _memory.setdefault(sight.core.state, OrderedDict())
    key = (where, _stamp(sight, line.message), _reader(sight), line.is_grouped, found)
    html = memory.get(key)
    if html is None:
        html = memory[key] = await _fresh(sight, line, where, found)
    memory.move_to_end(key)
    while len(memory) > KEPT:
        memory.popitem(last=False)
    return html


def _stamp(sight: Sight, message: Message) -> tuple[object, ...]:
    stamps = sight.core.state.stamps
    parent = stamps.get(("message", f"{message.channel}/{message.thread_ts}"), 0) if message.thread_ts else 0
    return message.channel, message.ts, stamps.get(("message", f"{message.channel}/{message.ts}"), 0), parent


def _reader(sight: Sight) -> tuple[object, ...]:
    """What the same message may look different by: who reads it, on which day, and what everybody is called."""
    reader, named = sight.reader, sight.core.state.stamps.get(NAMES, 0)
    return sight.place.user, sight.place.room, reader.tz, reader.twelve_hours, reader.local(reader.now).date(), named


async def _fresh(sight: Sight, line: Line, where: str, found: Summary | None) -> Markup:
    try:
        return await _row(sight, line, where, found)
    except Exception as problem:  # noqa: BLE001 (one message that we cannot draw must not take the page away)
        _note(problem, line.message)
        return _BROKEN_ROW.format(where, line.message.ts, line.message.ts)


async def _row(sight: Sight, line: Line, where: str, found: Summary | None) -> Markup:
    body = message_object(sight.core.state, line.message)
    shown = _shown(sight, line, where, found, body)
    shown = replace(shown, content=await _content(sight, line.message, body, where))
    html = render("rooms/message.html", sight=sight, shown=shown)
    version = f"{zlib.crc32(html.encode('utf-8', 'replace')):08x}"
    return Markup(html.replace("data-version", f'data-version="{version}"', 1))  # noqa: S704 (hexadecimal digits in rendered HTML)


def _note(problem: Exception, message: Message) -> None:
    """Into the log, without the exception's words: they can be those of a client."""
    extra = {"channel": message.channel, "ts": message.ts}
    _LOG.error("a message cannot be shown: %s", told(problem), extra=extra)


def _shown(sight: Sight, line: Line, where: str, found: Summary | None, body: JSON) -> Shown:
    message, state = line.message, sight.core.state
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
        content=Markup(),
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


async def _content(sight: Sight, message: Message, body: JSON, where: str) -> Markup:
    if body.get("subtype") in NOTICES:
        return text_html(body.get("text", ""), sight.reader)

    def draw(given: Any) -> Markup:
        return message_html(given[0], reader, prefix=prefix, values=given[1])

    prefix, reader = f"{where}-{message.ts}", sight.reader
    said = {name: body.get(name) for name in _DRAWN}
    try:
        return await drawn(draw, (said, message.chosen.get(sight.user.id)), reader)
    except Exception as problem:  # noqa: BLE001 (its author, time and files are shown all the same)
        _note(problem, message)
        return _BROKEN


def _parent_words(sight: Sight, message: Message) -> str:
    """The beginning of the message that a reply, shown in the room as well, answers to."""
    parent = sight.core.state.logs[message.channel].messages.get(message.thread_ts) if message.thread_ts else None
    return str(parent.body.get("text") or "a message") if parent else ""


def _thread_search(ts: str, sight: Sight) -> str:
    return Place(sight.place.user, sight.place.room, ts).search


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:] if words.startswith(("Today", "Yesterday")) else words


ENVIRONMENT.globals["notices"] = NOTICES
ENVIRONMENT.filters |= {
    "full_moment": full_moment,
    "machine_moment": machine_moment,
    "thread_search": _thread_search,
    "lower_first": _lower_first,
}
