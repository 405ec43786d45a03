"""The WebSocket of a page: it says where it is, and gets every region that differs from what it has."""

import asyncio
import contextlib
import json
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web
from markupsafe import Markup

from bot.workspace.core import Core
from bot.workspace.page.place import Place
from bot.workspace.page.regions import all_regions
from bot.workspace.page.sight import Sight, look

POLL_SECONDS: Final = 0.04
"""How often a page looks for changes: they come by the thousand, and an event for each would cost more than this."""

PING_SECONDS: Final = 15.0
_MINUTE: Final = 60.0
_Stamp = tuple[float | int, ...]


class Live:
    """One page's connection."""

    def __init__(self, core: Core, place: Place) -> None:
        self._core = core
        self._place = place
        self._sent: dict[str, Markup] = {}
        self._shown: tuple[Place, _Stamp] | None = None
        self._moved = asyncio.Event()

    async def run(self, socket: web.WebSocketResponse) -> None:
        """Talk to the page until it goes."""
        telling = asyncio.create_task(self._tell(socket), name="workspace-page")
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._hear(json.loads(message.data))
        finally:
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await telling

    def _hear(self, said: Any) -> None:
        if isinstance(said, dict) and isinstance(said.get("place"), str):
            self._place = Place.of(dict(parse_qsl(said["place"].removeprefix("?"))))
            self._moved.set()

    async def _tell(self, socket: web.WebSocketResponse) -> None:
        while not socket.closed:
            now = (self._place, stamp(self._core))
            if now != self._shown:
                self._shown = now
                await self._send(socket, look(self._core, self._place))
            self._moved.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._moved.wait()

    async def _send(self, socket: web.WebSocketResponse, sight: Sight) -> None:
        regions = await all_regions(sight)
        fresh = {name: html for name, html in regions.items() if self._sent.get(name) != html}
        self._sent |= fresh
        message = {"regions": fresh, "place": sight.place.search, "title": title(sight), "now": sight.reader.now}
        await socket.send_json(message)


def stamp(core: Core) -> _Stamp:
    """What differs when a page may have to be shown anew: the state, refusals, faults, the companion, the minute."""
    return (
        core.state.version,
        core.journal.refusal_count,
        core.faults.version,
        core.companion.version,
        len(core.hub.connections),
        core.clock.now() // _MINUTE,
    )


def title(sight: Sight) -> str:
    """What the browser's tab says."""
    where = f"#{sight.room.name}" if sight.room and sight.room.name else sight.app_name
    return f"{where} · {sight.user.real_name}"


async def handle(core: Core, request: web.Request) -> web.WebSocketResponse:
    """Serve one page until it goes."""
    socket = web.WebSocketResponse(heartbeat=PING_SECONDS)
    await socket.prepare(request)
    await Live(core, Place.of(request.query)).run(socket)
    return socket
