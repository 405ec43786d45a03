"""Which date a day is that somebody named, seen from today."""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from bot.domain.local_times import day_words, weekday_name
from bot.domain.moments.moment_parts import DATES, Day, MomentError, Which

LATELY = timedelta(days=92)
"""A date without a year that is past by less is taken for the one that was, not for next year's."""


def last_of_week(day: Day | None, first: date) -> date:
    """Return the Sunday of a week that was named as a whole, any other day as it is."""
    return first + timedelta(days=6 - first.weekday()) if day is not None and day.week is not None else first


def lately(day: Day, today: date) -> date | None:
    """Return when a date without a year was lately, None when it was not."""
    if day.year is not None or day.month is None or day.date is None:
        return None
    for year in (today.year, today.year - 1):
        found = _valid(year, day.month, day.date)
        if found is not None and found < today:
            return found if today - found <= LATELY else None
    return None


def months_after(day: date, months: int) -> tuple[date, bool]:
    """Return the same day so many calendar months later, and whether that month lacks it: then it is its last day.

    Raises OverflowError when no calendar reaches that far.
    """
    years, month = divmod(day.month - 1 + months, 12)
    if day.year + years > MAXYEAR:
        raise OverflowError
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last)), day.day > last


def check_not_past(day: Day, today: date, *, at_end: bool = False) -> None:
    """Refuse a date without a year that was lately: next year's is hardly meant."""
    past = lately(day, today)
    if past is not None:
        nearest = f"{day_words(past)[4:]} {past.year + 1}"
        why = f"{day_words(past)} is past. If you mean next year's, write it with the year: {nearest}."
        if _valid(past.year + 1, past.month, past.day) is None:
            raise MomentError(f"{day_words(past)} is past.", at_end=at_end)
        raise MomentError(why, at_end=at_end, example=f"{'until ' if at_end else ''}{nearest}")


def day_of(day: Day, earliest: date, today: date, *, at_end: bool = False) -> date:
    """Return the day that was named, the first from `earliest` on where there are several."""
    if day.ahead is not None:
        return today + timedelta(days=day.ahead)
    if day.week is not None:
        return today + timedelta(days=7 - today.weekday()) if day.week else today
    if day.date is not None:
        return _date(day, earliest, at_end=at_end)
    weekday = day.weekday or 0
    if day.which is Which.NEXT:
        return today + timedelta(days=7 - today.weekday() + weekday)
    return earliest + timedelta(days=(weekday - earliest.weekday()) % 7)


def _date(day: Day, earliest: date, *, at_end: bool) -> date:
    month, number = day.month or 0, day.date or 0
    years = [day.year] if day.year is not None else range(earliest.year, min(earliest.year + 9, 9999))
    dates = [found for year in years if (found := _valid(year, month, number))]
    found = next((each for each in dates if day.year is not None or each >= earliest), None)
    if found is None:
        raise MomentError(f"There is no {day.said.rstrip('.')}.", at_end=at_end, example=DATES)
    if day.weekday is not None and found.weekday() != day.weekday:
        raise MomentError(f"{day_words(found, earliest)[4:]} is a {weekday_name(found)}.", at_end=at_end)
    return found


def _valid(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
