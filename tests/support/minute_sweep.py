"""Working time counted by hand: every minute of some weeks is asked whether it is open, and nothing else is known.

Walls of a clock are looked up in what the zone shows at real moments, never through `fold`, so that this says something
about code that uses it. Moments and amounts are whole minutes.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.working_time import Calendar, Hours, Spell

MINUTE = timedelta(minutes=1)
FAR = timedelta(hours=26)
"""No zone is farther from UTC."""


class MinuteSweep:
    """Some days from a moment on, minute by minute. An answer is None where it lies outside of them."""

    def __init__(self, calendar: Calendar, first: datetime, days: int, closed: Sequence[Spell] = ()) -> None:
        self.first = first
        self.open = bytearray(days * 1440)
        zone = ZoneInfo(calendar.tz)
        for number in range(-3, days + 3):
            day = first.date() + timedelta(days=number)
            for start, end in hours_of(calendar, day) if exists(day, zone) else ():
                last = day + timedelta(days=1) if end <= start else day
                self._set(moment(zone, day, start), moment(zone, last, end), 1)
        for start, end in closed:
            self._set(start, end, 0)

    def _set(self, start: datetime, end: datetime, value: int) -> None:
        low, high = max(self._number(start), 0), min(self._number(end), len(self.open))
        if low < high:
            self.open[low:high] = bytes([value]) * (high - low)

    def _number(self, t: datetime) -> int:
        return (t - self.first) // MINUTE

    def _moment(self, number: int) -> datetime:
        return self.first + number * MINUTE

    def is_open(self, t: datetime) -> bool:
        return bool(self.open[self._number(t)])

    def between(self, a: datetime, b: datetime) -> timedelta:
        return sum(self.open[self._number(a) : self._number(b)]) * MINUTE

    def add(self, t: datetime, minutes: int) -> datetime | None:
        """Walk on until so many open minutes have passed; of none, up to the first open one."""
        for number in range(self._number(t), len(self.open)):
            if not minutes and self.open[number]:
                return self._moment(number)
            minutes -= self.open[number]
            if self.open[number] and not minutes:
                return self._moment(number + 1)
        return None

    def subtract(self, t: datetime, minutes: int) -> datetime | None:
        """Walk back until so many open minutes have passed; of none, down to the last open one."""
        for number in range(self._number(t) - 1, -1, -1):
            if not minutes and self.open[number]:
                return self._moment(number + 1)
            minutes -= self.open[number]
            if self.open[number] and not minutes:
                return self._moment(number)
        return None

    def spells(self, a: datetime, b: datetime) -> list[Spell]:
        found: list[Spell] = []
        last = self._number(b)
        start = self.open.find(1, self._number(a), last)
        while start >= 0:
            end = self.open.find(0, start, last)
            end = last if end < 0 else end
            found.append((self._moment(start), self._moment(end)))
            start = self.open.find(1, end, last)
        return found


def hours_of(calendar: Calendar, day: date) -> Hours:
    """Return what is written for a local date."""
    overrides = dict(calendar.overrides)
    if day in overrides:
        return overrides[day]
    return () if day in calendar.holidays else calendar.week[day.weekday()]


def moment(zone: ZoneInfo, day: date, wall: time) -> datetime:
    """Return the first moment at which a clock of the zone shows this; if none ever does, as if it had not jumped."""
    shown = datetime.combine(day, wall, UTC)
    offsets = _offsets(zone, day)
    for t in sorted(shown - offset for offset in set(offsets)):
        if t.astimezone(zone).replace(tzinfo=UTC) == shown:
            return t
    return shown - offsets[0]


def exists(day: date, zone: ZoneInfo) -> bool:
    """Tell whether a clock of the zone ever showed this date."""
    noon = datetime.combine(day, time(12), UTC)
    return any((noon + timedelta(hours=hour)).astimezone(zone).date() == day for hour in range(-39, 40))


@lru_cache(maxsize=4096)
def _offsets(zone: ZoneInfo, day: date) -> list[timedelta]:
    """Return the offsets that the zone has around a date, earliest first."""
    start, step = datetime.combine(day, time(), UTC) - FAR, timedelta(minutes=30)
    found = [(start + number * step).astimezone(zone).utcoffset() for number in range(76 * 2)]
    return [offset for offset in found if offset is not None]
