"""The list of an absence names who really hears of each promise: whom its status names, and not who leads from afar.

Mira is in Helsinki, two hours ahead of UTC; Sam leads from New York and opens when it is four in the afternoon there.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.categories import NEW_WORK
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.services.away import absences, entering
from bot.services.reading import asking
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira", tz="Europe/Helsinki")
JONAS = Member(id="U0JONAS", name="Jonas", tz="Europe/Berlin")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")
MINUTE = timedelta(minutes=1)


def monday(hour: int, minute: int = 0) -> datetime:
    """An instant of Monday 23 November 2026, in UTC."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday at ten in Helsinki."""
    found = await weeks_of(store, datetime(2026, 11, 20, 8, tzinfo=UTC), OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    yield found
    await close(found)


async def named(weeks: Weeks, when: str, cover: str = "") -> list[str]:
    """Let Mira enter an absence; return who it says hears of each promise in its list."""
    shown = await weeks.office.desk.do(entering.say_away, actor=acting(MIRA), when=when, cover=cover)
    return [item.hears.id if item.hears else CHANNEL for item in shown.falling]


async def told_next(weeks: Weeks, promise: Promise) -> str:
    """Return whom the status of its request names next beside Mira."""
    status = await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)
    step = next(step for step in status.ladder if MIRA not in step.to)
    return step.to[0].id if step.to else CHANNEL


@pytest.mark.parametrize(
    ("due", "hears"),
    [
        (monday(8), CHANNEL),
        (monday(14), CHANNEL),
        (monday(14, 30), CHANNEL),
        (monday(15, 30), SAM.id),
        (monday(20), SAM.id),
    ],
    ids=["at night", "as they open", "half an hour after", "an hour and a half after", "late"],
)
async def test_a_lead_who_is_not_at_work_in_time_is_not_named(weeks: Weeks, due: datetime, hears: str) -> None:
    promise = await weeks.promised(MIRA, due)
    await weeks.live_until(monday(7, 22))
    assert await named(weeks, "today") == [hears]
    assert await told_next(weeks, promise) == hears


@pytest.mark.parametrize("entered", [monday(6, 59), monday(7), monday(7, 30), monday(7, 45), monday(7, 50)])
async def test_it_is_who_the_status_names_whenever_it_is_entered(weeks: Weeks, entered: datetime) -> None:
    """It is due at ten by her clock: she hears at nine and at a quarter to, the team at half past nine."""
    await weeks.promised(MIRA, monday(8))
    await weeks.live_until(entered)
    assert await named(weeks, "today") == [CHANNEL]


async def test_who_stands_in_is_named_while_they_work(weeks: Weeks) -> None:
    """Jonas works until six by her clock; the other one is due at nine in the evening, when Sam works."""
    first = await weeks.promised(MIRA, monday(15), NEW_WORK)
    second = await weeks.promised(MIRA, monday(19))
    await weeks.live_until(monday(7, 22))
    assert await named(weeks, "today", cover=JONAS.id) == [JONAS.id, JONAS.id]
    assert [await told_next(weeks, one) for one in (first, second)] == [JONAS.id, JONAS.id]


async def test_of_a_time_to_come_it_is_who_hears_then(weeks: Weeks) -> None:
    """On Friday she hears nothing yet; on Monday she is away, and Sam has not opened when the first is due."""
    await weeks.promised(MIRA, monday(9))
    await weeks.promised(MIRA, monday(18))
    assert await named(weeks, "Mon") == [CHANNEL, SAM.id]


async def test_the_list_that_is_drawn_anew_says_who_hears_now(weeks: Weeks) -> None:
    await weeks.promised(MIRA, monday(8))
    await weeks.live_until(monday(7, 22))
    shown = await weeks.office.desk.do(entering.say_away, actor=acting(MIRA), when="today")
    await weeks.live_until(monday(7, 50))
    again = await weeks.office.desk.read(absences.absence_shown, actor=acting(MIRA), absence=shown.absence.id)
    assert [item.hears for item in again.falling] == [None]
