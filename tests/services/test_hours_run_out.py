"""A calendar may end: a week without hours and a few special days. Whatever is asked of it then, nothing gets lost."""

from collections.abc import Awaitable, Callable
from datetime import date, time, timedelta

import pytest
from aims import HOUR, MINUTE, aim, at, moment, outcomes

from bot.domain.calendars import CalendarRules, SpecialDay
from bot.domain.promises import Outcome
from bot.domain.requests import State
from bot.domain.working_time import ALWAYS
from bot.services import auditing, calendar_saving, claiming, moving, nudging, rechecking
from tests.support.office import MIRA, Office, acting

DAY = timedelta(days=1)
OFFICE = ((time(9), time(17)),)


async def saved(office: Office, *days: tuple[int, tuple[tuple[time, time], ...]], based_on: int = 0) -> None:
    """Let the team work on some days of November 2026, and never else."""
    special = tuple(SpecialDay(date(2026, 11, day), spells) for day, spells in days)
    rules = CalendarRules(tz="UTC", week=((),) * 7, days=special)
    await office.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=rules, based_on=based_on)


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
    assert await office.desk.do(auditing.audit) == 0


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
