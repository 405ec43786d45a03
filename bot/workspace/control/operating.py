"""Time, faults, links and the way of delivery."""

from datetime import UTC, datetime
from math import isfinite, nan
from typing import Any, Final

from bot.workspace import membership
from bot.workspace.core import Core
from bot.workspace.errors import ControlError
from bot.workspace.models import JSON
from bot.workspace.sockets import REASONS

LONGEST_MOVE: Final = 366 * 86_400.0
"""One move goes a year at most: a mistyped year would put every ts and every plan beyond reach, for good."""

LONGEST_WAIT: Final = 60.0
"""Real seconds: whoever asks for more, or for ever, asks again."""

LAST_MOMENT: Final = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
"""Many moves together end here."""


class Operating:
    """The verbs of whoever runs, and breaks, the workspace."""

    core: Core

    def clock(self) -> JSON:
        """The workspace's time: {now (Unix seconds), iso (UTC)}."""
        now = self.core.clock.now()
        return {"now": now, "iso": datetime.fromtimestamp(now, UTC).isoformat()}

    def forward(self, seconds: float) -> JSON:
        """Move time forward, a year at most at once and never past 2100; returns `clock()`.

        What must be real time (3 s, Retry-After, triggers) does not move. ControlError before anything has moved.
        """
        seconds = number_of_seconds(seconds)
        if seconds > LONGEST_MOVE:
            raise ControlError(too_far("that"))
        if self.core.clock.now() + seconds > LAST_MOMENT:
            raise ControlError("time ends here on 1 January 2100")
        self.core.clock.forward(seconds)
        membership.expire_statuses(self.core)
        return self.clock()

    def fault(self, method: str, kind: str, **options: Any) -> JSON:
        """Switch a fault on and return it; kinds: see faults.KINDS.

        `method` is a method, response_url, or `*` for all but apps.connections.open. Options: seconds, status, error,
        times (1; 0: until cleared), channel.
        """
        if options.get("channel"):
            options["channel"] = self.core.state.channel(options["channel"]).id
        try:
            return self.core.faults.add(method, kind, **options).to_json()
        except TypeError as problem:
            raise ControlError(str(problem)) from problem

    def faults(self) -> list[JSON]:
        """The faults that are on."""
        return [fault.to_json() for fault in self.core.faults.list()]

    def clear_faults(self, fault_id: int | None = None) -> int:
        """Switch one fault or all off; returns how many."""
        return self.core.faults.clear(fault_id)

    def connections(self) -> list[JSON]:
        """The app's open WebSocket connections: [{number, silent}]."""
        return [{"number": one.number, "silent": one.silent} for one in self.core.hub.connections]

    async def wait_connected(self, *, timeout: float = 10.0) -> None:  # noqa: ASYNC109 (a deadline for whoever waits)
        """Wait until the app has a WebSocket connection open."""
        timeout = min(LONGEST_WAIT, timeout)
        try:
            await self.core.hub.wait_connected(timeout)
        except TimeoutError:
            raise ControlError(f"the app did not connect within {timeout:g} s") from None

    async def disconnect(self, reason: str = "refresh_requested", *, connection: int | None = None) -> int:
        """Send a disconnect frame (warning, refresh_requested, link_disabled); the last two close the link."""
        if reason not in REASONS:
            raise ControlError(f"a disconnect frame says one of: {', '.join(REASONS)}")
        return await self.core.hub.disconnect(reason, connection)

    def drop(self, *, connection: int | None = None) -> int:
        """Cut connections at TCP level, without a word."""
        return self.core.hub.drop(connection)

    def silence(self, *, connection: int | None = None, silent: bool = True) -> int:
        """Let connections look alive and carry nothing: no envelopes, no pongs."""
        return self.core.hub.silence(connection, silent=silent)

    def lose_events(self, count: int) -> None:
        """Let the next events be lost for good, as happens when Slack gives up."""
        self.core.delivery.lose_next_events = count

    async def events_url(self, url: str) -> None:
        """Deliver over HTTP to this URL (after its url_verification) instead of sockets; "" goes back to sockets."""
        if url:
            await self.core.request_url.verify(url)
        self.core.state.app.events_url = url
        self.core.state.changed("app", "app")

    def clock_skew(self, seconds: float) -> None:
        """Sign HTTP deliveries with a timestamp that is off by so much (stale beyond 300)."""
        self.core.request_url.clock_skew = number_of_seconds(seconds)


def number_of_seconds(value: Any) -> float:
    """A finite number; ControlError for anything else."""
    try:
        seconds = float(value)
    except (TypeError, ValueError, OverflowError):
        seconds = nan
    if not isfinite(seconds):
        raise ControlError("time is told in seconds, as a number")
    return seconds


def too_far(name: str) -> str:
    """The sentence for a moment that one move does not reach."""
    return f"{name} is more than a year ahead; move in smaller steps"
