"""A number that stands alone: a day, or a time of the day."""

from dataclasses import replace

from bot.domain.local_times import DAY_MINUTES
from bot.domain.moments.moment_parts import DATES, TIMES, MomentError, Point, Said


def settle_numbers(said: Said) -> None:
    """Take a lone number for a day of the other end's month (24-27 Dec) or for an hour like the other's (2-4 pm)."""
    points = [said.start, *([said.end] if said.end else [])]
    for point, other in zip(points, reversed(points), strict=True):
        if point.number is None:
            continue
        number, at_end = point.number, point is said.end
        day = other.day if other is not point else None
        if day is not None and day.date is not None and not point.has_time and point.day is None:
            point.day = replace(day, said=f"{number} {day.said.partition(' ')[2]}".strip(), date=number, weekday=None)
        elif other is not point and other.minutes is not None and not point.has_time and number <= 24:  # noqa: PLR2004
            point.minutes = _hour(number, other)
        else:
            raise _unclear(number, at_end=at_end)
        point.number = None


def _unclear(number: int, *, at_end: bool) -> MomentError:
    """Ask whether a lone number is a time or a day, for as long as it can be one of them."""
    if number > _MOST_DAYS:
        return MomentError(f"“{number}” is neither a day nor a time.", at_end=at_end)
    if number > DAY_MINUTES // 60:
        return MomentError(f"Is “{number}” a day? Then name its month too.", at_end=at_end, example=DATES)
    why = f"Is “{number}” a time or a day? A time is {number}:00, a day is {number} Dec."
    return MomentError(why, at_end=at_end, example=f"until tomorrow {number}:00" if at_end else TIMES)


_MOST_DAYS = 31


def _hour(number: int, other: Point) -> int:
    later = number * 60 + DAY_MINUTES // 2
    return later if other.pm and number < 12 and later <= (other.minutes or 0) else number * 60  # noqa: PLR2004
