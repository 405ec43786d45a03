"""Hours in Berlin, and the times that are promised by them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.hours.promised_times import Keeper, time_to_promise
from bot.domain.working_time import WorkingTime
from tests.domain.office_hours import office

BERLIN = "Europe/Berlin"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEAM = office(BERLIN)
LUNCH = office(BERLIN, ((time(9), time(12)), (time(13), time(17))))
XMAS = office(BERLIN, holidays=frozenset({date(2026, 12, 25), date(2026, 12, 28)}))


def at(said: str, tz: str = BERLIN) -> datetime:
    """Return "11-27 16:31" of 2026 by a clock."""
    return datetime.strptime(f"2026-{said}", "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(tz))


def named(now: str, span: timedelta, hours: WorkingTime = TEAM) -> str:
    """Return the time that a team with these hours promises, in Berlin: "Fri 27 16:30"."""
    found = time_to_promise(Keeper(hours, tz=BERLIN), at(now), span).astimezone(ZoneInfo(BERLIN))
    return f"{found:%a %d %H:%M}"
