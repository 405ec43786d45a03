"""A glance at everything says what comes next: who hears of what, and when."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.hours.calendars import parse_rules
from bot.domain.requests import Request
from bot.services.context import Context
from bot.services.nudges.nudging import plan
from bot.services.replies import promising
from bot.services.requests import claiming, moving
from bot.services.settings import calendar_saving
from bot.store import outbox
from tests.services.glances import glance, names, planned
from tests.support.office import JONAS, MIRA, Office, acting


async def answered(office: Office) -> int:
    """Return a request of Jonas's that nobody has to answer, so that no aim of ours runs."""
    number = (await office.webhook("Thank you so much, it works perfectly!")).request
    await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=number)
    assert (await glance(office)).next is None
    return number


async def by_office_hours(office: Office, hours: str = "Mon-Fri 09:00-17:00") -> None:
    """Let everybody work from nine to five by their own clock; the team's is the lead's, in New York."""
    rules = parse_rules(hours)
    await office.desk.do(calendar_saving.save_team_calendar, actor=None, rules=rules, based_on=0)
    while (await office.desk.do(plan)).more:
        pass


async def left(office: Office) -> list[tuple[str, datetime]]:
    """Plan; return to whom nudges go that did not leave before, and from when on."""
    while (await office.desk.do(plan)).more:
        pass

    def read(ctx: Context) -> list[tuple[str, datetime]]:
        query = select(outbox.o.recipient, outbox.o.not_before).where(outbox.o.kind == "nudge", outbox.o.shown == 0)
        with ctx.store.reading() as tx:
            return [(str(row.recipient), max(ctx.now, row.not_before)) for row in tx.execute(query)]

    return await office.desk.read(read)


async def test_an_unanswered_request_is_next_said_to_the_team_channel(office: Office):
    number = (await office.webhook()).request
    found = (await glance(office)).next
    assert found is not None
    assert (found.request, found.client, found.to) == (number, "Acme", ())
    assert found.at == office.now + timedelta(minutes=45)


async def test_a_promise_is_next_said_to_its_owner_an_hour_before(office: Office):
    number = (await office.webhook()).request
    await office.send(number, due=timedelta(hours=4))
    due = (await office.promises(number))[0].due_at
    found = (await glance(office)).next
    assert found is not None
    assert (found.request, names(found.to), found.at) == (number, ["Mira"], due - timedelta(hours=1))


async def test_the_due_time_itself_is_said_to_owner_and_lead(office: Office):
    number = (await office.webhook()).request
    await office.send(number, due=timedelta(hours=4))
    office.later(hours=3, minutes=50)
    await planned(office)
    promise = (await office.promises(number))[0].id
    await office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise)
    found = (await glance(office)).next
    assert found is not None
    assert names(found.to) == ["Mira", "Sam"]
    assert found.at == (await office.promises(number))[0].due_at


async def test_what_is_due_this_instant_is_not_next(office: Office):
    first = (await office.webhook()).request
    await office.send(first, due=timedelta(hours=4))
    promise = (await office.promises(first))[0]
    office.desk.clock.move(promise.due_at - timedelta(hours=1) - office.now)
    assert (await glance(office)).next is None
    await planned(office)
    found = (await glance(office)).next
    assert found is not None
    assert (names(found.to), found.at) == (["Sam"], promise.due_at - timedelta(minutes=30))


async def test_a_nudge_that_waits_for_another_one_is_next_when_both_leave(office: Office):
    numbers = [(await office.webhook()).request for _ in range(2)]
    approved = [await office.approve(number, due=timedelta(hours=4)) for number in numbers[:1]]
    office.later(seconds=30)
    approved.append(await office.approve(numbers[1], due=timedelta(hours=4)))
    office.later(seconds=11)
    await office.deliver()
    last = approved[1].promise
    assert last is not None
    together = last.due_at - timedelta(hours=1)
    before = (await glance(office)).next
    assert before is not None
    assert before.at == together
    office.desk.clock.move(together - timedelta(seconds=30) - office.now)
    await planned(office)
    waiting = (await glance(office)).next
    assert waiting is not None
    assert (names(waiting.to), waiting.at) == (["Mira"], together)
    assert waiting.request in numbers


async def test_a_missed_target_nudges_nobody_at_its_own_end(office: Office):
    await office.webhook()
    office.later(minutes=45)
    await planned(office)
    assert (await glance(office)).next is None


async def test_a_parked_request_is_next_when_it_comes_back(office: Office):
    number = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=number)
    until = office.now + timedelta(hours=20)
    await office.desk.do(moving.park_request, actor=acting(JONAS), request=number, until=until)
    found = (await glance(office)).next
    assert found is not None
    assert (found.request, names(found.to), found.at) == (number, ["Jonas"], until)


@pytest.mark.parametrize("wait", [moving.wait_for_client, moving.wait_for_supplier])
@pytest.mark.parametrize(
    ("before", "comes"),
    [
        (timedelta(days=2), "the date"),
        (timedelta(microseconds=1), "the date"),
        (timedelta(), "nothing"),
        (timedelta(microseconds=-1), "nothing"),
        (timedelta(days=-2), "nothing"),
    ],
    ids=["long before", "just before", "at it", "just after", "long after"],
)
async def test_asking_about_a_wait_is_next_until_it_is_due(
    office: Office, wait: Callable[..., Request], before: timedelta, comes: str
):
    number = await answered(office)
    until = office.now + timedelta(days=3)
    await office.desk.do(wait, actor=acting(JONAS), request=number, until=until)
    office.desk.clock.move(until - before - office.now)
    found = (await glance(office)).next
    assert ((found.request, names(found.to), found.at) if found else None) == (
        (number, ["Jonas"], until) if comes == "the date" else None
    )


async def test_a_wait_that_was_asked_about_is_next_at_its_next_date(office: Office):
    number = await answered(office)
    await office.desk.do(moving.wait_for_client, actor=acting(JONAS), request=number)
    office.later(days=3)
    await planned(office)
    found = (await glance(office)).next
    assert found is not None
    assert (found.request, found.at) == (number, office.now + timedelta(days=3))


async def test_a_wait_that_ended_is_not_next(office: Office):
    number = await answered(office)
    await office.desk.do(moving.wait_for_client, actor=acting(JONAS), request=number)
    await office.desk.do(moving.close_request, actor=acting(JONAS), request=number)
    assert (await glance(office)).next is None


@pytest.mark.parametrize(
    ("until", "asked"),
    [
        (datetime(2026, 12, 4, 14, 59, 59, tzinfo=UTC), datetime(2026, 12, 4, 14, 59, 59, tzinfo=UTC)),
        (datetime(2026, 12, 4, 15, 0, tzinfo=UTC), datetime(2026, 12, 7, 7, 0, tzinfo=UTC)),
        (datetime(2026, 12, 5, 12, 0, tzinfo=UTC), datetime(2026, 12, 7, 7, 0, tzinfo=UTC)),
        (datetime(2026, 12, 7, 7, 0, tzinfo=UTC), datetime(2026, 12, 7, 7, 0, tzinfo=UTC)),
    ],
    ids=["closing soon", "closed", "Saturday", "opening"],
)
async def test_whoever_is_asked_is_asked_in_their_hours(office: Office, until: datetime, asked: datetime):
    """Mira works from nine to five in Helsinki, which is seven to three in UTC."""
    number = await answered(office)
    await office.desk.do(claiming.hand_over, actor=acting(JONAS), request=number, to=MIRA.id)
    await office.deliver()
    await by_office_hours(office)
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=number, until=until)
    found = (await glance(office)).next
    assert found is not None
    assert (names(found.to), found.at) == (["Mira"], asked)
    office.desk.clock.move(until - office.now)
    assert await left(office) == [(MIRA.id, asked)]


async def test_an_aim_is_next_when_its_owner_hears_of_it(office: Office):
    """The team's aim, counted in New York, nears when Mira in Helsinki has gone home."""
    await by_office_hours(office)
    office.desk.clock.move(datetime(2026, 12, 3, 20, 30, tzinfo=UTC) - office.now)
    number = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=number)
    found = (await glance(office)).next
    assert found is not None
    office.desk.clock.move(found.at - office.now - timedelta(microseconds=1))
    before = await left(office)
    office.later(microseconds=1)
    assert [(name, at) for name, at in await left(office) if at == office.now] == [(found.to[0].id, found.at)]
    assert not [at for _, at in before if at < found.at]


async def test_the_team_channel_hears_of_an_aim_when_the_team_opens(office: Office):
    await by_office_hours(office, "UTC Mon-Fri 09:00-17:00")
    office.desk.clock.move(datetime(2026, 12, 4, 16, 50, tzinfo=UTC) - office.now)
    await office.webhook()
    found = (await glance(office)).next
    assert found is not None
    assert (found.to, found.at) == ((), datetime(2026, 12, 7, 9, 35, tzinfo=UTC))


async def test_an_aim_that_was_said_is_not_next_again(office: Office):
    number = (await office.webhook()).request
    first = (await glance(office)).next
    assert first is not None
    office.desk.clock.move(first.at - office.now)
    await planned(office)
    assert (await glance(office)).next is None, "when it is missed nobody hears"
    office.later(minutes=15)
    await planned(office)
    again = (await glance(office)).next
    assert again is not None
    assert (again.request, again.at > office.now) == (number, True)
