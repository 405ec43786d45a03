"""The aim that takes over from a promise that slipped: it owns the slip until the client has word of it."""

from datetime import timedelta

import pytest

from bot.domain.promises import Outcome
from bot.domain.snapshots.nudge import ItemKind, NudgeItem
from bot.outbound.base import Receipt, Remote
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering, recording
from bot.services.replies import promising
from bot.services.requests import claiming
from tests.support.office import MIRA, Office, acting

LINE = "1795420700.000001"


async def promised(office: Office, *, due: timedelta = timedelta(hours=1)) -> int:
    """Return a request from Acme's channel whose client got an acknowledgement with a time."""
    await office.link_acme()
    found = await office.said("The shop is down.", ts=LINE)
    assert found
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=found.request)
    await office.send(found.request, due=due)
    return found.request


async def delivered(office: Office) -> list[NudgeItem]:
    """Deliver what is due; return the items of the messages that Mira gets."""
    items: list[NudgeItem] = []
    while rows := await office.desk.do(delivering._lease, token="tests", most=20):
        for row in rows:
            job = await office.desk.do(beginning.begin, row=row)
            if job is None:
                continue
            if job.way == "nudge" and row.recipient == MIRA.id:
                items += job.snapshot.items
            remote = job.reference.remote or Remote(row.recipient or "C0", f"{office.now.timestamp():.0f}.{row.id:06d}")
            await office.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(remote))
    return items


async def aim_after(office: Office, *, due: timedelta = timedelta(hours=1)) -> tuple[int, NudgeItem | None]:
    """Let a promise slip and the aim after it near its time; return the request and what Mira hears of that aim."""
    request = await promised(office, due=due)
    [promise] = await office.promises(request)
    office.desk.clock.move(promise.due_at - office.now + timedelta(seconds=5))
    await office.desk.do(nudging.plan)
    await delivered(office)
    return request, await next_aim(office, request)


async def next_aim(office: Office, request: int) -> NudgeItem | None:
    target = (await office.card(request)).target
    assert target is not None
    assert target.next_at is not None
    office.desk.clock.move(target.next_at - office.now)
    await office.desk.do(nudging.plan)
    heard = await delivered(office)
    return next((item for item in heard if item.kind is ItemKind.TARGET), None)


async def test_the_next_nudge_after_a_slip_knows_of_it(office: Office) -> None:
    request, item = await aim_after(office)
    assert item is not None
    assert item.passed is not None
    assert (item.passed.request, item.passed.outcome) == (request, Outcome.SLIPPED)


@pytest.mark.parametrize("said", ["word", "answered"])
async def test_an_aim_after_late_word_owns_no_slip(office: Office, said: str) -> None:
    request, item = await aim_after(office)
    assert item is not None
    [promise] = await office.promises(request)
    if said == "word":
        await office.said("Sorry, still at it.", user=MIRA.id, thread=LINE)
    else:
        await office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)
    await office.said("And the other form?", thread=LINE)
    later = await next_aim(office, request)
    assert later is None or later.passed is None


async def test_an_aim_without_a_slip_owns_none(office: Office) -> None:
    found = await office.webhook()
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=found.request)
    item = await next_aim(office, found.request)
    assert item is not None
    assert item.passed is None
