"""Planning everybody's promises anew: each gets the step that it would have had by the new hours, in short parts."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.services.context import Context
from bot.services.nudges import replanning
from bot.services.replies import promising
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
EARLY = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 07:00-14:30"))
MIRA = Member(id="U0MIRA", name="Mira")
SAM = Member(id="U0SAM", name="Sam")


def friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, tzinfo=UTC)


def monday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 30, hour, minute, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday at nine; Mira and Sam, who leads, work from nine to five."""
    found = await weeks_of(store, friday(9), OFFICE, (MIRA, SAM), lead="Sam")
    yield found
    await close(found)


async def with_hours(weeks: Weeks, rules: CalendarRules) -> int:
    """Plan everybody's promises anew by other hours of the team; return in how many parts."""

    def plan(ctx: Context) -> int:
        ctx = replace(ctx, policy=replace(ctx.policy, calendar=rules))
        with ctx.store.writing() as tx:
            replanning.ask_for_team(tx, ctx)
        parts = 1
        while replanning.replan_team(ctx):
            parts += 1
        return parts

    return await weeks.office.desk.do(plan)


async def stands(weeks: Weeks, promise: Promise) -> Promise:
    return next(each for each in await weeks.promises(promise.request) if each.id == promise.id)


@pytest.mark.parametrize(
    ("due", "before", "after"),
    [
        (friday(16), friday(15), friday(13, 30)),
        (friday(14, 30), friday(13, 30), friday(13, 30)),
        (monday(9, 15), friday(16, 15), monday(8, 15)),
        (monday(7, 15), friday(16), friday(13, 45)),
    ],
    ids=["closes sooner", "as before", "opens sooner", "the call before closing"],
)
async def test_the_next_step_is_what_it_would_be_by_the_new_hours_and_back(
    weeks: Weeks, due: datetime, before: datetime, after: datetime
) -> None:
    promise = await weeks.promised(MIRA, due)
    first = await stands(weeks, promise)
    assert first.next_at == before
    await with_hours(weeks, EARLY)
    moved = await stands(weeks, promise)
    assert moved.next_at == after
    assert moved.hours != first.hours
    await with_hours(weeks, OFFICE)
    assert await stands(weeks, promise) == first


async def test_it_takes_several_short_parts_and_leaves_nobody_out(
    weeks: Weeks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replanning, "AT_ONCE", 2)
    standing = [await weeks.promised(MIRA, friday(16)) for _ in range(5)]
    assert await with_hours(weeks, EARLY) == 3
    assert [(await stands(weeks, promise)).next_at for promise in standing] == [friday(13, 30)] * 5


async def test_what_was_answered_or_has_ended_stays_as_it_is(weeks: Weeks) -> None:
    answered, ended = await weeks.promised(MIRA, friday(14)), await weeks.promised(MIRA, friday(16))
    await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=answered.id)
    await weeks.office.desk.do(promising.release_promise, actor=acting(MIRA), promise=ended.id)
    was = await stands(weeks, ended)
    await with_hours(weeks, EARLY)
    assert (await stands(weeks, answered)).next_at == answered.due_at
    assert await stands(weeks, ended) == was


async def test_a_time_is_kept_to_the_microsecond(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(14) + timedelta(microseconds=7))
    await with_hours(weeks, EARLY)
    assert (await stands(weeks, promise)).next_at == friday(13) + timedelta(microseconds=7)
