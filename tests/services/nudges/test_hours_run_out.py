"""A calendar may end: a week without hours and a few special days. Whatever is asked of it then, nothing gets lost."""

from collections.abc import Awaitable, Callable
from datetime import date, time, timedelta

import pytest

from bot.domain.health import Orphan
from bot.domain.hours.calendars import CalendarRules, SpecialDay
from bot.domain.promises import Outcome
from bot.domain.requests import State
from bot.domain.working_time import ALWAYS
from bot.services.audit import auditing, audits
from bot.services.context import Context
from bot.services.nudges import nudging, rechecking
from bot.services.requests import claiming, moving
from bot.services.settings import calendar_saving
from bot.store import tables, unplanned
from tests.services.aims import HOUR, MINUTE, aim, at, moment, outcomes
from tests.support.office import MIRA, Office, acting

DAY = timedelta(days=1)
OFFICE = ((time(9), time(17)),)


async def saved(office: Office, *days: tuple[int, tuple[tuple[time, time], ...]], based_on: int = 0) -> None:
    """Let the team work on some days of November 2026, and never else."""
    special = tuple(SpecialDay(date(2026, 11, day), spells) for day, spells in days)
    rules = CalendarRules(tz="UTC", week=((),) * 7, days=special)
    await office.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=rules, based_on=based_on)


async def found(office: Office) -> dict[Orphan, int]:
    """Return what an audit finds, of which nothing can be mended."""
    await office.desk.do(auditing.audit)
    seen = await office.desk.read(audits.last_audits)
    assert seen is not None
    assert seen.last.left == seen.last.found
    return seen.last.left


def told(ctx: Context) -> list[str]:
    """Return the notices to the team's channel, oldest first."""
    with ctx.store.reading() as tx:
        rows = tx.execute(tables.outbox.select().where(tables.outbox.c.kind == "notice").order_by(tables.outbox.c.id))
        return [row.payload["text"] for row in rows]


async def planned(office: Office) -> None:
    while (await office.desk.do(nudging.plan)).more:
        pass


async def test_a_message_is_taken_in_though_the_only_working_time_left_is_half_an_hour(office: Office) -> None:
    await saved(office, (24, ((time(9), time(9, 30)),)))
    request = (await office.webhook()).request
    standing = await aim(office, request)
    assert (standing.due_at - office.now, standing.hours) == (HOUR, ALWAYS.tag)


async def test_every_promise_and_aim_is_told_of_when_the_calendar_has_run_out(office: Office) -> None:
    """Another client's promise is not kept from slipping openly by an aim that fits nowhere."""
    await saved(office, *((day, OFFICE) for day in (23, 24, 25)))
    one = (await office.webhook()).request
    at(office, "2026-11-25T10:00")
    await office.send(one, due=moment("2026-11-25T17:00") - office.now)
    at(office, "2026-11-25T14:30")
    other = (await office.webhook()).request
    while office.now < moment("2026-11-26T12:00"):
        await planned(office)
        await office.deliver()
        office.later(minutes=15)
    told = [key.split(":")[4] for key in await office.nudges() if key.startswith("nudge:promise:1:")]
    assert told[:2] == ["1.0", "3.0"]
    assert [rung for rung in told if rung.endswith("slipped")]
    assert (await office.promises(one))[0].outcome is Outcome.SLIPPED
    assert len(await outcomes(office, other)) > 2, "one aim followed the other, by the clock"
    assert await found(office) == {Orphan.AIM: 2, Orphan.HOURS: 1}, "of the slipped one, too"


@pytest.mark.parametrize(
    ("now", "counts", "said"),
    [
        ("2026-11-23T16:59:59", {}, []),
        ("2026-11-23T17:00", {Orphan.HOURS: 1}, ["end on Mon 30 Nov at 17:00"]),
        ("2026-11-30T16:59:59", {Orphan.HOURS: 1}, ["end on Mon 30 Nov at 17:00"]),
        ("2026-11-30T17:00", {Orphan.HOURS: 1}, ["ended on Mon 30 Nov at 17:00"]),
        ("2028-01-30T17:00", {Orphan.HOURS: 1}, ["ended on Mon 30 Nov at 17:00"]),
    ],
)
async def test_the_team_hears_a_week_before_its_hours_end_and_when_they_have(
    office: Office, now: str, counts: dict[Orphan, int], said: list[str]
) -> None:
    await saved(office, (24, OFFICE), (30, OFFICE))
    at(office, now)
    for _ in range(2):
        assert await found(office) == counts
    notices = await office.desk.read(told)
    assert len(notices) == len(said)
    for notice, words in zip(notices, said, strict=True):
        assert words in notice


async def test_each_is_said_once_and_other_hours_end_it(office: Office) -> None:
    await saved(office, (24, OFFICE))
    for day in ("2026-11-23T17:00", "2026-11-24T18:00", "2026-11-25T18:00"):
        at(office, day)
        await found(office)
        await office.deliver()
    assert [("ended" in notice) for notice in await office.desk.read(told)] == [False, True]
    rules = CalendarRules(tz="UTC", week=(OFFICE,) * 5 + ((), ()))
    await office.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=rules, based_on=1)
    assert await found(office) == {}


async def test_what_could_not_be_planned_is_counted_for_an_hour(office: Office) -> None:
    def note(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            unplanned.note(tx, "promise", 7, at=ctx.now)
            unplanned.note(tx, "promise", 7, at=ctx.now)
            unplanned.note(tx, "target", 7, at=ctx.now)

    await office.desk.do(note)
    assert await found(office) == {Orphan.UNPLANNED: 2}
    office.later(hours=1)
    assert await found(office) == {Orphan.UNPLANNED: 2}
    office.later(seconds=1)
    assert await found(office) == {}


async def test_an_aim_by_the_clock_is_reminded_of_once_and_in_time(office: Office) -> None:
    """It is not put off again and again because the team's hours are others than those that it was counted in."""
    await saved(office, (23, OFFICE))
    at(office, "2026-11-23T16:30")
    request = (await office.webhook()).request
    told = []
    for _ in range(60):
        before = len(await office.nudges())
        await planned(office)
        told += [office.now] * (len(await office.nudges()) - before)
        office.later(minutes=1)
    assert told == [moment("2026-11-23T17:15")]
    assert (await aim(office, request)).due_at == moment("2026-11-23T17:30")


async def test_an_aim_by_the_clock_counts_in_the_hours_that_somebody_saves(office: Office) -> None:
    await saved(office, (23, OFFICE))
    at(office, "2026-11-23T16:30")
    request = (await office.webhook()).request
    await saved(office, (23, OFFICE), (24, OFFICE), based_on=1)
    await planned(office)
    assert (await aim(office, request)).due_at == moment("2026-11-24T09:30")


Move = Callable[[Office, int], Awaitable[object]]


async def _wait(office: Office, request: int) -> None:
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)


async def _park_and_reopen(office: Office, request: int) -> None:
    await office.desk.do(moving.park_request, actor=acting(MIRA), request=request, until=office.now + 10 * MINUTE)
    office.later(minutes=11)
    await planned(office)
    assert (await office.card(request)).request.state is State.OPEN


async def _claim(office: Office, request: int) -> None:
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)


async def _sort(office: Office, request: int) -> None:
    await office.desk.do(claiming.set_category, actor=acting(MIRA), request=request, category="complaint")


async def _answer(office: Office, request: int) -> None:
    await office.send(request, due=3 * HOUR)


@pytest.mark.parametrize("move", [_wait, _park_and_reopen, _claim, _sort, _answer], ids=lambda move: move.__name__)
async def test_every_press_does_what_it_says_when_no_working_time_is_left(office: Office, move: Move) -> None:
    await saved(office, (23, OFFICE))
    at(office, "2026-11-24T12:00")
    request = (await office.webhook()).request
    await move(office, request)
    office.later(minutes=1)
    await planned(office)


async def test_a_wait_is_asked_about_by_the_clock_when_no_working_time_is_left(office: Office) -> None:
    await saved(office, (23, OFFICE))
    at(office, "2026-11-24T12:00")
    request = (await office.webhook()).request
    assert await office.desk.read(rechecking.usual_recheck) == office.now + 3 * DAY
    await _wait(office, request)
    until = (await office.card(request)).request.parked_until
    assert until == office.now + 3 * DAY
    office.desk.clock.move(3 * DAY)
    await planned(office)
    assert [key for key in await office.nudges() if ":recheck:" in key]
    assert (await office.card(request)).request.parked_until == until + 3 * DAY
