"""Channels: the list of them, the messages of one, and a thread beside it."""

import asyncio

from markupsafe import Markup

from bot.workspace.page.sight import Sight, people, rooms_of
from bot.workspace.page.templating import render


async def sidebar(sight: Sight) -> Markup:
    """Where the person can go."""
    return render("rooms/sidebar.html", sight=sight, rooms=rooms_of(sight.core, sight.user), people=people(sight.core))


async def messages(sight: Sight) -> Markup:
    """The messages of the room."""
    if sight.room is None:
        return Markup()
    shown = []
    log = sight.core.state.logs[sight.room.id]
    for ts in log.roots:
        shown.append(log.messages[ts])
        await asyncio.sleep(0)
    return render("rooms/messages.html", sight=sight, messages=shown)


async def thread(_sight: Sight) -> Markup:
    """The open thread."""
    return Markup()
