"""A team that works from nine to five, and the days around the last weekend of November 2026, all in UTC."""

from datetime import UTC, datetime

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.services.replies import promising
from tests.support.office import acting
from tests.support.weeks import Weeks

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")
JONAS = Member(id="U0JONAS", name="Jonas")
SAM = Member(id="U0SAM", name="Sam")


def thursday(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 26, hour, minute, second, tzinfo=UTC)


def friday(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, second, tzinfo=UTC)


def monday(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 30, hour, minute, second, tzinfo=UTC)


async def stands(weeks: Weeks, promise: Promise) -> Promise:
    """Return a promise as it is now."""
    return next(each for each in await weeks.promises(promise.request) if each.id == promise.id)


async def takes(weeks: Weeks, who: Member, promise: Promise) -> None:
    """Let somebody say that they are on it."""
    await weeks.office.desk.do(promising.take_on, actor=acting(who), promise=promise.id)
    assert (await stands(weeks, promise)).acked_by == who.id
