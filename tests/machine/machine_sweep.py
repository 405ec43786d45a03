"""Working time counted by asking each moment whether it is open: none of the arithmetic that is on trial is used."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.working_time import WorkingTime

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
LONGEST = timedelta(days=20)
"""Over longer spans nothing is counted: sweeping them takes seconds."""

Minutes = tuple[int, ...]


@dataclass
class Sweep:
    """Remembers what it asked; hours of one tag answer alike. Exact to a few seconds."""

    _asked: dict[tuple[str, datetime], Minutes] = field(default_factory=dict)

    def count(self, hours: WorkingTime, start: datetime, end: datetime) -> timedelta:
        """Return how much is open between two instants, minute by minute; by the second where a minute is mixed."""
        seconds, minute = 0.0, _floor(start)
        while minute < end:
            found = self._minutes(hours, minute.replace(minute=0))[minute.minute]
            part = (min(end, minute + MINUTE) - max(start, minute)) / MINUTE
            seconds += found * part if found in {0, 60} else _by_second(hours, start, end, minute)
            minute += MINUTE
        return timedelta(seconds=seconds)

    def last_spell_start(self, hours: WorkingTime, before: datetime, since: datetime) -> datetime | None:
        """Return the first open minute of the last spell that starts before an instant; None when it began earlier."""
        minute, was_open = _floor(before - SECOND), False
        while minute >= since:
            is_open = self._minutes(hours, minute.replace(minute=0))[minute.minute] > 0
            if was_open and not is_open:
                return minute + MINUTE
            was_open = is_open
            minute -= MINUTE
        return None

    def first_open(self, hours: WorkingTime, since: datetime, before: datetime) -> datetime | None:
        """Return the first open moment between two instants, to the minute."""
        minute = _floor(since)
        while minute < before - MINUTE:
            if self._minutes(hours, minute.replace(minute=0))[minute.minute] == 60:
                return max(minute, since)
            minute += MINUTE
        return None

    def _minutes(self, hours: WorkingTime, hour: datetime) -> Minutes:
        key = (hours.tag, hour)
        if key not in self._asked:
            starts = (hour + number * MINUTE for number in range(60))
            self._asked[key] = tuple(_open_seconds(hours, start) for start in starts)
        return self._asked[key]


def _floor(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


def _open_seconds(hours: WorkingTime, minute: datetime) -> int:
    first, last = hours.is_open(minute), hours.is_open(minute + 59 * SECOND)
    if first == last:
        return 60 if first else 0
    return max(1, min(59, sum(hours.is_open(minute + number * SECOND) for number in range(60))))


def _by_second(hours: WorkingTime, start: datetime, end: datetime, minute: datetime) -> int:
    seconds = (minute + number * SECOND for number in range(60))
    return sum(start <= second < end and hours.is_open(second) for second in seconds)
