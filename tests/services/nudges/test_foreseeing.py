"""What comes next of a promise and why then, as the hours of its people make it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.categories import NEW_WORK
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL, Why
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.domain.snapshots.status import LadderStep, Status, StepKind
from bot.services.reading import asking
from bot.services.replies import promising
from bot.services.settings import calendar_saving
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

LUNCH = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-12:00 13:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")
HOUR = timedelta(hours=1)


def friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, tzinfo=UTC)


MONDAY_QUARTER_PAST_NINE = datetime(2026, 11, 30, 9, 15, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday at nine, in an office that breaks from twelve to one and closes at five; Sam leads from New York."""
    found = await weeks_of(store, friday(9), LUNCH, (MIRA, SAM), lead="Sam")
    yield found
    await close(found)


async def status_of(weeks: Weeks, promise: Promise) -> Status:
    return await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)


async def nudges_of(weeks: Weeks, promise: Promise) -> list[LadderStep]:
    return [step for step in (await status_of(weeks, promise)).ladder if step.kind is StepKind.NUDGE]


async def test_a_nudge_before_lunch_says_when_work_goes_on(weeks: Weeks) -> None:
    call, _ = await nudges_of(weeks, await weeks.promised(MIRA, friday(13, 30)))
    assert call.at == friday(11, 30)
    assert (call.closes_at, call.opens_at) == (friday(12), friday(13))
    assert call.lead == HOUR


async def test_a_nudge_before_the_weekend_says_that_the_office_closes(weeks: Weeks) -> None:
    call, last = await nudges_of(weeks, await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE))
    assert (call.at, call.closes_at, call.opens_at, call.office) == (friday(16, 15), friday(17), MONDAY, True)
    assert (last.closes_at, last.office, last.lead) == (None, False, HOUR / 4)


async def test_who_goes_home_before_the_others_is_not_the_office(weeks: Weeks) -> None:
    own = replace(LUNCH, week=parse_week("Mon-Fri 09:00-16:00"))
    await weeks.office.desk.do(
        calendar_saving.save_member_calendar, actor=acting(MIRA), member=MIRA.id, rules=own, based_on=0
    )
    call, _ = await nudges_of(weeks, await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE))
    assert (call.at, call.closes_at, call.office) == (friday(15, 15), friday(16), False)


async def test_a_step_that_needs_no_reason_has_its_lead(weeks: Weeks) -> None:
    first, last = await nudges_of(weeks, await weeks.promised(MIRA, friday(16)))
    assert [(step.at, step.closes_at, step.lead) for step in (first, last)] == [
        (friday(15), None, HOUR),
        (friday(15, 45), None, HOUR / 4),
    ]


async def test_a_status_knows_who_reads_it(weeks: Weeks) -> None:
    assert (await status_of(weeks, await weeks.promised(MIRA, friday(16)))).reader == MIRA.id


async def told_until_due(weeks: Weeks, promise: Promise) -> list[tuple[str, str]]:
    """Live until it is due, and return who was nudged when; nobody answers any more."""
    before = len(weeks.story())
    await weeks.live_until(promise.due_at)
    return [(at, who) for at, who, rung in weeks.story()[before:] if rung == "before"]


async def foreseen(weeks: Weeks, promise: Promise) -> list[tuple[str, str]]:
    steps = (await status_of(weeks, promise)).ladder
    return [
        (f"{step.at:%a %H:%M}", step.to[0].id if step.to else CHANNEL)
        for step in steps
        if step.kind is not StepKind.SLIPPED
    ]


@pytest.mark.parametrize("minutes", [0, 5, 31], ids=["before anything", "told", "passed on"])
async def test_what_is_foreseen_is_what_comes(weeks: Weeks, minutes: int) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    if minutes:
        await weeks.live_until(friday(15, minutes))
    expected = await foreseen(weeks, promise)
    assert await told_until_due(weeks, promise) == expected


async def test_who_has_it_in_hand_and_goes_away_hands_it_on_as_foreseen(weeks: Weeks) -> None:
    """She has it in hand from four on and leaves at twenty past; it is due at five, and Sam hears when she leaves."""
    promise = await weeks.promised(MIRA, friday(17))
    await weeks.live_until(friday(16))
    await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    assert [step.kind for step in (await status_of(weeks, promise)).ladder] == [StepKind.SLIPPED]
    await weeks.away(MIRA, friday(16, 20), MONDAY)
    expected = await foreseen(weeks, promise)
    assert expected
    assert expected[0] == ("Fri 16:20", SAM.id)
    first = (await status_of(weeks, promise)).ladder[0]
    assert first.why in {Why.AWAY, Why.LEAVING}
    assert await told_until_due(weeks, promise) == expected


async def in_helsinki(store: Store, now: datetime) -> Weeks:
    """Return a team of nine to five, whose Jonas only begins at ten; nobody leads."""
    rules = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
    jonas = Member(id="U0JONAS", name="Jonas", tz="Europe/Berlin")
    weeks = await weeks_of(store, now, rules, (replace(MIRA, tz="Europe/Helsinki"), jonas))
    own = CalendarRules(tz="Europe/Berlin", week=parse_week("Mon-Fri 09:00-16:00"))
    await weeks.office.desk.do(
        calendar_saving.save_member_calendar, actor=acting(jonas), member=jonas.id, rules=own, based_on=0
    )
    return weeks


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026, as it is told in Helsinki."""
    return datetime(2026, 11, day, hour - 2, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("made", "due", "category", "told"),
    [
        (local(29, 11), local(30, 9, 30), NEW_WORK, ["Mon 07:00", "Mon 07:15"]),
        (local(29, 11), local(30, 9, 30), "", ["Mon 07:00", "Mon 07:15"]),
        (local(29, 11), local(30, 9, 15), "", ["Mon 07:00"]),
        (local(29, 11), local(30, 9, 10), "", ["Mon 07:00"]),
        (local(29, 11), local(30, 9), "", ["Mon 06:00", "Mon 06:45"]),
        (local(29, 11), local(29, 15), "", ["Sun 12:00", "Sun 12:45"]),
    ],
    ids=["half past nine", "the team's ladder", "a quarter past", "ten past", "no team time", "on Sunday"],
)
@pytest.mark.parametrize("entered", ["before", "after"])
async def test_the_channel_hears_in_the_teams_hours_what_nobody_in_line_has_time_for(
    store: Store, *, made: datetime, due: datetime, category: str, told: list[str], entered: str
) -> None:
    """It is Sunday, Mira is away on Monday morning, and Jonas, who stands in, begins at ten."""
    weeks = await in_helsinki(store, made)
    jonas = Member(id="U0JONAS", name="Jonas")
    if entered == "before":
        await weeks.away(MIRA, local(30, 8), local(30, 12), jonas)
    promise = await weeks.promised(MIRA, due, category)
    if entered == "after":
        await weeks.away(MIRA, local(30, 8), local(30, 12), jonas)
    expected = await foreseen(weeks, promise)
    assert [step for step in expected if step[1] == CHANNEL] == [(at, CHANNEL) for at in told]
    assert await told_until_due(weeks, promise) == expected
    await close(weeks)
