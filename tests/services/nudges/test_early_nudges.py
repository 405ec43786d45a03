"""An early nudge says the true reason: who is away, or which day is off, by the hours that hold when it leaves."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.categories import NEW_WORK
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules, Holiday
from bot.domain.ladder.early import Missing
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.domain.snapshots.nudge import NudgeItem
from bot.domain.snapshots.status import LadderStep, StepKind
from bot.services.away import absences, entering
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox.showing import nudge_item
from bot.services.reading import asking
from bot.services.requests import claiming
from bot.store import Store, outbox
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")
JONAS = Member(id="U0JONAS", name="Jonas")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")


def nov(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """An instant of November 2026, or of December from the 31st on; the 26th is a Thursday."""
    return datetime(2026, 11, 1, hour, minute, second, tzinfo=UTC) + timedelta(days=day - 1)


MONDAY_QUARTER_PAST_NINE, TUESDAY_QUARTER_PAST_NINE = nov(30, 9, 15), nov(31, 9, 15)
FRIDAY = Missing(nov(27, 9), date(2026, 11, 27))
MONDAY = Missing(nov(30, 9), date(2026, 11, 30))


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Wednesday at nine, in an office of nine to five; Sam leads from New York."""
    found = await weeks_of(store, nov(25, 9), OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    yield found
    await close(found)


async def away(weeks: Weeks, when: str) -> int:
    shown = await weeks.office.desk.do(entering.say_away, actor=acting(MIRA), when=when)
    return shown.absence.id


async def first(weeks: Weeks, promise: Promise) -> LadderStep:
    """Return the first nudge that is still to come, as a status tells it."""
    status = await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)
    return next(step for step in status.ladder if step.kind is StepKind.NUDGE)


async def told(weeks: Weeks) -> tuple[str, str, Missing | None]:
    """Live until the first nudge, and return when it came, to whom, and what was missing."""
    await weeks.live_until(nov(31, 9))
    one = weeks.heard[0]
    return f"{one.at:%a %H:%M}", one.recipient, one.item.missing


async def kept(weeks: Weeks, promise: Promise) -> NudgeItem:
    """Return Mira's nudge as its row keeps it: what a message says that is shown again."""

    def read(ctx: Context) -> NudgeItem:
        with ctx.store.reading() as tx:
            row = outbox.last_nudge(tx, "promise", promise.id, "1.", MIRA.id)
            assert row is not None
            return nudge_item(tx, row)

    return await weeks.office.desk.read(read)


async def test_whoever_is_away_the_next_day_hears_that_and_their_status_says_it(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE)
    await away(weeks, "Fri")
    step = await first(weeks, promise)
    assert (step.at, step.missing) == (nov(26, 16, 15), FRIDAY)
    assert await told(weeks) == ("Thu 16:15", MIRA.id, FRIDAY)
    assert (await kept(weeks, promise)).missing == FRIDAY


async def test_a_time_away_that_is_taken_back_is_no_reason_any_more(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE)
    absence = await away(weeks, "Fri")
    await weeks.office.desk.do(absences.take_back, actor=acting(MIRA), absence=absence)
    assert (await first(weeks, promise)).missing is None
    assert await told(weeks) == ("Fri 16:15", MIRA.id, None)


async def test_a_time_away_that_moves_is_told_where_it_lies_then(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, TUESDAY_QUARTER_PAST_NINE)
    absence = await away(weeks, "Mon")
    assert (await first(weeks, promise)).missing == MONDAY
    await weeks.office.desk.do(absences.take_back, actor=acting(MIRA), absence=absence)
    await away(weeks, "Fri - Mon")
    assert (await first(weeks, promise)).missing == FRIDAY
    assert await told(weeks) == ("Thu 16:15", MIRA.id, FRIDAY)


async def test_what_was_taken_back_before_the_message_left_is_not_said_nor_kept(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE)
    absence = await away(weeks, "Fri")
    await weeks.sleep_until(nov(26, 16, 15))
    await weeks.office.desk.do(nudging.plan)
    assert (await kept(weeks, promise)).missing == FRIDAY
    await weeks.office.desk.do(absences.take_back, actor=acting(MIRA), absence=absence)
    await weeks.tick()
    assert [one.item.missing for one in weeks.heard] == [None]
    assert (await kept(weeks, promise)).missing is None


async def test_what_waits_until_the_morning_does_not_say_that_the_day_ends(weeks: Weeks) -> None:
    """It was planned ten seconds before Friday's end; on Monday there are four hours left, and no end of a day."""
    promise = await weeks.promised(MIRA, nov(30, 12, 59, 50), NEW_WORK)
    await weeks.sleep_until(nov(27, 16, 59, 50))
    await weeks.office.desk.do(nudging.plan)
    assert (await kept(weeks, promise)).closes_at == nov(27, 17)
    await weeks.sleep_until(nov(27, 17, 0, 5))
    await weeks.live_until(nov(30, 9, 30))
    [one] = weeks.heard
    assert (one.at, one.item.closes_at, one.item.opens_at) == (nov(30, 9), None, None)
    assert (await kept(weeks, promise)).closes_at is None


async def test_whoever_gets_it_instead_hears_their_own_reason(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE)
    await away(weeks, "Fri")
    await weeks.office.desk.do(claiming.hand_over, actor=acting(MIRA), request=promise.request, to=JONAS.id)
    step = await first(weeks, promise)
    assert (step.to[0].id, step.missing, step.closes_at) == (JONAS.id, None, nov(27, 17))
    assert await told(weeks) == ("Fri 16:15", JONAS.id, None)


async def test_who_stands_in_and_is_away_too_is_told_of_their_own_time_away(weeks: Weeks) -> None:
    """Mira has no time left before it is due; Jonas is away on Friday himself."""
    promise = await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE)
    await weeks.away(MIRA, nov(25, 9), nov(31), JONAS)
    await weeks.away(JONAS, nov(27), nov(28))
    step = await first(weeks, promise)
    assert (step.to[0].id, step.missing) == (JONAS.id, FRIDAY)


async def test_a_day_off_of_the_team_is_named(store: Store) -> None:
    rules = replace(OFFICE, holidays=(Holiday(date(2026, 11, 27), "Black Friday"),))
    weeks = await weeks_of(store, nov(25, 9), rules, (MIRA, JONAS, SAM), lead="Sam")
    off = replace(FRIDAY, off="Black Friday")
    promise = await weeks.promised(MIRA, MONDAY_QUARTER_PAST_NINE)
    assert (await first(weeks, promise)).missing == off
    assert await told(weeks) == ("Thu 16:15", MIRA.id, off)
    await close(weeks)
