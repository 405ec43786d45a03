"""When a scenario's lines come: over a night between two working days, since the clock only moves forward."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Helsinki")
"""Where a scenario's times are: the zone of Mira, as whom a trial begins."""

NOON: Final = time(12)
WAKES: Final = time(8, 30)
"""When the night ends."""

_FRIDAY: Final = 4


def moment(evening: date, at: time) -> datetime:
    """Return the instant (UTC) of a time of the night that begins on this day."""
    day = evening if at >= NOON else evening + timedelta(days=1)
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def evening_for(now: datetime, at: time) -> date:
    """Return the first day from now on whose night can still begin with `at`: a working day before another one."""
    day = now.astimezone(ZONE).date() - timedelta(days=1)
    while moment(day, at) < now or day.weekday() >= _FRIDAY:
        day += timedelta(days=1)
    return day
