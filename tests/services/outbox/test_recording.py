"""What became of a send: the history of every request that a message was about says so."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.services.away import entering
from bot.services.reading import asking
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira", tz="Europe/Helsinki")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")


def monday(hour: int, minute: int = 0) -> datetime:
    """An instant of Monday 23 November 2026, in UTC; in Helsinki it is two hours later."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday noon in Helsinki; Sam leads from New York."""
    found = await weeks_of(store, datetime(2026, 11, 20, 10, tzinfo=UTC), OFFICE, (MIRA, SAM), lead="Sam")
    yield found
    await close(found)


async def nudged(weeks: Weeks, promise: Promise) -> list[tuple[datetime, str]]:
    """Return what the history of its request says: when somebody was nudged, and who."""
    status = await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)
    return [(entry.at, entry.detail) for entry in status.history if entry.kind == "nudged"]


async def test_each_promise_of_one_message_has_it_in_its_history_once(weeks: Weeks) -> None:
    """She goes away after the nudge about the first: the team channel hears of both at once, in one message."""
    first, second = await weeks.promised(MIRA, monday(8)), await weeks.promised(MIRA, monday(8, 15))
    await weeks.live_until(monday(7, 22))
    await weeks.office.desk.do(entering.say_away, actor=acting(MIRA), when="today")
    await weeks.live_until(monday(7, 23))
    assert weeks.messages[-1] == (monday(7, 22), CHANNEL, 2)
    assert await nudged(weeks, first) == [(monday(7), MIRA.id), (monday(7, 22), CHANNEL)]
    assert await nudged(weeks, second) == [(monday(7, 15), MIRA.id), (monday(7, 22), CHANNEL)]
