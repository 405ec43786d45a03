"""What there is to do by itself, now and next. It is Monday 23 November 2026, 10:00 in Helsinki (08:00 UTC)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hours.calendars import CalendarRules, parse_week
from bot.domain.overview import Work
from bot.services.away import entering, returning
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering, recording
from bot.services.reading.work import work_of
from bot.services.requests import moving
from tests.support.office import MIRA, Office, acting

HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
async def office(office: Office) -> Office:
    """The team works from Monday to Friday, 09:00 to 17:00, each by their own clock."""
    rules = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
    office.desk.policy = replace(office.desk.policy, calendar=rules)
    return office


async def work(office: Office) -> Work:
    return await office.desk.read(work_of)


async def settled(office: Office) -> Work:
    """Do all that is due, and return what there is to do then."""
    while (await office.desk.do(nudging.plan)).more:
        pass
    await office.deliver()
    await office.desk.do(returning.summarise)
    await office.deliver()
    return await work(office)


async def test_where_nothing_ever_happened_there_is_nothing_to_do(office: Office) -> None:
    assert await settled(office) == Work(is_due=False, next=None)


async def test_a_card_may_follow_at_slacks_pace(office: Office) -> None:
    await office.webhook()
    assert not (await work(office)).is_due


async def planned(office: Office) -> None:
    """Let a nudge be due, and planned."""
    await office.send((await office.webhook()).request, due=3 * HOUR)
    step = (await settled(office)).next
    assert step is not None
    office.later(seconds=(step - office.now).total_seconds())
    while (await office.desk.do(nudging.plan)).more:
        pass


async def test_what_was_planned_has_to_leave(office: Office) -> None:
    await planned(office)
    assert (await work(office)).is_due
    await office.deliver()
    assert not (await work(office)).is_due


@pytest.mark.parametrize("tried", [True, False], ids=["it was refused", "it was not its turn"])
async def test_what_is_to_be_tried_again_later_holds_nothing_up(office: Office, *, tried: bool) -> None:
    """How long that takes is a matter of elapsed time, not of the clock that may be moved."""
    await planned(office)
    while rows := await office.desk.do(delivering._lease, token="tests", most=20):
        for row in rows:
            await office.desk.do(beginning.begin, row=row)
            await office.desk.do(recording.not_now, row=row, wait=60.0, tried=tried)
    assert not (await work(office)).is_due
    await office.desk.do(delivering.begin_boot)
    is_new_again = office.desk.store.is_sqlite and not tried
    assert (await work(office)).is_due is is_new_again


@pytest.mark.parametrize(("off", "is_due"), [(-MOMENT, False), (timedelta(), True), (MOMENT, True), (HOUR, True)])
async def test_a_step_is_due_from_its_instant_on_until_it_is_planned(
    office: Office, off: timedelta, is_due: bool
) -> None:
    await office.send((await office.webhook()).request, due=3 * HOUR)
    step = (await settled(office)).next
    assert step is not None
    office.later(microseconds=(step + off - office.now) / MOMENT)
    found = await work(office)
    assert found.is_due is is_due
    assert (found.next == step) is (not is_due)
    assert not (await settled(office)).is_due


async def test_a_reply_that_may_still_be_undone_is_next(office: Office) -> None:
    request = (await office.webhook()).request
    await settled(office)
    await office.approve(request)
    found = await settled(office)
    assert found.next is not None
    assert office.now < found.next <= office.now + timedelta(seconds=10)


async def test_the_day_on_which_a_wait_is_looked_at_again_is_next(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)
    again = (await office.card(request)).request.parked_until
    assert (await settled(office)).next == again


async def test_who_comes_back_hears_in_their_first_working_minute(office: Office) -> None:
    await office.desk.do(entering.say_away, actor=acting(MIRA), when="from 18:00 until Tue 08:00", cover="")
    goes, back, at_work = (datetime(2026, 11, *at, tzinfo=UTC) for at in ((23, 16), (24, 6), (24, 7)))
    for instant in (goes, back, at_work):
        found = await settled(office)
        assert found.next == instant
        office.later(seconds=(instant - office.now).total_seconds())
    assert (await settled(office)).next is None
