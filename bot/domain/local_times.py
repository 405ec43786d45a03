"""Wall-clock times of a zone as instants, and both in words: what does not exist or comes twice is said."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (aware, UTC) that a person named; `note` is a sentence when it is not quite what they wrote."""

    at: datetime
    note: str = ""


def zone(name: str) -> tzinfo:
    """Return the zone of this IANA name, UTC for a name that nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def moment(day: date, minutes: int, tz: tzinfo) -> Moment:
    """Return the instant so many minutes of the wall clock after a day's local midnight; 1440 is the next midnight.

    A time that is skipped when the clocks go forward counts on from before that, one that comes twice is the first
    (as in RFC 5545, section 3.3.5): https://datatracker.ietf.org/doc/html/rfc5545#section-3.3.5
    """
    over, left = divmod(minutes, DAY_MINUTES)
    wall = datetime.combine(day + timedelta(days=over), time(left // 60, left % 60))
    local = wall.replace(tzinfo=tz)
    found = local.astimezone(UTC)
    taken = found.astimezone(tz)
    if taken.replace(tzinfo=None) != wall:
        return Moment(found, f"{wall:%H:%M} does not exist on {day_words(wall.date())}, so I take {taken:%H:%M}.")
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        return Moment(found, f"{wall:%H:%M} comes twice on {day_words(wall.date())}; I take the first.")
    return Moment(found)


def midnight(day: date, tz: tzinfo) -> datetime:
    """Return the instant at which a local day begins, in UTC."""
    return moment(day, 0, tz).at


def day_words(day: date, today: date | None = None) -> str:
    """Return a day in words: "Fri 27 Nov", with the year when that is another one than today's."""
    year = f" {day.year}" if today is not None and today.year != day.year else ""
    return f"{_WEEKDAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1]}{year}"


def weekday_name(day: date) -> str:
    """Return "Friday"."""
    return _WEEKDAYS[day.weekday()]


def moment_words(at: datetime, tz: tzinfo, now: datetime) -> str:
    """Return an instant in words of a zone: "Fri 27 Nov, 09:00"."""
    local = at.astimezone(tz)
    return f"{day_words(local.date(), now.astimezone(tz).date())}, {local:%H:%M}"


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
