"""Channels: the bar above, the list of them, the messages of one, and a thread beside it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.workspace.channel_log import ts_key
from bot.workspace.models import Message
from bot.workspace.page.faces import everybody, members, organisation, person_of
from bot.workspace.page.lines import Line, lines, seen_replies, seen_roots
from bot.workspace.page.listing import sections, shared_with
from bot.workspace.page.messages import message_line
from bot.workspace.page.place import MOST_SHOWN, SHOWN
from bot.workspace.page.sight import Sight
from bot.workspace.page.templating import render
from bot.workspace.reading import read_up_to


@dataclass(frozen=True)
class Row:
    """A message's HTML, and what stands above it."""

    html: Markup
    day: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Rows:
    """A list of messages; `newest` is the ts of the last one, `is_read` whether the person has read up to it."""

    rows: tuple[Row, ...]
    newest: str
    is_read: bool


async def top(sight: Sight) -> Markup:
    """The bar above: as whom one acts, and what opens the panels."""
    return render("rooms/top.html", sight=sight, me=person_of(sight, sight.user), everybody=everybody(sight))


async def sidebar(sight: Sight) -> Markup:
    """Where the person can go."""
    name = organisation(sight, sight.user.team)
    return render("rooms/sidebar.html", sight=sight, name=name, sections=sections(sight))


async def messages(sight: Sight) -> Markup:
    """The messages of the room, with its header above and the composer below."""
    if sight.room is None:
        return Markup()
    seen = seen_roots(sight.core.state.log_of(sight.room), sight.user)
    shown = seen[-sight.place.shown :]
    more = len(seen) > len(shown) and sight.place.shown < MOST_SHOWN
    earlier = replace(sight.place, shown=sight.place.shown + SHOWN).search if more else ""
    rows = await _rows(sight, shown, "message", sight.news)
    shared = shared_with(sight, sight.room)
    people = members(sight)
    return render(
        "rooms/messages.html",
        sight=sight,
        list=rows,
        earlier=earlier,
        count=len(seen),
        shared=shared,
        members=people,
    )


async def thread(sight: Sight) -> Markup:
    """The open thread; nothing when its parent is not there, or not for this person."""
    ts = sight.place.thread
    log = sight.core.state.log_of(sight.room) if sight.room and ts else None
    parent = log.messages.get(ts) if log else None
    if log is None or parent is None or parent.audience or parent.thread_ts:
        return Markup()
    replies = seen_replies(log, sight.user, ts)
    first = await message_line(sight, Line(parent), "reply")
    rows = await _rows(sight, replies[-MOST_SHOWN:], "reply", sight.thread_news, parent)
    closed = replace(sight.place, thread="").search
    return render("rooms/thread.html", sight=sight, parent=first, list=rows, count=len(replies), closed=closed)


async def _rows(sight: Sight, shown: Sequence[Message], where: str, news: str, parent: Message | None = None) -> Rows:
    """The loop gets its turn after each message, because a long one takes its time the first time it is drawn."""
    rows = []
    for line in lines(sight, shown, news, parent):
        rows.append(Row(await message_line(sight, line, where), line.day, line.is_new))
        await asyncio.sleep(0)
    newest = next((one.ts for one in reversed(shown) if not one.audience), "")
    return Rows(tuple(rows), newest, not newest or _is_read(sight, newest, parent))


def _is_read(sight: Sight, newest: str, parent: Message | None) -> bool:
    if sight.room is None:
        return True
    return read_up_to(sight.core.state, sight.user, sight.room, parent.ts if parent else "") >= ts_key(newest)
