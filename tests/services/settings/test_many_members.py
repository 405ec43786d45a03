"""A large team costs a few queries more, not some for each of its members."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules, to_json
from bot.domain.people import Member
from bot.services.away import entering
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.hours.reaching import Crew
from bot.services.settings import team_day
from bot.store import Store
from bot.store import tables as t
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
SHORT = CalendarRules(week=parse_week("Mon-Thu 10:00-15:00"))
THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONES = ("UTC", "Europe/Helsinki", "Asia/Kolkata", "America/New_York", "Nowhere/Atall")
TEAM = tuple(Member(id=f"U0M{n:03}", name=f"M{n:03}", tz=ZONES[n % len(ZONES)]) for n in range(120))


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """A team in many zones: every third has hours of their own (or gave them up), every fourth was or is away."""
    found = await weeks_of(store, THURSDAY, OFFICE, TEAM, lead="M000")
    await found.office.desk.do(fill)
    yield found
    await close(found)


def fill(ctx: Context) -> None:
    own = [
        {"owner": who.id, "version": version, "rules": to_json(SHORT) if version < 2 else {}, "made_at": THURSDAY}
        for who in TEAM[::3]
        for version in range(1, 2 + TEAM.index(who) % 2)
    ]
    facts = {"source": "slash", "reason": "", "promises": [], "kept": [], "made_at": THURSDAY - 90 * DAY}
    ends = {0: None, 1: THURSDAY + DAY, 2: THURSDAY - HOUR}
    away = [
        {
            "member": who.id,
            "starts_at": THURSDAY - back * DAY,
            "ends_at": THURSDAY + (3 - back) * DAY,
            "ended_at": ends[number % 3],
            "stand_in": TEAM[number + 1].id,
        }
        for number, who in enumerate(TEAM[:-1:4])
        for back in (0, 2, 40)
    ]
    with ctx.store.writing() as tx:
        tx.execute(insert(t.calendar), own)
        tx.execute(insert(t.absence), [facts | each for each in away])


async def queries_of(weeks: Weeks, work: Callable[..., Any], **facts: Any) -> int:
    """Return how many statements a service needs."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engines = {weeks.office.desk.store.engine, weeks.office.desk.store._reader}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        await weeks.office.desk.do(work, **facts)
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
    return len(said)


@pytest.mark.parametrize("since", [None, THURSDAY, THURSDAY - 50 * DAY])
async def test_read_together_everybodys_hours_are_what_they_are_one_by_one(
    weeks: Weeks, since: datetime | None
) -> None:
    def check(ctx: Context) -> None:
        with ctx.store.reading() as tx:
            together = calendars.hours_of_many(tx, ctx, [*(each.id for each in TEAM), "U0NOBODY"], since=since)
            alone = {each: calendars.hours_of(tx, ctx, each, since=since) for each in together}
        assert together == alone
        assert len({hours.tag for hours in alone.values()}) > len(ZONES)

    await weeks.office.desk.read(check)


async def test_whom_the_crew_expects_come_out_as_if_they_were_asked_for_alone(weeks: Weeks) -> None:
    def check(ctx: Context) -> None:
        with ctx.store.reading() as tx:
            expecting, plain = Crew(tx, ctx), Crew(tx, ctx)
            expecting.expect(each.id for each in TEAM)
            for since in (ctx.now, ctx.now - 45 * DAY):
                expecting.reach_back(since)
                plain.reach_back(since)
                for each in TEAM:
                    assert expecting.person(each.id) == plain.person(each.id)
                    assert expecting.people(each.id, until=ctx.now + DAY) == plain.people(each.id, until=ctx.now + DAY)

    await weeks.office.desk.read(check)


async def test_where_everybody_is_takes_a_few_queries(weeks: Weeks) -> None:
    await weeks.office.desk.read(team_day.team_day, actor=acting(TEAM[1]))  # what a version holds is read once
    assert await queries_of(weeks, team_day.team_day, actor=acting(TEAM[1])) < 20


async def test_an_absence_is_entered_with_as_many_queries_whoever_has_promises(weeks: Weeks) -> None:
    async def entered(who: Member) -> int:
        times = {"starts_at": weeks.now + 9 * DAY, "ends_at": weeks.now + 10 * DAY}
        return await queries_of(weeks, entering.enter_absence, actor=acting(who), **times)

    await weeks.promised(TEAM[2], weeks.now + 30 * DAY)
    few = await entered(TEAM[2])
    for each in TEAM[5:45:2]:
        await weeks.promised(each, weeks.now + 30 * DAY)
    assert await entered(TEAM[3]) <= few + 3
