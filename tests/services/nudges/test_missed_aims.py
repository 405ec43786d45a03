"""An aim that passed is said as one that passed, from the first of those in a row; the next one is no excuse."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.hours.calendars import CalendarRules
from bot.domain.replies import ReplyKind
from bot.domain.snapshots.nudge import NudgeItem
from bot.domain.targets import TargetKind
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox import showing
from bot.services.reading import asking
from bot.services.requests import claiming, moving
from bot.store.outbox import Row
from tests.support.office import MIRA, Office, acting

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
OFFICE_HOURS = CalendarRules(tz="UTC", week=(((time(9), time(17)),),) * 5 + ((), ()))


def moment(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of Monday, 30 November 2026, in UTC."""
    return datetime(2026, 11, 30, hour, minute, second, tzinfo=UTC)


@pytest.fixture
def at_work(office: Office) -> Office:
    """A Monday at ten, in an office that works from nine to five in UTC; the aim is an hour."""
    office.desk.policy = replace(office.desk.policy, calendar=OFFICE_HOURS)
    go_on(office, moment(10))
    return office


def go_on(office: Office, instant: datetime) -> None:
    office.desk.clock.move(instant - office.now)


async def plan_until(office: Office, instant: datetime) -> None:
    """Let time pass in which everything due is planned, every five minutes."""
    while office.now < instant:
        go_on(office, min(instant, office.now + 5 * MINUTE))
        await office.desk.do(nudging.plan)


async def said(office: Office, request: int) -> tuple[datetime | None, datetime | None]:
    """Return which aim the card says has passed, and which one is open."""
    card = await office.card(request)
    return card.missed.due_at if card.missed else None, card.target.due_at if card.target else None


@pytest.mark.parametrize(
    ("until", "missed", "coming"),
    [
        (moment(10, 55), None, moment(11)),
        (moment(11), moment(11), moment(13)),
        (moment(11, 40), moment(11), moment(13)),
        (moment(13), moment(11), moment(17)),
        (moment(16, 55), moment(11), moment(17)),
    ],
    ids=["just before", "at", "after", "the second passed too", "long after"],
)
async def test_the_first_one_that_passed_is_said(
    at_work: Office, until: datetime, missed: datetime | None, coming: datetime
) -> None:
    request = (await at_work.webhook()).request
    await plan_until(at_work, until)
    assert await said(at_work, request) == (missed, coming)
    lines = (await at_work.desk.read(asking.open_queue, actor=acting(MIRA))).lines
    assert [line.missed.due_at if line.missed else None for line in lines] == [missed]


async def test_words_whose_clock_is_a_little_ahead_of_ours_are_no_different(at_work: Office) -> None:
    request = (await at_work.webhook(at=at_work.now + timedelta(milliseconds=20))).request
    await plan_until(at_work, moment(11, 40))
    assert (await said(at_work, request))[0] == moment(11)


async def test_an_answer_ends_what_passed(at_work: Office) -> None:
    request = (await at_work.webhook()).request
    await plan_until(at_work, moment(11, 40))
    await at_work.send(request, kind=ReplyKind.ANSWER)
    assert (await said(at_work, request))[0] is None


async def test_what_passed_before_an_answer_is_not_held_against_the_next_one(at_work: Office) -> None:
    await at_work.link_acme()
    root = "1795420700.000001"
    found = await at_work.said("The shop is down.", ts=root)
    assert found
    await plan_until(at_work, moment(11, 40))
    await at_work.send(found.request, kind=ReplyKind.ANSWER)
    await at_work.said("It is down again!", thread=root)
    card = await at_work.card(found.request)
    assert card.target
    assert card.target.kind is TargetKind.NEXT_ANSWER
    assert card.missed is None


async def test_who_knows_no_time_has_an_aim_that_passes_like_any_other(at_work: Office) -> None:
    request = (await at_work.webhook()).request
    await at_work.send(request, kind=ReplyKind.ANSWER)
    card = await at_work.card(request)
    assert card.target
    assert card.target.kind is TargetKind.NEXT_WORD
    first = card.target.due_at
    await plan_until(at_work, first + HOUR)
    missed, coming = await said(at_work, request)
    assert missed == first
    assert coming
    assert coming > at_work.now


async def test_a_rest_that_was_agreed_ends_what_passed_before(at_work: Office) -> None:
    request = (await at_work.webhook()).request
    await plan_until(at_work, moment(11, 40))
    await at_work.desk.do(moving.park_request, actor=acting(MIRA), request=request, until=moment(15))
    assert (await said(at_work, request))[0] is None
    await plan_until(at_work, moment(15, 30))
    assert (await said(at_work, request))[0] is None


async def test_a_request_that_is_opened_again_begins_anew(at_work: Office) -> None:
    request = (await at_work.webhook()).request
    await plan_until(at_work, moment(11, 40))
    await at_work.desk.do(moving.close_request, actor=acting(MIRA), request=request)
    await at_work.desk.do(moving.reopen_request, actor=acting(MIRA), request=request)
    missed, coming = await said(at_work, request)
    assert missed is None
    assert coming
    assert coming > at_work.now


async def test_a_new_owner_changes_nothing_about_it(at_work: Office) -> None:
    request = (await at_work.webhook()).request
    await plan_until(at_work, moment(11, 40))
    await at_work.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    assert (await said(at_work, request))[0] == moment(11)


async def test_of_many_requests_each_has_its_own(at_work: Office) -> None:
    early = (await at_work.webhook()).request
    await plan_until(at_work, moment(11, 30))
    late = (await at_work.webhook("The newsletter looks odd on phones.", sender_email="tom@acme.example")).request
    assert early != late
    lines = (await at_work.desk.read(asking.open_queue, actor=acting(MIRA))).lines
    assert {line.request.id: line.missed is not None for line in lines} == {early: True, late: False}


async def reminders(office: Office) -> list[NudgeItem]:
    """Deliver; return what the reminders of aims among it say."""

    def read(ctx: Context, *, row: Row) -> NudgeItem:
        with ctx.store.reading() as tx:
            return showing.nudge_item(tx, row)

    rows = [row for row in await office.deliver() if row.key.startswith("nudge:target:")]
    return [await office.desk.read(read, row=row) for row in rows]


async def test_the_reminder_of_the_next_aim_knows_that_the_first_has_passed(at_work: Office) -> None:
    await at_work.webhook()
    await plan_until(at_work, moment(10, 50))
    assert [item.missed for item in await reminders(at_work)] == [None]
    await plan_until(at_work, moment(12, 50))
    assert [item.missed.due_at for item in await reminders(at_work) if item.missed] == [moment(11)]
