"""What nobody could be told while Slack was away: a question waits for its answer, a countdown for the next step."""

from datetime import timedelta

import pytest

from bot.domain.ladder.ladders import RungKind
from bot.domain.promises import ClientAnswer
from bot.domain.replies import ReplyState
from bot.domain.snapshots.nudge import ItemKind, NudgeItem
from bot.outbound.base import Receipt, Remote
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering, recording
from bot.services.replies import promising
from bot.services.requests import claiming
from tests.services.nudges.test_aims_after_slips import promised
from tests.services.replies.test_answering import answer, told
from tests.support.office import JONAS, MIRA, SAM, Office, acting

LONG = timedelta(days=7)
SECOND = timedelta(seconds=1)


async def heard(office: Office) -> list[tuple[str, NudgeItem]]:
    """Deliver what is due; return each item of a new nudge with whom it reached."""
    found: list[tuple[str, NudgeItem]] = []
    while rows := await office.desk.do(delivering._lease, token="tests", most=20):
        for row in rows:
            job = await office.desk.do(beginning.begin, row=row)
            if job is None:
                continue
            if job.way == "nudge" and not row.shown:
                found += [(row.recipient, item) for item in job.snapshot.items]
            remote = job.reference.remote or Remote(row.recipient or "C0", f"{office.now.timestamp():.0f}.{row.id:06d}")
            await office.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(remote))
    return found


async def slipped_unheard(office: Office) -> None:
    """Let a promise slip, and be planned as slipped, while nothing can be delivered."""
    [promise] = await office.promises(await promised(office))
    office.desk.clock.move(promise.due_at - office.now + timedelta(seconds=12))
    await office.desk.do(nudging.plan)


@pytest.mark.parametrize("outage", [timedelta(days=1) - SECOND, timedelta(days=1) + SECOND, timedelta(days=3), LONG])
async def test_a_slip_is_told_however_long_nobody_could_be_told(office: Office, outage: timedelta) -> None:
    await slipped_unheard(office)
    office.desk.clock.move(outage)
    told_now = await heard(office)
    office.later(hours=9)  # whoever was off work then is at work by now
    told_now += await heard(office)
    slips = [(who, item.rung) for who, item in told_now if item.kind is ItemKind.PROMISE]
    assert sorted(slips) == [(MIRA.id, RungKind.SLIPPED), (SAM.id, RungKind.SLIPPED)]


async def test_a_slip_that_got_word_meanwhile_is_not_told(office: Office) -> None:
    await slipped_unheard(office)
    [promise] = await office.promises(1)
    await office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)
    office.desk.clock.move(timedelta(days=3))
    assert [item for _, item in await heard(office) if item.kind is ItemKind.PROMISE] == []


async def test_a_countdown_that_nobody_could_be_told_gives_way(office: Office) -> None:
    """The step before a time that is long past when it could leave is history: the slip says more."""
    [promise] = await office.promises(await promised(office))
    assert promise.next_at is not None
    office.desk.clock.move(promise.next_at - office.now)
    await office.desk.do(nudging.plan)
    office.desk.clock.move(timedelta(days=1) + SECOND)
    assert [item for _, item in await heard(office) if item.rung is RungKind.BEFORE] == []


async def uncertain(office: Office) -> int:
    """Lose the answer to a reply's send twice; return the reply."""
    request = await promised(office)
    approved = await office.approve(request, due=timedelta(days=2))
    office.later(seconds=11)
    for row in await office.desk.do(delivering._lease, token="tests", most=20):
        if await office.desk.do(beginning.begin, row=row) is not None and row.kind == "reply":
            await office.desk.do(recording.unsure, row=row, look_again_in=None)
    return approved.reply.id


async def test_who_must_say_whether_a_reply_arrived_is_asked_however_late(office: Office) -> None:
    reply = await uncertain(office)
    office.desk.clock.move(LONG)
    asked = [(who, item.reply) for who, item in await heard(office) if item.kind is ItemKind.REPLY]
    assert [(who, found.id, found.state) for who, found in asked if found] == [
        (MIRA.id, reply, ReplyState.UNCERTAIN),
    ]


async def test_who_has_it_now_hears_so_however_late(office: Office) -> None:
    request = await promised(office)
    await heard(office)
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)
    office.desk.clock.move(LONG)
    assert (JONAS.id, ItemKind.HANDED_OVER) in [(who, item.kind) for who, item in await heard(office)]


async def test_what_a_client_answered_is_heard_however_late(office: Office) -> None:
    promise = await told(office)
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=promise.request)
    await heard(office)
    await answer(office, promise, ClientAnswer.SOONER)
    office.desk.clock.move(LONG)
    news = [item for _, item in await heard(office) if item.kind is ItemKind.CLIENT_ANSWER]
    assert [item.promise.answer for item in news if item.promise] == [ClientAnswer.SOONER]
