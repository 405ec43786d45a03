"""The way "webhook": an approved reply as a signed `reply.sent`, by the Standard Webhooks specification."""

import asyncio
import json
from collections.abc import Callable, Collection
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from standardwebhooks import Webhook
from yarl import URL

from bot.domain.callbacks import why_not_called
from bot.domain.snapshots.client import ReplyOut
from bot.errors import AmbiguousSendError, PermanentSendError, TemporarySendError
from bot.outbound.base import Receipt, Reference

SECONDS = 10.0
"""How long one call may take, from looking up the host to the answer's status."""

LONGEST_WAIT = 3600.0
"""A Retry-After beyond this is taken as this, so that nobody's clock can silence a reply for days."""

SAFE_TO_REPEAT = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
)
"""Answers that say that nothing was taken (RFC 9110, 15.5.9 and 15.6.4; RFC 8470; RFC 6585)."""


class WebhookWay:
    """Sends replies to callback addresses on listed hosts, and calls nothing else.

    `real_now` is the wall clock, whatever due times follow: signatures and Retry-After are real time.
    """

    def __init__(
        self,
        *,
        secret: str | None,
        hosts: Collection[str],
        real_now: Callable[[], datetime],
        seconds: float = SECONDS,
    ) -> None:
        self._signer = Webhook(secret) if secret else None
        self._hosts = tuple(hosts)
        self._real_now = real_now
        self._seconds = seconds

    def freeze(self, snapshot: Any, /) -> bytes:
        """Return the address, a line break, and the exact JSON body that will leave."""
        if not isinstance(snapshot, ReplyOut):
            raise TypeError(f"a webhook carries a ReplyOut, not a {type(snapshot).__name__}")
        promise = None
        if snapshot.promise_kind is not None and snapshot.due_at is not None:
            promise = {"kind": str(snapshot.promise_kind), "due_at": snapshot.due_at.isoformat()}
        data = {
            "request": snapshot.request,
            "thread": snapshot.thread,
            "text": snapshot.text,
            "promise": promise,
        }
        body = {"type": "reply.sent", "timestamp": snapshot.approved_at.isoformat(), "data": data}
        return f"{snapshot.callback_url}\n{json.dumps(body, ensure_ascii=False)}".encode()

    async def send(self, frozen: bytes, reference: Reference, /) -> Receipt:
        """Post once; `reference.key` is the webhook-id, the same over retries. Redirects are not followed.

        Whatever goes wrong before a connection stands is temporary; after that it is ambiguous unless the answer says.
        """
        address, _, body = frozen.decode("utf-8").partition("\n")
        host = urlsplit(address).hostname or "the callback address"
        if why := why_not_called(address, self._hosts):
            raise PermanentSendError(f"The reply was not sent: {why}.")
        if self._signer is None:
            raise PermanentSendError("The reply was not sent: WEBHOOK_SECRET is not set, so it cannot be signed.")
        at = self._real_now()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Headsup",
            "webhook-id": reference.key,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": self._signer.sign(reference.key, at, body),
        }
        phase = SimpleNamespace(connected=False)
        try:
            async with (
                asyncio.timeout(self._seconds),
                _session() as session,
                session.post(
                    URL(address, encoded=True),
                    data=body.encode(),
                    headers=headers,
                    allow_redirects=False,
                    trace_request_ctx=phase,
                ) as answer,
            ):
                status, wait = answer.status, answer.headers.get("Retry-After")
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise _lost(error, host, connected=phase.connected) from error
        self._judge(status, wait, host)
        return Receipt()

    async def look(self, _reference: Reference, _since: datetime, /) -> Receipt | None:
        """Return None: the far side cannot be asked, so a person decides."""
        return None

    def _judge(self, status: int, wait: str | None, host: str) -> None:
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return
        if status in SAFE_TO_REPEAT:
            raise TemporarySendError(
                f"The system at {host} is busy (HTTP {status}).", retry_after=self._wait(wait), status=status
            )
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise AmbiguousSendError(
                f"The system at {host} failed (HTTP {status}); the reply may have arrived.", status=status
            )
        moved = " It wants the call elsewhere; redirects are not followed." if status < HTTPStatus.BAD_REQUEST else ""
        raise PermanentSendError(f"The system at {host} refused the reply (HTTP {status}).{moved}", status=status)

    def _wait(self, header: str | None) -> float | None:
        if header is None:
            return None
        if header.strip().isascii() and header.strip().isdigit():
            return min(float(header), LONGEST_WAIT)
        try:
            until = parsedate_to_datetime(header)
            return min(max(0.0, (until - self._real_now()).total_seconds()), LONGEST_WAIT)
        except (TypeError, ValueError):
            return None


def _session() -> aiohttp.ClientSession:
    """Return a session for one call: no proxies, no cookies, no kept connection that may be half dead."""
    trace = aiohttp.TraceConfig()
    trace.on_connection_create_end.append(_note_connected)
    return aiohttp.ClientSession(
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        trace_configs=[trace],
        trust_env=False,
    )


async def _note_connected(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
    context.trace_request_ctx.connected = True


def _lost(error: Exception, host: str, *, connected: bool) -> Exception:
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError):
        return PermanentSendError(f"The reply was not sent: {host} does not prove who it is (its TLS certificate).")
    if not connected:
        return TemporarySendError(f"The system at {host} cannot be reached.")
    return AmbiguousSendError(f"The system at {host} did not answer; the reply may have arrived.")
