"""What was said of an aim that passed is struck through once somebody answered, or nobody waits any more."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.domain.replies import ReplyKind
from bot.domain.snapshots.nudge import NudgeItem
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox import showing
from bot.services.requests import moving
from bot.store.outbox import Row
from tests.services.aims import at
from tests.support.office import MIRA, Office, acting

LINE = "1795420700.000001"
Happening = Callable[[Office, int], Awaitable[None]]


@pytest.fixture
async def asked(at_work: Office) -> int:
    """A request of Monday at ten that nobody has answered by noon: one aim passed, and the next one runs."""
    at(at_work, "2026-11-30T10:00")
    await at_work.link_acme()
    found = await at_work.said("The shop is down.", ts=LINE)
    assert found
    for _ in range(24):
        at_work.later(minutes=5)
        await at_work.desk.do(nudging.plan)
        await at_work.deliver()
    return found.request


async def edited(office: Office) -> list[str]:
    """Deliver; return why each nudge about an aim that was shown anew is over, "" for one that is not."""

    def read(ctx: Context, *, row: Row) -> NudgeItem:
        with ctx.store.reading() as tx:
            return showing.nudge_item(tx, row)

    rows = [row for row in await office.deliver() if row.shown and row.key.startswith("nudge:target:")]
    return [(await office.desk.read(read, row=row)).moot for row in rows]


async def _answered(office: Office, request: int) -> None:
    await office.approve(request, kind=ReplyKind.ANSWER)
    office.later(seconds=11)


async def _told_when(office: Office, request: int) -> None:
    await office.approve(request, due=timedelta(hours=2))
    office.later(seconds=11)


async def _said_directly(office: Office, _request: int) -> None:
    await office.said("On it.", user=MIRA.id, thread=LINE)


async def _parked(office: Office, request: int) -> None:
    await office.desk.do(moving.park_request, actor=acting(MIRA), request=request, until=office.now + timedelta(days=1))


async def _closed(office: Office, request: int) -> None:
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (_answered, "answered"),
        (_told_when, "answered"),
        (_said_directly, "answered"),
        (_parked, "it rests for now"),
        (_closed, "the request is closed"),
    ],
)
async def test_it_is_struck_through(at_work: Office, asked: int, happens: Happening, why: str) -> None:
    await happens(at_work, asked)
    assert await edited(at_work) == [why]


async def test_an_answer_after_the_time_and_before_anybody_looked_counts_too(at_work: Office) -> None:
    await at_work.link_acme()
    at(at_work, "2026-11-30T10:00")
    found = await at_work.said("The shop is down.", ts=LINE)
    assert found
    at_work.later(minutes=50)
    await at_work.desk.do(nudging.plan)
    await at_work.deliver()
    at_work.later(minutes=20)
    await _said_directly(at_work, found.request)
    assert await edited(at_work) == ["answered"]


async def test_it_stays_so_when_they_write_again(at_work: Office, asked: int) -> None:
    await _answered(at_work, asked)
    await edited(at_work)
    at_work.later(minutes=1)
    await at_work.said("It is down again.", thread=LINE)
    await _closed(at_work, asked)
    assert set(await edited(at_work)) <= {"the request is closed"}


async def test_the_clients_own_words_and_the_next_aim_that_passes_strike_nothing(at_work: Office, asked: int) -> None:
    await at_work.said("Hello?", thread=LINE)
    assert await edited(at_work) == []
    for _ in range(20):
        at_work.later(minutes=10)
        await at_work.desk.do(nudging.plan)
        assert await edited(at_work) == []
    await _answered(at_work, asked)
    struck = await edited(at_work)
    assert len(struck) > 1
    assert set(struck) == {"answered"}
