"""Moving time to an instant, and finding the instant that a person means."""

from datetime import UTC, datetime

from bot.workspace.control.operating import LONGEST_MOVE, Operating, number_of_seconds, too_far
from bot.workspace.errors import ControlError
from bot.workspace.hands.times import parse_time
from bot.workspace.models import JSON
from bot.workspace.render.ahead import told_ahead
from bot.workspace.render.reader import Reader, has_twelve_hours


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
        return self.forward(max(0.0, at - self.core.clock.now()))

    def _check_ahead(self, at: float, name: str) -> None:
        now = self.core.clock.now()
        if at < now:
            raise ControlError(f"{name} is over; time only moves forward")
        if not at - now <= LONGEST_MOVE:
            raise ControlError(too_far(name))
