"""The clients' own systems, outside the workspace: they take replies as webhooks, and show what they received."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Self

from aiohttp import web
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from bot.trial.ports import Home, at_a_free_port
from bot.trial.scenario import Client
from bot.workspace import companion

PORT = 7790
"""Where the clients' systems listen unless it is taken."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One call that came: when (Unix seconds), its webhook-id, whether its signature is right, its words, its body.

    `again` says that this webhook-id had been taken before; a system that follows the standard does nothing then.
    """

    at: float
    ident: str
    verified: bool
    text: str
    body: str
    again: bool = False

    def shown(self) -> companion.Received:
        """Return it as a page shows it."""
        signed = "signature verified" if self.verified else "signature wrong"
        return companion.Received(self.at, self._told(), self.text, self.body, f"webhook-id {self.ident} · {signed}")

    def _told(self) -> str:
        if not self.verified:
            return "Turned away: it was not signed by Headsup"
        if self.again:
            return "Reply from you · came once more, so nothing was done"
        return "Reply from you · signed, and unchanged on its way"


@dataclass(slots=True)
class Outside:
    """A client's own system, and everything that it received, oldest first."""

    key: str
    name: str
    about: str
    received: list[Delivery] = field(default_factory=list)

    def shown(self) -> companion.Outside:
        """Return it as a page shows it."""
        return companion.Outside(self.key, self.name, self.about, tuple(one.shown() for one in self.received))


class Systems:
    """All systems of a scenario, on one port of this machine. What they received is kept in a file, a line each.

    `now` gives Unix seconds, `took` is called with every delivery that was taken.
    """

    def __init__(
        self,
        clients: Sequence[Client],
        path: Path,
        *,
        secret: str,
        now: Callable[[], float],
        took: Callable[[Outside, Delivery], None] = lambda _system, _delivery: None,
    ) -> None:
        self.all = tuple(Outside(one.system, one.name, one.about) for one in clients if one.system)
        self._by_key = {system.key: system for system in self.all}
        self._path, self._webhook, self._now, self._took = path, Webhook(secret), now, took
        self._home = Home(path.with_suffix(".port"), PORT)
        self.port = 0
        self._before: int | None = None

    @asynccontextmanager
    async def listening(self, say: Callable[[str], None]) -> AsyncIterator[Self]:
        """Listen at the port of last time, or the next free one; says which one is taken."""
        self._recall()
        app = web.Application()
        app.router.add_post("/{key}", self._take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()

        async def listen(port: int) -> None:
            await web.TCPSite(runner, "127.0.0.1", port).start()

        wanted, self._before = self._home.port, self._home.before
        try:
            await at_a_free_port(wanted, listen)
            self.port = runner.addresses[0][1]
            if self.port != wanted:
                say(f"Port {wanted} is taken, so the clients' own systems take replies at port {self.port}.")
            yield self
        finally:
            await runner.cleanup()

    def remember_the_port(self) -> None:
        """Take this port again at the next start: addresses in requests have it."""
        self._home.keep(self.port)

    @property
    def moved_from(self) -> str:
        """Return where addresses began at the last start, "" if they begin there still."""
        return f"http://127.0.0.1:{self._before}/" if self._before not in {None, self.port} else ""

    @property
    def host(self) -> str:
        """Return host and port, as WEBHOOK_CALLBACK_HOSTS has them."""
        return f"127.0.0.1:{self.port}"

    def address(self, key: str) -> str:
        """Return where a system takes replies."""
        return f"http://{self.host}/{key}"

    async def _take(self, request: web.Request) -> web.Response:
        system = self._by_key.get(request.match_info["key"])
        if system is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        body = await request.text()
        ident = request.headers.get("webhook-id", "")
        verified = self._is_ours(body, dict(request.headers))
        again = verified and any(one.ident == ident for one in system.received if one.verified)
        delivery = Delivery(self._now(), ident, verified, _words(body), body, again)
        system.received.append(delivery)
        self._keep(system, delivery)
        if verified and not again:
            self._took(system, delivery)
        return web.Response(status=HTTPStatus.NO_CONTENT if verified else HTTPStatus.UNAUTHORIZED)

    def _is_ours(self, body: str, headers: dict[str, str]) -> bool:
        try:
            self._webhook.verify(body, headers)
        except WebhookVerificationError:
            return False
        return True

    def _keep(self, system: Outside, delivery: Delivery) -> None:
        """Write it down before it is answered; one short line, so the loop is not held up."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": system.key, **asdict(delivery)}, ensure_ascii=False) + "\n")

    def _recall(self) -> None:
        if not self._path.exists():
            return
        kept = self._path.read_text(encoding="utf-8")
        if kept and not kept.endswith("\n"):  # a crash cut the last line off: the next one must begin anew
            with self._path.open("a", encoding="utf-8") as file:
                file.write("\n")
        for line in kept.split("\n"):
            try:
                facts = json.loads(line)
                self._by_key[facts.pop("key")].received.append(Delivery(**facts))
            except (ValueError, KeyError, TypeError):
                continue  # the end, a line that was cut off, or another scenario's


def _words(body: str) -> str:
    try:
        return str(json.loads(body)["data"]["text"])
    except (ValueError, KeyError, TypeError):
        return ""
