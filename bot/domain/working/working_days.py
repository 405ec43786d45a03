"""A calendar as people write it, in wall-clock time by local date, and the moments that it means."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.working.working_blocks import EPOCH, MICROSECOND, Span, clipped, merged, to_moment

Hours = tuple[tuple[time, time], ...]
"""Spells of one day in wall-clock time. An end that is not after its start lies on the next day, so (22:00, 06:00) is a
night shift and (00:00, 00:00) the whole day."""

DAY = timedelta(days=1)
BEFORE, AFTER = 2, 1
"""So many dates beside a stretch of UTC reach into it: a zone is less than a day away from UTC, and a spell ends on the
next date at the latest."""


@dataclass(frozen=True)
class Calendar:
    """The hours of somebody, in one zone. An override wins over a holiday, and a holiday over the week.

    All three go by the local date on which a spell starts: a holiday does not cut the night shift that began before it.
    `week` has seven entries, Monday first; `version` is the caller's name for these hours.
    """

    tz: str
    week: tuple[Hours, ...]
    overrides: tuple[tuple[date, Hours], ...] = ()
    holidays: frozenset[date] = frozenset()
    version: str = ""


class Days:
    """The spells of a calendar, date by date.

    A wall-clock time becomes a moment as RFC 5545 (section 3.3.5) has it: one that occurs twice is the first of both,
    one that the clock leaves out is read with the offset from before the gap. Where that leaves nothing of a spell, or
    the whole date never existed (Apia, 30 December 2011), there is none.
    """

    def __init__(self, calendar: Calendar) -> None:
        if len(calendar.week) != len("MTWTFSS"):
            raise ValueError("A week has seven days.")
        self._zone = ZoneInfo(calendar.tz)
        self._week = calendar.week
        self._special = dict.fromkeys(calendar.holidays, ()) | dict(calendar.overrides)

    def __call__(self, first: int, last: int) -> list[Span]:
        """Return the spans in [first, last), microseconds since 1970."""
        begin = max(to_moment(first).toordinal() - BEFORE, date.min.toordinal())
        end = min(to_moment(last - 1).toordinal() + AFTER, date.max.toordinal() - 1)
        found = [span for number in range(begin, end + 1) for span in self._day(date.fromordinal(number))]
        return clipped(merged(found), first, last)

    def _day(self, day: date) -> Iterator[Span]:
        hours = self._special.get(day)
        if hours is None:
            hours = self._week[day.weekday()]
        if not hours:
            return
        following = day + DAY
        if self._moment(day, time()) >= self._moment(following, time()):
            return
        for start, end in hours:
            yield self._moment(day, start), self._moment(following if end <= start else day, end)

    def _moment(self, day: date, wall: time) -> int:
        return (datetime.combine(day, wall.replace(fold=0), self._zone) - EPOCH) // MICROSECOND
