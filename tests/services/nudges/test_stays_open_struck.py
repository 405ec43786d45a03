"""What its owner hears of a request that stays open is struck through once somebody moved it on."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.domain.replies import PromiseKind, ReplyKind
from bot.domain.snapshots.nudge import NudgeItem
from bot.domain.targets import TargetKind
from bot.outbound.base import Receipt, Remote
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering, recording, showing
from bot.services.requests import claiming, moving
from bot.store.outbox import Row
from tests.services.aims import aim, at
from tests.support.office import MIRA, Office, acting

LINE = "1795420700.000001"
HOUR = timedelta(hours=1)
Happening = Callable[[Office, int], Awaitable[None]]


async def approved(office: Office) -> int:
    """Return a request whose closing words are about to leave, though Carla has just written again."""
    at(office, "2026-11-30T10:00")
    await office.link_acme()
    found = await office.said("The shop is down.", ts=LINE)
    assert found
    office.later(minutes=1)
    await office.approve(found.request, "Fixed. Closing this.", kind=ReplyKind.CLOSING)
    office.later(seconds=5)
    await office.said("It is down again.", thread=LINE)
    office.later(seconds=6)
    return found.request


@pytest.fixture
async def request_(at_work: Office) -> int:
    """A request that stays open over a newer question; Mira has read so."""
    found = await approved(at_work)
    told = [row.recipient for row in await at_work.deliver() if ":stays_open:" in row.key]
    assert told == [MIRA.id]
    at_work.later(minutes=20)
    return found


async def edited(office: Office) -> list[str]:
    """Deliver; return why what was said is over wherever it was shown anew, "" where it is not."""

    rows = [row for row in await office.deliver() if row.shown and ":stays_open:" in row.key]
    return [(await item_of(office, row)).moot for row in rows]


async def item_of(office: Office, row: Row) -> NudgeItem:
    def read(ctx: Context) -> NudgeItem:
        with ctx.store.reading() as tx:
            return showing.nudge_item(tx, row)

    return await office.desk.read(read)


async def _answered(office: Office, request: int) -> None:
    await office.approve(request, kind=ReplyKind.ANSWER)
    office.later(seconds=11)


async def _said_directly(office: Office, _request: int) -> None:
    await office.said("On it.", user=MIRA.id, thread=LINE)


async def _told_when(office: Office, request: int) -> None:
    await office.approve(request, promise=PromiseKind.HEAR, due=2 * HOUR)
    office.later(seconds=11)


async def _told_when_and_asked_again(office: Office, request: int) -> None:
    await office.approve(request, promise=PromiseKind.HEAR, due=2 * HOUR)
    office.later(seconds=5)
    await office.said("And the mail, too.", thread=LINE)
    office.later(seconds=6)


async def _closed(office: Office, request: int) -> None:
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)


async def _no_request(office: Office, request: int) -> None:
    await office.desk.do(moving.mark_not_a_request, actor=acting(MIRA), request=request)


async def _parked(office: Office, request: int) -> None:
    await office.desk.do(moving.park_request, actor=acting(MIRA), request=request, until=office.now + 24 * HOUR)


async def _waits_for_them(office: Office, request: int) -> None:
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)


async def _reopened(office: Office, request: int) -> None:
    await office.desk.do(moving.reopen_request, actor=acting(MIRA), request=request)


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (_answered, "answered"),
        (_said_directly, "answered"),
        (_told_when, "they know when they will hear again"),
        (_told_when_and_asked_again, "they know when they will hear again"),
        (_closed, "the request is closed"),
        (_no_request, "the request is closed"),
        (_parked, "it rests for now"),
        (_waits_for_them, "it rests for now"),
    ],
)
async def test_it_is_struck_through(at_work: Office, request_: int, happens: Happening, why: str) -> None:
    await happens(at_work, request_)
    assert await edited(at_work) == [why]
    if happens in {_closed, _no_request, _parked, _waits_for_them}:
        await happens(at_work, request_)
        assert await edited(at_work) == [], "pressed twice it is shown once"


async def test_a_time_that_they_were_told_before_says_nothing_about_what_they_wrote_since(at_work: Office) -> None:
    """What they are to have by then stays promised over words that were to close the request."""
    at(at_work, "2026-11-30T10:00")
    await at_work.link_acme()
    found = await at_work.said("The shop is down.", ts=LINE)
    assert found
    await at_work.send(found.request, promise=PromiseKind.HAVE, due=5 * HOUR)
    await at_work.approve(found.request, "Fixed. Closing this.", kind=ReplyKind.CLOSING)
    leaves = at_work.now + timedelta(seconds=11)
    at_work.later(seconds=5)
    await at_work.said("It is down again.", thread=LINE)
    at_work.desk.clock.move(leaves - at_work.now)
    rows = [row for row in await at_work.deliver() if ":stays_open:" in row.key]
    assert [promise.outcome.value for promise in await at_work.promises(found.request)] == ["open"]
    assert [row.recipient for row in rows] == [MIRA.id], "she hears that it stays open"
    assert (await item_of(at_work, rows[0])).moot == ""
    at_work.later(minutes=20)
    await _told_when(at_work, found.request)
    assert await edited(at_work) == ["they know when they will hear again"]


@pytest.mark.usefixtures("request_")
async def test_what_they_write_meanwhile_strikes_nothing(at_work: Office) -> None:
    await at_work.said("Hello?", thread=LINE)
    assert set(await edited(at_work)) <= {""}


async def test_it_holds_again_when_a_rest_is_over_before_anybody_answered(at_work: Office, request_: int) -> None:
    await _parked(at_work, request_)
    assert await edited(at_work) == ["it rests for now"]
    await at_work.desk.do(moving.resume_request, actor=acting(MIRA), request=request_)
    assert await edited(at_work) == [""]


async def test_it_holds_again_when_it_comes_back_by_itself(at_work: Office, request_: int) -> None:
    await _parked(at_work, request_)
    await edited(at_work)
    at_work.later(days=1)
    await at_work.desk.do(nudging.plan)
    assert await edited(at_work) == [""]


async def test_it_stays_struck_through_when_the_request_begins_anew(at_work: Office, request_: int) -> None:
    await _closed(at_work, request_)
    await edited(at_work)
    await _reopened(at_work, request_)
    assert await edited(at_work) == ["somebody has moved it on"]


async def no_word(office: Office) -> int:
    """Return a request that was answered without a time, of which Mira has heard that it has neither time nor aim."""
    at(office, "2026-11-30T10:00")
    await office.link_acme()
    found = await office.said("The shop is down.", ts=LINE)
    assert found
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=found.request)
    await office.send(found.request, kind=ReplyKind.ANSWER)
    assert (await aim(office, found.request)).kind is TargetKind.NEXT_WORD
    heard: list[str] = []
    while not heard:
        office.later(minutes=15)
        await office.desk.do(nudging.plan)
        heard = [row.recipient for row in await office.deliver() if row.key.startswith("nudge:target:")]
    assert heard == [MIRA.id]
    return found.request


@pytest.mark.parametrize("missed", [False, True])
@pytest.mark.parametrize("happens", [_answered, _said_directly, _told_when, _closed, _no_request, _parked])
async def test_that_nobody_told_them_a_time_is_struck_through_too(
    at_work: Office, happens: Happening, *, missed: bool
) -> None:
    request = await no_word(at_work)
    if missed:
        at_work.later(hours=1)
        await at_work.desk.do(nudging.plan)
        await at_work.deliver()
    await happens(at_work, request)
    rows = [row for row in await at_work.deliver() if row.shown and row.key.startswith("nudge:target:")]
    assert rows
    assert all([(await item_of(at_work, row)).moot for row in rows])


async def test_what_is_over_before_it_left_never_leaves(at_work: Office) -> None:
    """The words have left, and the process dies before Mira hears of it; after that there is nothing to say."""
    request = await approved(at_work)
    for _ in range(3):  # the card and its thread, then the words
        for row in await at_work.desk.do(delivering._lease, token="tests", most=20):
            job = await at_work.desk.do(beginning.begin, row=row)
            if job is not None and row.kind != "nudge":
                place = Remote("C0ANY", f"{row.id}.1")
                await at_work.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(place))
    assert [key for key in await at_work.nudges() if ":stays_open:" in key]
    await _closed(at_work, request)
    await at_work.desk.do(delivering.begin_boot)
    assert [row.key for row in await at_work.deliver() if ":stays_open:" in row.key and not row.shown] == []
