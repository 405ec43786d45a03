"""Working hours that tests of time rules share."""

from datetime import date, time
from zoneinfo import ZoneInfo

from bot.domain.working_time import Calendar, WorkingTime, working_time

NINE_TO_FIVE = ((time(9), time(17)),)


def office(
    tz: str = "UTC",
    day: tuple[tuple[time, time], ...] = NINE_TO_FIVE,
    *,
    overrides: tuple[tuple[date, tuple[tuple[time, time], ...]], ...] = (),
    holidays: frozenset[date] = frozenset(),
) -> WorkingTime:
    """Return Monday to Friday, the same spells each day, in a zone."""
    ZoneInfo(tz)
    week = (day,) * 5 + ((),) * 2
    return working_time(Calendar(tz=tz, week=week, overrides=overrides, holidays=holidays, version="tests"))


NEVER = working_time(Calendar(tz="UTC", week=((),) * 7, overrides=(), holidays=frozenset(), version="never"))
