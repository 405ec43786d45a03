"""What nobody answers waits for whoever is next in line and has time, and does not go to the whole team before that.

The owner is in Helsinki (two hours ahead of UTC) and away from Wednesday, the lead in New York works until late there.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.domain.categories import NEW_WORK
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.domain.snapshots.status import LadderStep, StepKind
from bot.services.reading import asking
from bot.services.replies import promising
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

EACH_BY_THEIR_CLOCK = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira", tz="Europe/Helsinki")
JONAS = Member(id="U0JONAS", name="Jonas", tz="Europe/Helsinki")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")


def nov(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of November 2026, in UTC; the 24th is a Tuesday, Mira works 07-15, Sam 14-22."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


THURSDAY = nov(26, 13)
SAM_OPENS = nov(24, 14)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Tuesday at nine in Helsinki."""
    found = await weeks_of(store, nov(24, 7), EACH_BY_THEIR_CLOCK, (MIRA, JONAS, SAM), lead="Sam")
    yield found
    await close(found)


async def promised(weeks: Weeks, due: datetime = THURSDAY) -> Promise:
    """Let Mira promise new work, and go away from Wednesday on."""
    promise = await weeks.promised(MIRA, due, NEW_WORK)
    await weeks.away(MIRA, nov(24, 22), nov(30, 0))
    return promise


async def passed_on(weeks: Weeks, promise: Promise) -> list[LadderStep]:
    status = await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)
    return [step for step in status.ladder if step.kind is StepKind.PASSED_ON]


async def test_the_lead_who_opens_in_time_is_waited_for(weeks: Weeks) -> None:
    await promised(weeks)
    await weeks.live_until(nov(24, 14, 30))
    heard = weeks.story()
    assert heard[0] == ("Tue 11:00", MIRA.id, "before")
    assert ("Tue 14:00", SAM.id, "before") in heard
    assert CHANNEL not in [one[1] for one in heard]


@pytest.mark.parametrize("now", [nov(24, 8), nov(24, 11, 30), nov(24, 12, 30), nov(24, 13, 59, 59)])
async def test_the_status_says_when_the_lead_hears(weeks: Weeks, now: datetime) -> None:
    promise = await promised(weeks)
    await weeks.live_until(now)
    steps = await passed_on(weeks, promise)
    assert (steps[0].at, [member.id for member in steps[0].to]) == (SAM_OPENS, [SAM.id])


async def test_the_lead_hears_nothing_when_the_owner_answers_while_they_are_waited_for(weeks: Weeks) -> None:
    promise = await promised(weeks)
    await weeks.live_until(nov(24, 13))
    await weeks.office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)
    await weeks.live_until(nov(24, 16))
    assert weeks.story() == [("Tue 11:00", MIRA.id, "before")]


async def test_a_lead_who_goes_away_meanwhile_is_not_waited_for(weeks: Weeks) -> None:
    await promised(weeks)
    await weeks.live_until(nov(24, 13))
    await weeks.away(SAM, nov(24, 13), nov(30, 0))
    await weeks.tick()
    assert [one[:2] for one in weeks.story()] == [("Tue 11:00", MIRA.id), ("Tue 13:00", CHANNEL)]
