"""Moving time to an instant, and finding the instant that a person means."""

import time
from datetime import UTC, datetime
from typing import Final

from bot.workspace.control.operating import LONGEST_MOVE, Operating, number_of_seconds, too_far
from bot.workspace.errors import ControlError
from bot.workspace.hands.times import parse_time
from bot.workspace.models import JSON
from bot.workspace.render.ahead import told_ahead
from bot.workspace.render.reader import Reader, has_twelve_hours

STOPS: Final = 200
"""On one way the clock stops so often at most, then it goes the rest at once, like a machine that slept."""

LONGEST_WAY: Final = 40.0
"""Real seconds that somebody waits at most for time to go by; whoever asks over HTTP waits for a minute."""


class Timing(Operating):
    """The verbs that move the clock to a moment."""

    def clock_for(self, user: str, words: str) -> JSON:
        """The instant that words such as "mon 9:00" mean in this person's zone: {at (Unix seconds), iso (UTC), …}.

        Also how far `ahead` it is (seconds), and that `told` to them: "tomorrow, Tuesday 24 November 08:00, in 22
        hours". ControlError with a sentence for words that are no time, for what is over and for what is over a year
        ahead.
        """
        who, now = self.core.state.user(user), self.core.clock.now()
        try:
            at = parse_time(words, now, who.tz)
            self._check_ahead(at, repr(words))
            told = told_ahead(at, Reader(who.tz, now, twelve_hours=has_twelve_hours(who.locale, who.tz)))
            return {"at": at, "iso": datetime.fromtimestamp(at, UTC).isoformat(), "ahead": at - now, "told": told}
        except OverflowError:
            raise ControlError(too_far(repr(words))) from None

    def forward_to(self, at: float) -> JSON:
        """Move time forward to an instant (Unix seconds); returns `clock()`. ControlError for one that is over."""
        at = number_of_seconds(at)
        self._check_ahead(at, "that moment")
        return self._go_to(at)

    async def live_to(self, at: float) -> JSON:
        """Let time go by until an instant (Unix seconds), instead of jumping there; returns `clock()`, and `jumped`.

        That is where time was when the rest was too much to live through, so that it went there at once; else None.

        On its way the clock stops wherever something is due, as far as somebody tells when that is, and what is due
        there happens at its time. Of two who let time go by at once the second goes on from where the first one ends.
        ControlError for an instant that is over or too far ahead, before anything has moved.
        """
        at = number_of_seconds(at)
        self._check_ahead(at, "that moment")
        async with self.core.companion.way:
            return await self._live_to(at)

    async def live_for(self, seconds: float) -> JSON:
        """Let so many seconds go by; see `live_to`."""
        seconds = number_of_seconds(seconds)
        if seconds < 0:
            raise ControlError("time only moves forward")
        if seconds > LONGEST_MOVE:
            raise ControlError(too_far("that"))
        async with self.core.companion.way:
            return await self._live_to(self.core.clock.now() + seconds)

    async def _live_to(self, at: float) -> JSON:
        until, stops = time.monotonic() + LONGEST_WAY, 0
        while (stop := await self._next_stop()) is not None and stop < at:
            if stops == STOPS or time.monotonic() > until:
                return {"jumped": self.core.clock.now(), **self._go_to(at)}
            self._go_to(stop)
            stops += 1
        return {"jumped": None, **self._go_to(at)}

    async def _next_stop(self) -> float | None:
        """Return where the clock stops next: what the app does then, or a status of somebody that ends."""
        ask = self.core.companion.next_stop
        if ask is None:
            return None
        told = await ask()
        now = self.core.clock.now()
        ends = [user.status_expiration for user in self.core.state.users.values() if user.status_expiration > now]
        return min([at for at in (told, *ends) if at is not None], default=None)

    def _go_to(self, at: float) -> JSON:
        """Move time forward to an instant; it may be there by now, or somebody else moved it further."""
        return self.forward(max(0.0, at - self.core.clock.now()))

    def _check_ahead(self, at: float, name: str) -> None:
        now = self.core.clock.now()
        if at < now:
            raise ControlError(f"{name} is over; time only moves forward")
        if not at - now <= LONGEST_MOVE:
            raise ControlError(too_far(name))
