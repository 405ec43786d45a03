"""Years of absences make nothing slower, and what reaches back to what was told comes out as if all were read."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.people import Member
from bot.services.away import absences, entering
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.hours.reaching import Crew
from bot.services.nudges import nudging
from bot.services.replies import promising
from bot.store import Store
from bot.store import absences as rows
from bot.store import tables as t
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA, JONAS, SAM = (Member(id=f"U0{name.upper()}", name=name) for name in ("Mira", "Jonas", "Sam"))
THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MANY = 10_000


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    found = await weeks_of(store, THURSDAY, OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    yield found
    await close(found)


async def was_away(weeks: Weeks, member: Member, times: int, *, every: timedelta = 8 * HOUR) -> None:
    """Let a member have been away for an hour, again and again; half of the times they came back early."""

    def fill(ctx: Context) -> None:
        first = THURSDAY - (times + 2) * every
        spells = [(first + number * every, first + number * every + HOUR) for number in range(times)]
        facts = {"source": "slash", "reason": "", "promises": [], "kept": [], "summarised_at": THURSDAY}
        with ctx.store.writing() as tx:
            tx.execute(
                insert(t.absence),
                [
                    {"member": member.id, "starts_at": start, "ends_at": end, "made_at": start, **facts}
                    | {"ended_at": end - HOUR / 2 if number % 2 else None}
                    for number, (start, end) in enumerate(spells)
                ],
            )

    await weeks.office.desk.do(fill)


async def a_morning_of(weeks: Weeks, member: Member) -> float:
    """Return how long it takes, at best, to take something on, to go away, to plan and to come back."""
    desk, took = weeks.office.desk, []
    for _ in range(5):
        promise = await weeks.promised(member, weeks.now + 30 * HOUR)
        began = time.process_time()
        await desk.do(promising.take_on, actor=acting(member), promise=promise.id)
        await desk.do(entering.enter_absence, actor=acting(member), starts_at=weeks.now, ends_at=weeks.now + 5 * HOUR)
        await desk.do(nudging.plan)
        await desk.do(absences.come_back, actor=acting(member))
        took.append(time.process_time() - began)
        weeks.office.later(minutes=1)
    return min(took)


async def test_ten_thousand_past_absences_cost_no_more_than_ten(weeks: Weeks) -> None:
    await was_away(weeks, MIRA, MANY)
    await was_away(weeks, JONAS, 10)
    few, many = await a_morning_of(weeks, JONAS), await a_morning_of(weeks, MIRA)
    assert many < 2 * few, f"{many:.3f} s instead of {few:.3f} s"


def test_sqlite_looks_up_what_is_not_over(store: Store) -> None:
    if not store.is_sqlite:
        return
    said: list[tuple[str, Any]] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def _note(_connection: object, _cursor: object, statement: str, given: Any, *_rest: object) -> None:
        said.append((statement, given))

    with store.writing() as tx:
        rows.of_member(tx, MIRA.id, after=THURSDAY)
        asked = next(one for one in said if "absence" in one[0])
        plan = [str(row[3]) for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", asked[1])]

    searched = [step for step in plan if step.startswith(("SEARCH", "SCAN"))]
    assert len(searched) == 3
    assert all("ix_absence_member_over (member=? AND ended_at" in step for step in searched), plan


async def test_the_crew_reaches_back_to_what_was_told(weeks: Weeks) -> None:
    await was_away(weeks, MIRA, 400, every=6 * HOUR)

    def check(ctx: Context) -> None:
        with ctx.store.reading() as tx:
            crew, whole = Crew(tx, ctx), calendars.hours_of(tx, ctx, MIRA.id)
            for days in (0, 2, 1, 30, 90):
                told = ctx.now - days * DAY
                crew.reach_back(told)
                found = crew.person(MIRA.id).hours
                for late in (timedelta(), HOUR, DAY, 20 * DAY):
                    assert found.between(told, ctx.now + late) == whole.between(told, ctx.now + late)
                assert found.last_spell_before(ctx.now) == whole.last_spell_before(ctx.now)

    await weeks.office.desk.read(check)


@pytest.mark.parametrize("ended", ["ends_at", "ended_at"])
async def test_who_was_away_after_they_were_told_has_less_time_for_ever(weeks: Weeks, ended: str) -> None:
    """The time in which a promise was nobody's to keep counts for nothing, also when it is long over."""
    promise = await weeks.promised(MIRA, THURSDAY + 8 * DAY - HOUR)
    over = THURSDAY + DAY + 7 * HOUR
    facts = {"ends_at": over + 20 * DAY, "ended_at": over} if ended == "ended_at" else {"ends_at": over}

    def enter(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            rows.add(tx, member=MIRA.id, starts_at=THURSDAY + HOUR, source="slash", made_at=ctx.now, **facts)

    await weeks.office.desk.do(enter)
    weeks.office.later(days=5)

    def rest(ctx: Context) -> timedelta:
        with ctx.store.reading() as tx:
            crew = Crew(tx, ctx)
            crew.reach_back(promise.opened_at or promise.made_at)
            return crew.person(MIRA.id).hours.between(THURSDAY, THURSDAY + 4 * DAY + HOUR)

    assert await weeks.office.desk.read(rest) == 3 * HOUR
