"""A time told to a client passes for everybody alike, whatever we wait for meanwhile."""

from datetime import timedelta

import pytest

from bot.domain.promises import Outcome
from bot.domain.replies import PromiseKind
from bot.services.nudges import nudging
from bot.services.replies import promising
from bot.services.requests import moving
from tests.support.office import MIRA, Office, acting


@pytest.mark.parametrize("wait", [moving.wait_for_client, moving.wait_for_supplier])
async def test_a_time_that_passes_while_we_wait_is_said_openly(office: Office, wait) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=timedelta(hours=2))
    await office.desk.do(wait, actor=acting(MIRA), request=request)
    office.later(hours=2, seconds=1)
    await office.desk.do(nudging.plan)
    keys = [row.key for row in await office.deliver()]
    assert any(".slipped:" in key for key in keys), keys


async def test_another_time_that_was_kept_before_makes_no_slip_pointless(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, promise=PromiseKind.HAVE, due=timedelta(hours=5))
    await office.send(request, promise=PromiseKind.HEAR, due=timedelta(hours=1))
    sooner = next(p for p in await office.promises(request) if p.due_at - office.now < timedelta(hours=2))
    await office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=sooner.id)
    office.later(hours=5, seconds=1)
    await office.desk.do(nudging.plan)
    keys = [row.key for row in await office.deliver()]
    assert any(".slipped:" in key for key in keys), keys


async def test_a_closed_request_has_no_time_left_to_pass(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=timedelta(hours=2))
    office.later(hours=2, seconds=1)
    await office.desk.do(nudging.plan)
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)
    assert not [row.key for row in await office.deliver() if ".slipped:" in row.key]


LINE = "1795420700.000001"


async def told_in_channel(office: Office, *, due: timedelta) -> int:
    """Return a request from Acme's channel whose client was told a time just now."""
    await office.link_acme()
    found = await office.said("The shop is down.", ts=LINE)
    assert found
    await office.send(found.request, due=due)
    return found.request


@pytest.mark.parametrize(
    ("seconds", "looked", "after"),
    [(-1, False, False), (0, False, False), (1, False, True), (1, True, True), (7200, True, True)],
    ids=["before", "at", "just after, not looked at yet", "just after", "long after"],
)
async def test_words_said_directly_after_a_slip_were_told_after(
    office: Office, seconds: int, looked: bool, after: bool
) -> None:
    request = await told_in_channel(office, due=timedelta(hours=1))
    [promise] = await office.promises(request)
    office.later(seconds=(promise.due_at - office.now).total_seconds() + seconds)
    if looked:
        await office.desk.do(nudging.plan)
    said_at = office.now
    await office.said("Still at it, we call you at five.", user=MIRA.id, thread=LINE)
    await office.said("Sorry for that.", user=MIRA.id, thread=LINE)
    office.later(seconds=10)
    await office.desk.do(nudging.plan)
    [slipped] = await office.promises(request)
    assert slipped.outcome is Outcome.SLIPPED
    assert slipped.told_at == (said_at if after else None)
    assert (await office.card(request)).ledger.told_after == int(after)


async def test_a_clients_own_words_after_a_slip_tell_them_nothing(office: Office) -> None:
    request = await told_in_channel(office, due=timedelta(hours=1))
    office.later(hours=1, seconds=1)
    await office.desk.do(nudging.plan)
    await office.said("Hello?", thread=LINE)
    assert [promise.told_at for promise in await office.promises(request)] == [None]
