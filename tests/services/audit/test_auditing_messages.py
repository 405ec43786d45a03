"""The audit and messages: a nudge that lost its message is let go, what waits for one on its way is no orphan."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.health import Orphan
from bot.services.audit import auditing, audits
from bot.services.audit.audit_checks import OVERDUE
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering
from bot.store import bundles, outbox
from tests.services.orphaned import leaderless
from tests.support.office import MIRA, Office

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


async def test_a_nudge_that_lost_its_message_is_looked_for_before_it_leaves_alone(office: Office) -> None:
    key = await leaderless(office)
    assert key not in {row.key for row in await office.deliver()}, "nobody would ever send it"
    await office.desk.do(auditing.audit)
    [row] = [row for row in await office.deliver() if row.key == key]
    assert row.ambiguous
    assert (row.bundle, row.recipient) == (None, MIRA.id)


async def test_a_nudge_that_is_looked_for_first_shares_nobody_elses_message(office: Office) -> None:
    """Nobody looks for the others: a message that it shared would say it a second time."""
    for _ in range(2):
        await office.approve((await office.webhook()).request, due=3 * HOUR)
    office.later(seconds=11)
    await office.deliver()
    office.later(hours=2, seconds=5)
    await office.desk.do(nudging.plan)

    def let_go(ctx: Context) -> str:
        with ctx.store.writing() as tx:
            [_, last] = tx.execute(select(outbox.o.id).where(outbox.o.kind == "nudge").order_by(outbox.o.id)).scalars()
            row = bundles.let_go_alone(tx, last)
            return row.key if row is not None else ""

    key = await office.desk.do(let_go)
    begun = [
        await office.desk.do(beginning.begin, row=row)
        for row in await office.desk.do(delivering._lease, token="tests", most=20)
    ]
    [keys] = [job.reference.keys for job in begun if job is not None and job.way == "nudge"]
    assert key not in keys


async def test_nudges_that_wait_for_a_message_on_its_way_are_no_orphans(office: Office) -> None:
    for _ in range(2):
        await office.approve((await office.webhook()).request, due=3 * HOUR)
    office.later(seconds=11)
    await office.deliver()
    office.later(hours=2, seconds=5)
    await office.desk.do(nudging.plan)
    for row in await office.desk.do(delivering._lease, token="tests", most=20):
        await office.desk.do(beginning.begin, row=row)
    assert await office.desk.do(auditing.audit) == 0


@pytest.mark.parametrize(
    ("late", "count"),
    [(timedelta(), 0), (OVERDUE, 0), (OVERDUE + SECOND, 1), (30 * OVERDUE, 1)],
    ids=["at its time", "ten minutes late", "just after", "long after"],
)
async def test_messages_that_should_have_left_are_counted_and_left_to_delivery(
    office: Office, late: timedelta, count: int
) -> None:
    def write(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            outbox.put(tx, key="notice:1", kind="notice", lane="team:1", subject=1, now=ctx.now)

    await office.desk.do(write)
    office.desk.clock.move(late)
    assert await office.desk.do(auditing.audit) == count
    seen = await office.desk.read(audits.last_audits)
    assert seen is not None
    assert seen.last.left == ({Orphan.MESSAGE: 1} if count else {})
