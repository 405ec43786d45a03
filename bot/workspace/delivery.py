"""Getting payloads to the app: over a socket, or to its request URL; events again when nobody acknowledged them."""

import asyncio
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.workspace.connection import AckTimeoutError, NoConnection
from bot.workspace.journal import Journal
from bot.workspace.models import JSON, App
from bot.workspace.request_url import DeliveryFailedError, RequestUrl, retry_headers
from bot.workspace.sockets import SocketHub

ACK_SECONDS: Final = 3.0
RETRY_AFTER: Final = (0.0, 60.0, 300.0)
"""Waits before the three redeliveries of an event (docs: /apis/events-api)."""

USER_ERRORS: Final = {"timeout": "operation_timeout", "http_timeout": "operation_timeout"}


@dataclass(frozen=True)
class Outcome:
    """What became of one delivery; `reason` is empty when it was acknowledged within three seconds."""

    acked: bool
    ms: float
    payload: Any = None
    reason: str = ""
    retry: bool = True

    @property
    def user_error(self) -> str:
        """What a person sees when their press or command was not acknowledged."""
        return "" if self.acked else USER_ERRORS.get(self.reason, "dispatch_failed")


class Delivery:
    """Delivers to whichever way the app has set up. A request URL, once set, replaces the sockets."""

    def __init__(
        self,
        journal: Journal,
        hub: SocketHub,
        request_url: RequestUrl,
        retry_after: Sequence[float],
        ack_seconds: float,
    ) -> None:
        self._journal = journal
        self._hub = hub
        self._request_url = request_url
        self._retry_after = retry_after
        self._ack_seconds = ack_seconds
        self._tasks: set[asyncio.Task[None]] = set()
        self._sending = 0
        self.lose_next_events = 0

    async def send(self, app: App, kind: str, payload: JSON, attempt: int = 0, reason: str = "") -> Outcome:
        """Deliver once. `kind` is events_api, interactive or slash_commands."""
        accepts = kind == "slash_commands" or payload.get("type") in {"view_submission", "block_suggestion"}
        envelope: JSON = {
            "envelope_id": str(uuid.uuid4()),
            "payload": payload,
            "type": kind,
            "accepts_response_payload": accepts,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        entry = self._journal.add("delivery", kind, envelope)
        started = time.monotonic()
        self._sending += 1
        try:
            outcome = await self._attempt(app, envelope, attempt, reason, entry.answer)
        finally:
            self._sending -= 1
        entry.ms = round((time.monotonic() - started) * 1000, 3)
        if outcome.acked and outcome.payload and not accepts and not app.events_url:
            problem = {
                "code": "payload_not_accepted",
                "pointer": "/payload",
                "message": "this envelope takes no payload",
            }
            self._journal.refuse(kind, "payload_not_accepted", [problem], {"payload": outcome.payload})
        outcome = Outcome(outcome.acked, entry.ms, outcome.payload, outcome.reason, outcome.retry)
        entry.answer |= {
            "acked": outcome.acked,
            "ms": entry.ms,
            "payload": outcome.payload,
            "error": outcome.reason,
            "attempt": attempt,
            "via": "http" if app.events_url else "socket",
        }
        return outcome

    async def _attempt(self, app: App, envelope: JSON, attempt: int, reason: str, answer: JSON) -> Outcome:
        try:
            if app.events_url:
                headers = retry_headers(attempt, reason)
                payload = await self._request_url.deliver(app.events_url, envelope, self._ack_seconds, headers)
            else:
                payload = await self._hub.deliver(envelope, self._ack_seconds, answer)
        except NoConnection:
            return Outcome(acked=False, ms=0, reason="no_connection")
        except AckTimeoutError:
            return Outcome(acked=False, ms=0, reason="timeout")
        except DeliveryFailedError as problem:
            return Outcome(acked=False, ms=0, reason=problem.reason, retry=problem.retry)
        return Outcome(acked=True, ms=0, payload=payload)

    def send_event(self, app: App, payload: JSON) -> None:
        """Deliver an event in the background, again after each wait until it is acknowledged or given up."""
        if self.lose_next_events:
            self.lose_next_events -= 1
            return
        task = asyncio.create_task(self._send_event(app, payload))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send_event(self, app: App, payload: JSON) -> None:
        outcome = await self.send(app, "events_api", payload)
        for attempt, wait in enumerate(self._retry_after, start=1):
            if outcome.acked or not outcome.retry or not app.installed:
                return
            await asyncio.sleep(wait)
            reason = outcome.reason if app.events_url else "timeout"
            outcome = await self.send(app, "events_api", payload, attempt, reason)

    @property
    def under_way(self) -> int:
        """Events that are not yet acknowledged or given up, and presses and commands that wait for an answer."""
        return len(self._tasks) + self._sending

    async def close(self) -> None:
        """Give up what is under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
