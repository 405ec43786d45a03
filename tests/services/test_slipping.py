"""A time told to a client passes for everybody alike, whatever we wait for meanwhile."""

from datetime import timedelta

import pytest

from bot.domain.replies import PromiseKind
from bot.services import moving, nudging, promising
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
