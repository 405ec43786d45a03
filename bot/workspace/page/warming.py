"""What would hold the loop is done before it is needed: in a thread, or a little at a time."""

import asyncio
from itertools import chain
from typing import Final

from aiohttp import web

from bot.workspace.core import Core
from bot.workspace.page.place import Place
from bot.workspace.page.sight import look
from bot.workspace.page.templating import ENVIRONMENT
from bot.workspace.reading import look_through

AT_ONCE: Final = 50
"""So many messages or threads are looked through before others get their turn."""


async def compile_templates(_app: web.Application) -> None:
    """Make every template ready, so that the first page does not wait for each of them."""
    await asyncio.to_thread(_compile)


def _compile() -> None:
    for name in ENVIRONMENT.list_templates():
        ENVIRONMENT.get_template(name)


async def count_unread(core: Core, place: Place) -> None:
    """Look through what waits for a person in all their rooms; `reading.unread` then only adds up."""
    user = look(core, place).user
    rooms = [room for room in core.state.channels.values() if user.id in room.members]
    for number, _ in enumerate(chain.from_iterable(look_through(core.state, user, room) for room in rooms), 1):
        if number % AT_ONCE == 0:
            await asyncio.sleep(0)
