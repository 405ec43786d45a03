"""A client's own system: sends signed webhooks, takes signed replies, and can have a bad day."""

import asyncio
import json
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

import aiohttp
from aiohttp import web
from standardwebhooks import Webhook

SECRET = "whsec_" + "Y" * 32


@dataclass
class ClientSystem:
    """Listens for replies. `behave` is what it does with the next calls: ok, slow, hang, hang_after, lost_answer, busy.

    `taken` are the replies that it really took in, in order; a call that hung or was refused was not.
    """

    behave: str = "ok"
    taken: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    url: str = ""
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/replies", self._take)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/replies"
        return self

    async def __aexit__(self, *_failure: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def host(self) -> str:
        """What WEBHOOK_CALLBACK_HOSTS must list."""
        return self.url.removeprefix("http://").removesuffix("/replies")

    def times(self, words: str) -> int:
        """Count how often a reply with these words arrived."""
        return sum(words in reply["data"]["text"] for reply in self.taken)

    def doubled(self) -> list[str]:
        """Return the ids of what arrived more than once."""
        return [ident for ident, count in Counter(reply["id"] for reply in self.taken).items() if count > 1]

    async def _take(self, request: web.Request) -> web.Response:
        body, how = await request.text(), self.behave
        Webhook(SECRET).verify(body, dict(request.headers))
        ident = request.headers["webhook-id"]
        self.calls.append(ident)
        if how == "hang":
            await asyncio.sleep(60)
        if how == "busy":
            return web.Response(status=503, headers={"Retry-After": "1"})
        self.taken.append({**json.loads(body), "id": ident})
        while how == "slow" and self.behave == "slow":
            await asyncio.sleep(0.05)
        if how == "hang_after":
            await asyncio.sleep(60)
        if how == "lost_answer" and request.transport is not None:
            request.transport.abort()
        return web.Response(status=204)

    async def ask(
        self, fleet_url: str, text: str, *, client: str = "Orbit Travel", ident: str = "", **facts: Any
    ) -> int:
        """Send a request as a signed webhook and return its number; a refused connection or a 5xx raises."""
        body = json.dumps(
            {
                "client": client,
                "from": {"name": "Noor Haddad", "email": "noor@orbit.example"},
                "text": text,
                "callback_url": self.url,
                **facts,
            }
        )
        ident, now = ident or f"msg_{secrets.token_hex(8)}", datetime.fromtimestamp(time.time(), UTC)
        headers = {
            "content-type": "application/json",
            "webhook-id": ident,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(SECRET).sign(ident, now, body),
        }
        limit = aiohttp.ClientTimeout(total=8)
        async with (
            aiohttp.ClientSession(timeout=limit) as session,
            session.post(f"{fleet_url}/intake/webhook", data=body.encode(), headers=headers) as answer,
        ):
            answer.raise_for_status()
            return int((await answer.json())["request"])
