"""What was said of a time that passed is struck through, wherever it stands, once it is not true any more."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.domain.people import Actor
from bot.domain.promises import ClientAnswer, Promise
from bot.domain.replies import PromiseKind, ReplyKind
from bot.domain.snapshots.nudge import NudgeItem
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox import showing
from bot.services.replies import answering, promising
from bot.services.requests import moving
from bot.store import outbox
from bot.store.outbox import Row
from tests.support.office import ACME_CHANNEL, CARLA, MIRA, SAM, Office, acting

HOUR = timedelta(hours=1)
LINE = "1795420700.000001"
Happening = Callable[[Office, Promise], Awaitable[None]]


async def slipped(office: Office) -> Promise:
    """Return a promise of Mira's that slipped just now; she and the lead have read so."""
    await office.link_acme()
    found = await office.said("The shop is down.", ts=LINE)
    assert found
    await office.send(found.request, promise=PromiseKind.HEAR, due=HOUR)
    office.later(hours=1)
    await office.desk.do(nudging.plan)
    told = [row.recipient for row in await office.deliver() if ".slipped:" in row.key]
    assert sorted(told) == [MIRA.id, SAM.id]
    office.later(minutes=20)
    [promise] = await office.promises(found.request)
    return promise


async def edited(office: Office) -> dict[str, NudgeItem]:
    """Deliver; return by reader what was said of the slip as it reads now, where it was shown anew."""
    rows = [row for row in await office.deliver() if row.shown and ".slipped:" in row.key]
    return {row.recipient: await item_of(office, row) for row in rows}


async def item_of(office: Office, row: Row) -> NudgeItem:
    def read(ctx: Context) -> NudgeItem:
        with ctx.store.reading() as tx:
            return showing.nudge_item(tx, row)

    return await office.desk.read(read)


async def _new_time(office: Office, promise: Promise) -> None:
    await office.approve(promise.request, kind=ReplyKind.DELAY_UPDATE, due=3 * HOUR)
    office.later(seconds=11)


async def _answered(office: Office, promise: Promise) -> None:
    await office.approve(promise.request, kind=ReplyKind.ANSWER)
    office.later(seconds=11)


async def _said_directly(office: Office, _promise: Promise) -> None:
    await office.said("Still at it, we call you at five.", user=MIRA.id, thread=LINE)


async def _pressed_answered(office: Office, promise: Promise) -> None:
    await office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)


async def _closed(office: Office, promise: Promise) -> None:
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=promise.request)


async def _no_request(office: Office, promise: Promise) -> None:
    await office.desk.do(moving.mark_not_a_request, actor=acting(MIRA), request=promise.request)


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (_new_time, "a new time was told"),
        (_answered, "they got word"),
        (_said_directly, "they got word"),
        (_pressed_answered, "they got word"),
        (_closed, "the request is closed"),
        (_no_request, "the request is closed"),
    ],
)
async def test_it_is_struck_through_for_everybody_who_reads_it(office: Office, happens: Happening, why: str) -> None:
    promise = await slipped(office)
    await happens(office, promise)
    assert {reader: item.moot for reader, item in (await edited(office)).items()} == {MIRA.id: why, SAM.id: why}


async def test_it_says_when_they_got_word_and_the_time_in_it_and_goes_on_saying_so(office: Office) -> None:
    promise = await slipped(office)
    await _new_time(office, promise)
    item = (await edited(office))[MIRA.id]
    slip, new = await office.promises(promise.request)
    assert item.promise
    assert (item.promise.told_at, item.new_time) == (slip.told_at, new.due_at)
    assert slip.told_at
    office.later(hours=4)  # the new time slips, too
    await office.desk.do(nudging.plan)
    rows = [row for row in await office.deliver() if ".slipped:" in row.key and f":promise:{promise.id}:" in row.key]
    assert rows == []
    await office.send(promise.request, kind=ReplyKind.ANSWER)
    row = await slip_row(office, promise)
    assert ((await item_of(office, row)).moot, (await item_of(office, row)).new_time) == (item.moot, new.due_at)


async def slip_row(office: Office, promise: Promise) -> Row:
    def read(ctx: Context) -> Row | None:
        with ctx.store.reading() as tx:
            return outbox.last_nudge(tx, "promise", promise.id, "", MIRA.id)

    row = await office.desk.read(read)
    assert row
    return row


async def test_words_that_are_held_strike_nothing_yet(office: Office) -> None:
    promise = await slipped(office)
    await office.approve(promise.request, kind=ReplyKind.DELAY_UPDATE, due=3 * HOUR)
    assert await edited(office) == {}
    assert (await item_of(office, await slip_row(office, promise))).moot == ""


async def test_the_clients_own_words_strike_nothing(office: Office) -> None:
    promise = await slipped(office)
    await office.said("Hello?", thread=LINE)
    assert await edited(office) == {}
    assert (await item_of(office, await slip_row(office, promise))).moot == ""


async def _parked(office: Office, promise: Promise) -> None:
    until = office.now + 24 * HOUR
    await office.desk.do(moving.park_request, actor=acting(MIRA), request=promise.request, until=until)


async def _nothing(office: Office, promise: Promise) -> None:
    pass


async def _pressed(office: Office, promise: Promise) -> None:
    await office.desk.do(moving.reopen_request, actor=acting(MIRA), request=promise.request)


async def _they_wrote(office: Office, _promise: Promise) -> None:
    await office.said("It is still down.", thread=LINE)


async def _they_need_it_sooner(office: Office, promise: Promise) -> None:
    """They press a button below the time that was told them."""
    await office.desk.do(
        answering.answer_as_client,
        actor=Actor(CARLA, "T0ACME"),
        promise=promise.id,
        answer=ClientAnswer.SOONER,
        channel=ACME_CHANNEL,
    )


@pytest.mark.parametrize("rests", [_nothing, _parked])
@pytest.mark.parametrize(
    ("closes", "opens"),
    [(_closed, _pressed), (_closed, _they_wrote), (_closed, _they_need_it_sooner), (_no_request, _pressed)],
)
async def test_it_holds_again_once_its_request_is_open_again(
    office: Office, rests: Happening, closes: Happening, opens: Happening
) -> None:
    promise = await slipped(office)
    await rests(office, promise)
    await closes(office, promise)
    assert {item.moot for item in (await edited(office)).values()} == {"the request is closed"}
    await opens(office, promise)
    assert {reader: item.moot for reader, item in (await edited(office)).items()} == {MIRA.id: "", SAM.id: ""}


async def test_opened_twice_it_is_shown_once(office: Office) -> None:
    promise = await slipped(office)
    await _closed(office, promise)
    await _pressed(office, promise)
    await _pressed(office, promise)
    assert set(await edited(office)) == {MIRA.id, SAM.id}
    await _pressed(office, promise)
    assert await edited(office) == {}


async def test_a_new_beginning_brings_nothing_back_that_they_got_word_of(office: Office) -> None:
    promise = await slipped(office)
    await _pressed_answered(office, promise)
    await _closed(office, promise)
    await edited(office)
    await _pressed(office, promise)
    assert {item.moot for item in (await edited(office)).values()} <= {"they got word"}


async def test_what_became_false_before_it_left_never_leaves(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=HOUR)
    office.later(hours=1)
    await office.desk.do(nudging.plan)
    [promise] = await office.promises(request)
    office.later(seconds=5)
    await _pressed_answered(office, promise)
    assert [row.key for row in await office.deliver() if ".slipped:" in row.key] == []
