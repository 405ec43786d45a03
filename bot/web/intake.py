"""`POST /intake/webhook`: verified, stored, answered with the request's number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiohttp import web

from bot.errors import ConflictError, UnreadableError
from bot.intake.webhook import Refusal, read_webhook, refuse_early
from bot.services.arriving.receiving import receive
from bot.services.context import Do
from bot.web.body import read_body
from bot.web.metrics import Metrics

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRoute:
    """Takes a client's words from the agency's own systems."""

    do: Do
    now: Callable[[], datetime]
    secret: str | None
    hosts: tuple[str, ...]
    metrics: Metrics

    async def take(self, request: web.Request) -> web.Response:
        """Answer 201 with the request's number; the same id again 200 with the same answer.

        A refusal (401, 409, 413, 415, 422, 503) says why in JSON and stores nothing. Any other failure is a 5xx, so
        that the sender tries again with the same id.
        """
        refusal = refuse_early(request.headers, request.content_length, secret=self.secret)
        if refusal is None and request.content_type != "application/json":
            refusal = Refusal(415, "write JSON, with Content-Type: application/json")
        if refusal is not None:
            return self._refuse(refusal)
        raw = await read_body(request)
        message = read_webhook(raw, request.headers, secret=self.secret, now=self.now(), hosts=self.hosts)
        if isinstance(message, Refusal):
            return self._refuse(message)
        try:
            received = await self.do(receive, incoming=message, raw=raw)
        except ConflictError as error:
            return self._refuse(Refusal(409, error.sentence))
        except UnreadableError as error:
            return web.json_response({"note": error.sentence}, status=202)
        return web.json_response({"request": received.request}, status=200 if received.duplicate else 201)

    def _refuse(self, refusal: Refusal) -> web.Response:
        self.metrics.refused(refusal.status)
        log.info("A webhook was refused.", status=refusal.status, fields=sorted(refusal.fields))
        body: dict[str, object] = {"error": refusal.error}
        if refusal.fields:
            body["fields"] = dict(refusal.fields)
        return web.json_response(body, status=refusal.status)
