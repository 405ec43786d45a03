"""Socket Mode (docs: /apis/events-api/using-socket-mode): single-use addresses, up to ten connections, envelopes."""

import asyncio
import json
import secrets
import time
from collections import OrderedDict
from typing import Any, Final

from aiohttp import ClientConnectionError, WSMsgType, web

from bot.workspace.connection import AckTimeoutError, Connection, NoConnection, disconnect_frame, hello
from bot.workspace.models import JSON

MAX_CONNECTIONS: Final = 10
LIFE: Final = 3600
SHORT_LIFE: Final = 360
_REMEMBERED: Final = 1000
TICKET_LIFE: Final = 30.0
REASONS: Final = ("warning", "refresh_requested", "link_disabled")


class SocketHub:
    """The open connections; every envelope goes to one of them in turn."""

    def __init__(self) -> None:
        self.connections: list[Connection] = []
        self._tickets: dict[str, float] = {}
        self._numbers = 0
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._late: OrderedDict[str, tuple[float, JSON]] = OrderedDict()
        self._arrived = asyncio.Event()

    def new_ticket(self, *, short_lived: bool = False) -> str:
        """A ticket for one connection."""
        ticket = ("short-" if short_lived else "") + secrets.token_hex(16)
        now = time.monotonic()
        self._tickets = {one: since for one, since in self._tickets.items() if now - since < TICKET_LIFE}
        self._tickets[ticket] = now
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        since = self._tickets.pop(ticket, None)
        if since is None or time.monotonic() - since > TICKET_LIFE:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=403)
        ws = web.WebSocketResponse(autoping=False, max_msg_size=0)
        await ws.prepare(request)
        if len(self.connections) >= MAX_CONNECTIONS:
            await ws.send_str(disconnect_frame("too_many_websockets"))
            await ws.close()
            return ws
        self._numbers += 1
        connection = Connection(self._numbers, ws, request)
        self.connections.append(connection)
        life = SHORT_LIFE if ticket.startswith("short-") else LIFE
        await ws.send_str(hello(len(self.connections), request.query.get("app_id", ""), life))
        self._arrived.set()
        timer = asyncio.get_running_loop().call_later(life, lambda: asyncio.ensure_future(self.refresh(connection)))
        try:
            await self._read(connection)
        finally:
            timer.cancel()
            self._forget(connection)
        return ws

    async def _read(self, connection: Connection) -> None:
        async for message in connection.ws:
            if connection.silent:
                continue
            if message.type is WSMsgType.PING:
                await connection.ws.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._answered(message.data)

    def _answered(self, data: str) -> None:
        try:
            frame = json.loads(data)
        except ValueError:
            return
        envelope_id = frame.get("envelope_id") if isinstance(frame, dict) else None
        if not isinstance(envelope_id, str):
            return
        waiting = self._waiting.pop(envelope_id, None)
        if waiting and not waiting.done():
            waiting.set_result(frame.get("payload"))
        elif envelope_id in self._late:
            since, answer = self._late.pop(envelope_id)
            answer["late_ms"] = round((time.monotonic() - since) * 1000, 3)

    def _forget(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)

    async def deliver(self, envelope: JSON, timeout: float, answer: JSON) -> Any:  # noqa: ASYNC109 (Slack's own limit)
        """Send an envelope over one connection and return the payload of its acknowledgement.

        NoConnection when none is open, AckTimeoutError after `timeout` seconds; an acknowledgement that comes later is
        noted in `answer` as late_ms.
        """
        started = time.monotonic()
        envelope_id = envelope["envelope_id"]
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = future
        try:
            answer["connection"] = await self._send(json.dumps(envelope))
            async with asyncio.timeout(timeout):
                return await future
        except TimeoutError:
            self._late[envelope_id] = (started, answer)
            while len(self._late) > _REMEMBERED:
                self._late.popitem(last=False)
            raise AckTimeoutError from None
        finally:
            self._waiting.pop(envelope_id, None)

    async def _send(self, frame: str) -> int:
        while self.connections:
            self._turn = (self._turn + 1) % len(self.connections)
            connection = self.connections[self._turn]
            if connection.silent:
                return connection.number
            try:
                await connection.ws.send_str(frame)
            except (ClientConnectionError, ConnectionError, RuntimeError):
                self._forget(connection)
            else:
                return connection.number
        raise NoConnection

    # -- what an operator can do to the links -------------------------------------------------------------------------

    async def disconnect(self, reason: str, number: int | None = None) -> int:
        """Send a disconnect frame; `refresh_requested` and `link_disabled` close the link behind it."""
        chosen = self._chosen(number)
        for connection in chosen:
            await connection.ws.send_str(disconnect_frame(reason))
            if reason != "warning":
                self._forget(connection)
                asyncio.ensure_future(connection.ws.close())  # noqa: RUF006 (ends with the socket)
        return len(chosen)

    async def refresh(self, connection: Connection) -> None:
        """What Slack does when a connection's life is over."""
        await self.disconnect("refresh_requested", connection.number)

    def drop(self, number: int | None = None) -> int:
        """Cut links at TCP level; Slack learns of it as it would from a dead network: not at once."""
        chosen = self._chosen(number)
        for connection in chosen:
            connection.abort()
        return len(chosen)

    def silence(self, number: int | None = None, *, silent: bool = True) -> int:
        """Make links swallow everything while they look alive."""
        chosen = self._chosen(number)
        for connection in chosen:
            connection.silent = silent
        return len(chosen)

    async def wait_connected(self, timeout: float = 10.0) -> None:  # noqa: ASYNC109 (a test's deadline)
        """Wait until a connection is open; TimeoutError."""
        async with asyncio.timeout(timeout):
            while not self.connections:
                self._arrived.clear()
                await self._arrived.wait()

    async def close(self) -> None:
        """Close every link."""
        for connection in list(self.connections):
            self._forget(connection)
            if connection.silent:
                connection.abort()
            else:
                await connection.ws.close(code=1001, message=b"workspace stopped")

    def _chosen(self, number: int | None) -> list[Connection]:
        return [one for one in self.connections if number is None or one.number == number]
