"""The audit finds what no plan would ever find again, and mends it."""

from datetime import timedelta

from bot.services import auditing, nudging
from bot.services.context import Context
from bot.store import promises, targets
from tests.support.office import MIRA, Office

HOUR = timedelta(hours=1)


async def test_the_audit_finds_what_lost_its_clock_and_gives_it_one(office: Office) -> None:
    told = (await office.webhook()).request
    await office.send(told, due=3 * HOUR)
    promise = (await office.promises(told))[-1]
    request = (await office.webhook()).request

    def lose(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            promises.change_promise(tx, promise.id, next_at=None)
            targets.close_targets(tx, request, "released")

    await office.desk.do(lose)
    assert await office.desk.do(auditing.audit) == 2
    assert await office.desk.do(auditing.audit) == 0
    office.desk.clock.move(promise.due_at - HOUR - office.now)
    await office.desk.do(nudging.plan)
    assert MIRA.id in {row.recipient for row in await office.deliver() if row.kind == "nudge"}
    assert (await office.card(request)).target is not None
