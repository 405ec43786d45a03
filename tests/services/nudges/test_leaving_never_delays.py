"""Whoever leaves never makes help come later: others hear of what is theirs when it was planned, or before.

Mira is in Helsinki, two hours ahead of UTC, and works nine to five there; Jonas does in Berlin, Sam in New York.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.away.away_signs import Status
from bot.domain.categories import NEW_WORK
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules, SpecialDay
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.people import Member
from bot.domain.promises import Outcome, Promise
from bot.domain.snapshots.status import LadderStep, StepKind
from bot.services.away import entering, statuses
from bot.services.context import Context
from bot.services.hours import quiet
from bot.services.reading import asking
from bot.services.settings import calendar_saving
from bot.store import Store, nudges
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira", tz="Europe/Helsinki")
JONAS = Member(id="U0JONAS", name="Jonas", tz="Europe/Berlin")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def monday(hour: int, minute: int = 0) -> datetime:
    """An instant of Monday 23 November 2026, in UTC."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


FRIDAY = datetime(2026, 11, 20, 8, tzinfo=UTC)
NOON = monday(11)
"""One o'clock for Mira, twelve for Jonas; Sam opens in three hours."""
TONIGHT = monday(22)


async def enters(weeks: Weeks, start: datetime, end: datetime, stand_in: Member | None = None) -> None:
    """Let Mira enter an absence."""
    facts = {"starts_at": start, "ends_at": end, "stand_in": stand_in.id if stand_in else None}
    await weeks.office.desk.do(entering.enter_absence, actor=acting(MIRA), **facts)


async def with_nobody(weeks: Weeks) -> None:
    await enters(weeks, NOON, TONIGHT)


async def with_a_stand_in(weeks: Weeks) -> None:
    await enters(weeks, NOON, TONIGHT, JONAS)


async def in_some_minutes(weeks: Weeks) -> None:
    await enters(weeks, NOON + 20 * MINUTE, TONIGHT)


async def by_a_status(weeks: Weeks) -> None:
    await weeks.office.desk.do(statuses.status_changed, user=MIRA.id, said=Status("Vacationing", ":palm_tree:"))


async def by_a_day_off(weeks: Weeks) -> None:
    rules = replace(OFFICE, days=(SpecialDay(date(2026, 11, 23), ()),))
    facts = {"actor": acting(MIRA), "member": MIRA.id, "rules": rules, "based_on": 0}
    await weeks.office.desk.do(calendar_saving.save_member_calendar, **facts)


async def by_do_not_disturb(weeks: Weeks) -> None:
    await weeks.office.desk.do(quiet.note_quiet, spells={MIRA.id: (NOON, TONIGHT)})


WAYS: tuple[Callable[[Weeks], Awaitable[None]], ...] = (
    with_nobody,
    with_a_stand_in,
    in_some_minutes,
    by_a_status,
    by_a_day_off,
    by_do_not_disturb,
)

STEPS = {"": (60, 30), NEW_WORK: (240, 150, 60)}
"""Minutes before the due time: a nudge, when the next one in line hears of it, and the nudge after that."""


async def promised(weeks: Weeks) -> list[Promise]:
    """Let Mira promise what at noon is just before, at and just after each of its steps, and what is due before five.

    They are made on Friday: ten seconds each.
    """
    dues = [
        (NOON + before * MINUTE + around * SECOND, category)
        for category, steps in STEPS.items()
        for before in steps
        for around in (-1, 0, 1)
    ]
    return [await weeks.promised(MIRA, due, category) for due, category in dues]


async def still_open(weeks: Weeks, promise: Promise) -> Promise | None:
    found = [one for one in await weeks.promises(promise.request) if one.id == promise.id]
    return next((one for one in found if one.outcome is Outcome.OPEN), None)


async def steps(weeks: Weeks, promise: Promise) -> tuple[LadderStep, ...]:
    return (await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)).ladder


async def others_hear(weeks: Weeks, promise: Promise, *, since: int = 0) -> datetime:
    """Return when somebody else than Mira hears of it next: of what was heard `since`, what waits and what is to come.

    That it slipped counts: somebody always hears of that.
    """

    def waiting(ctx: Context) -> list[datetime]:
        with ctx.store.reading() as tx:
            told = nudges.told_of(tx, promise.id, standing.revision) if standing is not None else ()
            return [one.not_before for one in told if one.waits and one.recipient != MIRA.id]

    standing = await still_open(weeks, promise)
    heard = [one for one in weeks.heard[since:] if one.item.promise and one.item.promise.id == promise.id]
    coming = [one for one in await steps(weeks, promise) if one.kind is StepKind.SLIPPED or MIRA not in one.to]
    found = [one.at for one in heard if one.recipient != MIRA.id] if since else []
    return min([*found, *(one.at for one in coming), *await weeks.office.desk.read(waiting), promise.due_at])


@pytest.mark.parametrize("jonas_works", [True, False])
@pytest.mark.parametrize("leaves", WAYS)
async def test_others_hear_no_later_than_was_planned_before_somebody_left(
    store: Store, leaves: Callable[[Weeks], Awaitable[None]], jonas_works: bool
) -> None:
    weeks = await weeks_of(store, FRIDAY, OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    if not jonas_works:
        await weeks.away(JONAS, FRIDAY, monday(16))
    standing = await promised(weeks)
    await weeks.live_until(NOON)
    planned = {promise.id: await others_hear(weeks, promise) for promise in standing}
    number = len(weeks.heard)
    await leaves(weeks)
    foretold = {promise.id: await others_hear(weeks, promise) for promise in standing}
    await weeks.tick()
    now = {promise.id: await others_hear(weeks, promise, since=number) for promise in standing}
    for promise in standing:
        facts = (promise.due_at, planned[promise.id], foretold[promise.id], now[promise.id])
        assert foretold[promise.id] <= planned[promise.id], facts
        assert now[promise.id] <= planned[promise.id], facts
    await close(weeks)


@pytest.mark.parametrize("since", [timedelta(), SECOND, 22 * MINUTE, 30 * MINUTE - SECOND])
async def test_the_team_hears_at_once_of_what_somebody_who_leaves_was_told(store: Store, since: timedelta) -> None:
    """It is due at ten and she heard at nine; it is night where Sam leads, and nobody stands in."""
    weeks = await weeks_of(store, FRIDAY, OFFICE, (MIRA, SAM), lead="Sam")
    promise = await weeks.promised(MIRA, monday(8))
    await weeks.live_until(monday(7) + since)
    await weeks.office.desk.do(entering.say_away, actor=acting(MIRA), when="today")
    await weeks.live_until(monday(7, 31))
    assert [(one.at, one.recipient) for one in weeks.heard] == [(monday(7), MIRA.id), (monday(7) + since, CHANNEL)]
    assert await still_open(weeks, promise) is not None
    await close(weeks)


@pytest.mark.parametrize("entered", [timedelta(), SECOND, 10 * MINUTE, 89 * MINUTE, 90 * MINUTE - SECOND])
async def test_two_hours_away_are_no_time_to_answer_what_was_told_before(store: Store, entered: timedelta) -> None:
    """New work is due at five; she heard at one, was to answer until half past two, and has time after these hours."""
    weeks = await weeks_of(store, FRIDAY, OFFICE, (MIRA, JONAS), lead="Jonas")
    promise = await weeks.promised(MIRA, monday(15), NEW_WORK)
    await weeks.live_until(NOON + entered)
    planned = await others_hear(weeks, promise)
    await enters(weeks, weeks.now, min(weeks.now + 2 * HOUR, monday(13, 59)))
    assert await others_hear(weeks, promise) == planned
    await weeks.live_until(NOON + 3 * HOUR - SECOND)
    assert [(one.at, one.recipient) for one in weeks.heard] == [(NOON, MIRA.id), (monday(12, 30), JONAS.id)]
    await close(weeks)
