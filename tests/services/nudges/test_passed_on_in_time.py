"""What nobody answers waits for whoever is next in line and opens in time, and does not go to the whole team before.

The owner is in Helsinki (two hours ahead of UTC) and away from Wednesday, the lead in New York works until late there.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.categories import NEW_WORK
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.people import Member
from bot.domain.promises import Outcome, Promise
from bot.domain.snapshots.status import LadderStep, StepKind
from bot.services.hours import quiet
from bot.services.reading import asking
from bot.services.replies import promising
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

EACH_BY_THEIR_CLOCK = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira", tz="Europe/Helsinki")
JONAS = Member(id="U0JONAS", name="Jonas", tz="Europe/Helsinki")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")
SECOND = timedelta(seconds=1)


def nov(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of November 2026, in UTC; the 24th is a Tuesday, Mira works 07-15, Sam 14-22."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


THURSDAY = nov(26, 13)
SAM_OPENS = nov(24, 14)
NEXT_WEEK = nov(30, 0)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Tuesday at nine in Helsinki."""
    found = await weeks_of(store, nov(24, 7), EACH_BY_THEIR_CLOCK, (MIRA, JONAS, SAM), lead="Sam")
    yield found
    await close(found)


async def promised(weeks: Weeks, due: datetime = THURSDAY, stand_in: Member | None = None) -> Promise:
    """Let Mira promise new work, and go away from Wednesday on."""
    promise = await weeks.promised(MIRA, due, NEW_WORK)
    await weeks.away(MIRA, nov(24, 22), NEXT_WEEK, stand_in)
    return promise


async def passed_on(weeks: Weeks, promise: Promise) -> list[LadderStep]:
    status = await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)
    return [step for step in status.ladder if step.kind is StepKind.PASSED_ON]


def to_others(weeks: Weeks) -> list[tuple[datetime, str]]:
    """Return what somebody else than Mira heard; her own nudges are at one, four and a quarter to five."""
    return [(one.at, one.recipient) for one in weeks.heard if one.recipient != MIRA.id]


async def looks(weeks: Weeks, promise: Promise) -> datetime:
    """Return when an open promise is looked at next, which is never in the past."""
    [found] = [one for one in await weeks.promises(promise.request) if one.outcome is Outcome.OPEN]
    assert found.next_at is not None
    assert found.next_at > weeks.now
    return found.next_at


async def test_the_lead_who_opens_in_time_is_waited_for(weeks: Weeks) -> None:
    """She hears at one by her clock, and should have answered by half past two; Sam opens at four by it."""
    promise = await promised(weeks)
    await weeks.live_until(SAM_OPENS - SECOND)
    assert to_others(weeks) == []
    assert await looks(weeks, promise) == SAM_OPENS
    await weeks.live_until(SAM_OPENS)
    assert to_others(weeks) == [(SAM_OPENS, SAM.id)]
    await weeks.live_until(THURSDAY - SECOND)
    assert CHANNEL not in [who for _, who in to_others(weeks)]


@pytest.mark.parametrize("now", [nov(24, 8), nov(24, 11, 30), nov(24, 12, 30), nov(24, 13, 59, 59)])
async def test_the_status_says_when_the_lead_hears(weeks: Weeks, now: datetime) -> None:
    promise = await promised(weeks)
    await weeks.live_until(now)
    steps = await passed_on(weeks, promise)
    assert [(step.at, [member.id for member in step.to]) for step in steps] == [(SAM_OPENS, [SAM.id])]


async def test_the_lead_hears_nothing_when_the_owner_answers_while_they_are_waited_for(weeks: Weeks) -> None:
    promise = await promised(weeks)
    await weeks.live_until(nov(24, 13))
    await weeks.office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)
    await weeks.live_until(nov(24, 16))
    assert weeks.story() == [("Tue 11:00", MIRA.id, "before")]


@pytest.mark.parametrize(
    "entered",
    [nov(24, 12), nov(24, 12, 29, 59), nov(24, 12, 30), nov(24, 12, 30, 1), nov(24, 13), nov(24, 13, 59, 59)],
    ids=["before", "a second before it is passed on", "then", "a second after", "waiting", "a second before they open"],
)
async def test_a_lead_who_goes_away_meanwhile_is_waited_for_no_longer(weeks: Weeks, entered: datetime) -> None:
    promise = await promised(weeks)
    await weeks.live_until(entered)
    await weeks.away(SAM, entered, NEXT_WEEK)
    await weeks.tick()
    await looks(weeks, promise)
    await weeks.live_until(nov(24, 14, 30))
    assert to_others(weeks) == [(max(entered, nov(24, 12, 30)), CHANNEL)]


async def test_a_lead_whose_day_begins_later_is_waited_for_until_then(weeks: Weeks) -> None:
    promise = await promised(weeks)
    await weeks.live_until(nov(24, 13))
    await weeks.away(SAM, nov(24, 13), nov(24, 14, 45))
    await weeks.tick()
    await looks(weeks, promise)
    await weeks.live_until(nov(24, 14, 30))
    assert await looks(weeks, promise) == nov(24, 14, 45)
    await weeks.live_until(nov(24, 14, 50))
    assert to_others(weeks) == [(nov(24, 14, 45), SAM.id)]


async def test_a_lead_who_is_back_sooner_hears_then(weeks: Weeks) -> None:
    """Do not disturb until five, and no longer from a quarter past two on."""
    promise = await promised(weeks)
    await weeks.live_until(nov(24, 12))
    await weeks.office.desk.do(quiet.note_quiet, spells={SAM.id: (nov(24, 10), nov(24, 17))})
    await weeks.live_until(nov(24, 14, 15))
    await looks(weeks, promise)
    assert to_others(weeks) == []
    await weeks.office.desk.do(quiet.note_quiet, spells={SAM.id: None})
    await weeks.live_until(nov(24, 14, 16))
    assert to_others(weeks) == [(nov(24, 14, 15), SAM.id)]


async def test_of_two_in_line_the_next_one_who_opens_in_time_hears(weeks: Weeks) -> None:
    """Jonas stands in and only works from Wednesday on; nobody asks Sam, who is not next."""
    await weeks.away(JONAS, nov(24, 7), nov(24, 22))
    await promised(weeks, stand_in=JONAS)
    await weeks.live_until(nov(24, 14, 59))
    assert to_others(weeks) == []


async def test_of_two_in_line_the_lead_hears_when_the_stand_in_goes_away_too(weeks: Weeks) -> None:
    await weeks.away(JONAS, nov(24, 7), nov(24, 22))
    promise = await promised(weeks, stand_in=JONAS)
    await weeks.live_until(nov(24, 13))
    await looks(weeks, promise)
    await weeks.away(JONAS, nov(24, 22), NEXT_WEEK)
    await weeks.live_until(nov(24, 14, 59))
    assert to_others(weeks) == [(SAM_OPENS, SAM.id)]


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (nov(24, 15) - SECOND, (CHANNEL, False)),
        (nov(24, 15), (SAM.id, True)),
        (nov(24, 15) + SECOND, (SAM.id, True)),
    ],
    ids=["a second too late", "just in time", "a second to spare"],
)
async def test_the_lead_is_waited_for_only_when_their_opening_leaves_an_hour(
    weeks: Weeks, due: datetime, told: tuple[str, bool]
) -> None:
    """It is due before Mira's day ends; the first of her nudges came at eleven by UTC or just before."""
    await weeks.promised(MIRA, due, NEW_WORK)
    await weeks.live_until(SAM_OPENS)
    assert [(who, at == SAM_OPENS) for at, who in to_others(weeks)] == [told]


@pytest.mark.parametrize(
    ("day", "opens"), [(26, 13), (30, 13)], ids=["Helsinki went over yesterday", "New York goes over tomorrow"]
)
async def test_the_lead_is_waited_for_when_only_one_clock_has_changed(store: Store, day: int, opens: int) -> None:
    """From 25 October until 1 November 2026 nine in New York is three in Helsinki."""
    begins = datetime(2026, 10, day, 7, tzinfo=UTC)
    weeks = await weeks_of(store, begins, EACH_BY_THEIR_CLOCK, (MIRA, JONAS, SAM), lead="Sam")
    due = begins + timedelta(days=1 if day == 26 else 3, hours=7)
    await weeks.promised(MIRA, due, NEW_WORK)
    await weeks.away(MIRA, begins.replace(hour=22), begins + timedelta(days=5))
    await weeks.live_until(begins.replace(hour=14, minute=30))
    assert to_others(weeks)[:1] == [(begins.replace(hour=opens), SAM.id)]
    await close(weeks)
