"""Who was away while the machine slept still hears, once, of what slipped meanwhile. All times are in UTC."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.people import Member
from bot.services.away import returning
from bot.services.nudges import nudging
from bot.store import Store
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
JONAS = Member(id="U0JONAS", name="Jonas")
SAM = Member(id="U0SAM", name="Sam")


def nov(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    found = await weeks_of(store, nov(23, 9), OFFICE, (JONAS, SAM), lead="Sam")
    yield found
    await close(found)


@pytest.mark.parametrize("looked_first", [True, False], ids=["summary first", "slip first"])
async def test_a_slip_of_that_time_is_told_once_in_a_message_of_its_own(weeks: Weeks, looked_first: bool) -> None:
    """It was due on Tuesday, he was back on Wednesday; the machine slept from Tuesday before it to Friday."""
    await weeks.promised(JONAS, nov(24, 14, 15))
    await weeks.away(JONAS, nov(23, 12), nov(25))
    await weeks.live_until(nov(24, 11, 45))
    await weeks.sleep_until(nov(27, 16, 31))
    jobs = [nudging.plan, returning.summarise]
    for job in reversed(jobs) if looked_first else jobs:
        await weeks.office.desk.do(job)
    await weeks.office.desk.do(returning.summarise)
    await weeks.live_until(nov(27, 16, 40))
    assert [one.short[1:] for one in weeks.heard if one.at >= nov(27) and one.recipient == JONAS.id] == [
        (JONAS.id, "slipped")
    ]
