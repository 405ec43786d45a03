"""One time as a text tells it, part by part, and whether a given instant can be the one that it means."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from bot.suggest.times import is_midnight

NOON = 12
"""The hour, and how many hours half a day has."""


class Edge(Enum):
    """Which end of the named day a midnight stands at."""

    START = "start"
    END = "end"


class Clock(NamedTuple):
    """A time of day. `sure` is false for "3:30" without am or pm, which may be half a day later."""

    hour: int
    minute: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A time told in a text, of which each part may be missing; `zone` is the zone that it names itself.

    `midnight` says that the clock was called so; `edge` which end of the day it is, None when only people know.
    """

    words: str
    clock: Clock | None = None
    weekday: int | None = None
    days_ahead: int | None = None
    day_month: tuple[int, int] | None = None
    zone: str = ""
    midnight: bool = False
    edge: Edge | None = None

    def agrees(self, due: datetime, today: date) -> bool:
        """Tell whether this can be the local time `due` when it is read on the local day `today`."""
        on_time = self.clock is None or _same_clock(self.clock, due)
        return on_time and any(self._is_on(day, today) for day in self._days(due))

    def _days(self, due: datetime) -> tuple[date, ...]:
        """Return the days that the words may call `due` by: a midnight is of two days, unless the words say of which.

        "12:00 am on Friday" and "0:00" are of the day that begins, as calendars have them.
        """
        begins, ends = due.date(), due.date() - timedelta(days=1)
        if not is_midnight(due) or self.edge is Edge.START:
            return (begins,)
        if self.edge is Edge.END:
            return (ends,)
        return (ends, begins) if self.midnight or self.clock is None else (begins,)

    def _is_on(self, day: date, today: date) -> bool:
        return (
            (self.weekday is None or self.weekday == day.weekday())
            and (self.days_ahead is None or today + timedelta(days=self.days_ahead) == day)
            and (self.day_month is None or self.day_month == (day.day, day.month))
        )


def _same_clock(clock: Clock, due: datetime) -> bool:
    hours = {clock.hour} if clock.sure else {clock.hour % NOON, clock.hour % NOON + NOON}
    return due.hour in hours and due.minute == clock.minute
