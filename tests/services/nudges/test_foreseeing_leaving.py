"""Who hears because somebody goes away: the reason is that time away, not the day of whoever hears it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.early import Missing
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.domain.snapshots.status import LadderStep, StepKind
from bot.services.away import entering
from bot.services.people import sync_members
from bot.services.reading import asking
from bot.services.replies import promising
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")
JONAS = Member(id="U0JONAS", name="Jonas")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")


def nov(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant of November 2026; the 26th is a Thursday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


MONDAY_QUARTER_PAST_NINE = nov(30, 9, 15)
FRIDAY = Missing(nov(27, 9), date(2026, 11, 27))


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Wednesday at nine, in an office of nine to five; Sam leads from New York, and nobody stands in."""
    found = await weeks_of(store, nov(25, 9), OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    yield found
    await close(found)


async def away(weeks: Weeks, when: str, member: Member = MIRA, cover: str = "") -> None:
    await weeks.office.desk.do(entering.say_away, actor=acting(member), when=when, cover=cover)


async def nudges_of(weeks: Weeks, promise: Promise) -> list[LadderStep]:
    status = await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)
    return [step for step in status.ladder if step.kind is StepKind.NUDGE]


def why(step: LadderStep) -> tuple[datetime, str, str | None, Missing | None, datetime | None]:
    leaver = step.leaver.name if step.leaver else None
    return step.at, step.to[0].name if step.to else "channel", leaver, step.leaving, step.closes_at


async def test_the_lead_hears_when_work_ends_because_of_the_time_away(weeks: Weeks) -> None:
    """She stops on Thursday at five; that Sam's own day ends later has nothing to do with it."""
    promise = await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE)
    await away(weeks, "Fri")
    await weeks.live_until(nov(26, 16, 16))
    await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    steps = await nudges_of(weeks, promise)
    assert (nov(26, 17), "Sam", "Mira", FRIDAY, None) in [why(step) for step in steps]


async def test_who_has_heard_already_when_work_ends_hears_nothing_then(weeks: Weeks) -> None:
    """Nobody answers, so Sam is told before she stops, and the team need not hear once she has."""
    promise = await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE)
    await away(weeks, "Fri")
    await weeks.live_until(nov(26, 16, 16))
    status = await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)
    expected = [(step.at, step.to[0].id if step.to else "channel") for step in status.ladder][:-1]
    assert [who for _, who in expected] == ["U0SAM", "U0MIRA"]
    await weeks.live_until(promise.due_at - timedelta(seconds=1))
    assert [(one.at, one.recipient) for one in weeks.heard[1:]] == expected


async def test_what_follows_has_its_own_reasons(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE)
    await away(weeks, "Fri")
    await weeks.live_until(nov(26, 16, 16))
    await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    _, *rest = await nudges_of(weeks, promise)
    assert rest
    assert [(step.leaver, step.leaving) for step in rest] == [(None, None)] * len(rest)


async def test_a_part_of_a_day_is_missing_from_its_hour_on(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, nov(26, 17))
    await away(weeks, "from 26 Nov 16:30 until 26 Nov 18:00")
    await weeks.live_until(nov(26, 16))
    await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    first = (await nudges_of(weeks, promise))[0]
    assert why(first) == (nov(26, 16, 30), "Sam", "Mira", Missing(nov(26, 16, 30), None), None)


async def test_a_stand_in_who_goes_away_is_named_and_not_the_owner(weeks: Weeks) -> None:
    """Jonas has it in hand for Mira, and goes away himself."""
    await weeks.away(MIRA, nov(26), nov(30, 12), JONAS)
    promise = await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE)
    await weeks.live_until(nov(26, 9))
    await away(weeks, "Fri", JONAS)
    await weeks.live_until(nov(26, 16, 16))
    await weeks.office.desk.do(promising.take_on, actor=acting(JONAS), promise=promise.id)
    first = (await nudges_of(weeks, promise))[0]
    assert why(first) == (nov(26, 17), "Sam", "Jonas", FRIDAY, None)


async def test_whoever_left_the_team_has_no_time_away_to_name(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, nov(26, 12))
    await weeks.live_until(nov(26, 11))
    await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    weeks.office.later(minutes=5)
    await weeks.office.desk.do(sync_members, members=[replace(MIRA, active=False), JONAS, SAM])
    status = await weeks.office.desk.read(asking.status_of, actor=acting(JONAS), request=promise.request)
    first = next(step for step in status.ladder if step.kind is StepKind.NUDGE)
    assert first.leaving is None
    assert first.at == weeks.now
