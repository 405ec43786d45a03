"""The WebSocket of a page: it says where it is, and gets every region that differs from what it has."""

import asyncio
import contextlib
import json
import time
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web
from markupsafe import Markup

from bot.workspace.core import Core
from bot.workspace.page.listing import unread_everywhere
from bot.workspace.page.news import News
from bot.workspace.page.place import Place
from bot.workspace.page.regions import all_regions
from bot.workspace.page.sight import Sight, look
from bot.workspace.page.warming import count_unread
from bot.workspace.reading import unread, unread_thread

POLL_SECONDS: Final = 0.04
"""How often a page looks for changes: they come by the thousand, and an event for each would cost more than this."""

PING_SECONDS: Final = 15.0
LARGEST_FRAME: Final = 16 * 1024
"""Bytes that a page may say at once; a place is a few dozen. A larger frame closes the line."""

_MINUTE: Final = 60.0
_Stamp = tuple[float | int, ...]


class Live:
    """One page's connection."""

    def __init__(self, core: Core, place: Place) -> None:
        self._core = core
        self._place = place
        self._asked = place.search
        self._watching = {"room": True, "thread": True}
        self._news = {"room": News(), "thread": News()}
        self._sent: dict[str, Markup] = {}
        self._shown: tuple[object, ...] = ()
        self._moved = asyncio.Event()

    async def run(self, socket: web.WebSocketResponse) -> None:
        """Talk to the page until it goes. A failure to tell lets it go, so that it comes back, and is raised."""
        telling = asyncio.create_task(self._tell(socket), name="workspace-page")
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._hear(message.data)
        finally:
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await telling

    def _hear(self, text: str) -> None:
        """{place: a query} or {watching: {room, thread}}: whether each is visible and scrolled to its end."""
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            return
        if not isinstance(said, dict):
            return
        if isinstance(said.get("place"), str):
            self._asked = said["place"]
            self._place = Place.of(dict(parse_qsl(self._asked.removeprefix("?"))))
        if isinstance(said.get("watching"), dict):
            self._watching |= {name: said["watching"].get(name) is True for name in self._watching}
        self._moved.set()

    async def _tell(self, socket: web.WebSocketResponse) -> None:
        try:
            while not socket.closed:
                self._moved.clear()
                now = (self._place, tuple(self._watching.values()), stamp(self._core))
                if now != self._shown:
                    self._shown = now
                    started = time.monotonic()
                    await self._send(socket)
                    await asyncio.sleep(time.monotonic() - started)  # a storm of changes gets half of the loop at most
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._moved.wait()
        finally:
            await socket.close()

    async def _send(self, socket: web.WebSocketResponse) -> None:
        await count_unread(self._core, self._place)
        asked, sight = self._asked, self._look()
        regions = await all_regions(sight)
        fresh = {name: html for name, html in regions.items() if self._sent.get(name) != html}
        self._sent |= fresh
        facts = {"asked": asked, "place": sight.place.search, "title": title(sight), "now": sight.reader.now}
        await socket.send_json({"regions": fresh, **facts})

    def _look(self) -> Sight:
        sight = look(self._core, self._place)
        lines = {}
        for name, first in first_unread(sight).items():
            where = (sight.user.id, sight.room.id if sight.room else "", sight.place.thread if name == "thread" else "")
            lines[name] = self._news[name].line(where, first, watching=self._watching[name])
        return replace(sight, news=lines["room"], thread_news=lines["thread"])


def first_unread(sight: Sight) -> dict[str, str]:
    """The ts of the first unread message of the room, and of the open thread; empty for none."""
    if sight.room is None:
        return {"room": "", "thread": ""}
    state, thread = sight.core.state, sight.place.thread
    return {
        "room": unread(state, sight.user, sight.room).first,
        "thread": unread_thread(state, sight.user, sight.room, thread).first if thread else "",
    }


def stamp(core: Core) -> _Stamp:
    """What differs when a page may have to be shown anew: the state, the journal, faults, the companion, the minute."""
    return (
        core.state.version,
        core.journal.last_number,
        core.faults.version,
        core.companion.version,
        len(core.hub.connections),
        sum(one.silent for one in core.hub.connections),
        core.clock.now() // _MINUTE,
    )


def title(sight: Sight) -> str:
    """What the browser's tab says: how much is unread, where one is, and as whom."""
    count = unread_everywhere(sight)
    where = f"#{sight.room.name}" if sight.room and sight.room.name else sight.app_name
    return f"{f'({count}) ' if count else ''}{where} · {sight.user.real_name.partition(' ')[0] or sight.user.name}"


async def handle(core: Core, request: web.Request) -> web.WebSocketResponse:
    """Serve one page until it goes."""
    socket = web.WebSocketResponse(heartbeat=PING_SECONDS, compress=False, max_msg_size=LARGEST_FRAME)
    await socket.prepare(request)
    await Live(core, Place.of(request.query)).run(socket)
    return socket
