"""Each kind of thing that no plan would ever find again, made on purpose."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from bot.domain.health import Orphan
from bot.domain.ladder.nudges import Subject
from bot.domain.snapshots.nudge import ItemKind
from bot.services import announcing, finding
from bot.services.audit.audit_checks import OVERDUE
from bot.services.context import Context
from bot.store import absences, outbox, tables, targets
from tests.support.office import MIRA, Office

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
Injection = Callable[[Office], Awaitable[Any]]


async def change(office: Office, table: Any, ident: int, **facts: Any) -> None:
    """Change a row behind everybody's back."""

    def write(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            tx.execute(update(table).where(table.c.id == ident).values(**facts))

    await office.desk.do(write)


async def stepless(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=3 * HOUR)
    promise = (await office.promises(request))[-1]
    await change(office, tables.promise, promise.id, next_at=None)


async def clockless(office: Office) -> None:
    request = (await office.webhook()).request

    def lose(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            targets.close_targets(tx, request, "released")

    await office.desk.do(lose)


async def endless_wait(office: Office) -> int:
    request = (await office.webhook()).request
    await change(office, tables.request, request, state="waiting_client", parked_until=None)
    return request


async def endless_rest(office: Office) -> None:
    request = (await office.webhook()).request
    await change(office, tables.request, request, state="parked", parked_until=None)


async def asleep(office: Office) -> None:
    """Let an aim rest though its request is ours."""
    request = (await office.webhook()).request
    target = (await office.card(request)).target
    assert target is not None
    await change(office, tables.target, target.id, paused_at=office.now, remaining_us=600_000_000, next_at=None)


async def unnoticed(office: Office) -> None:
    """Let an absence be over that nobody summed up."""

    def away(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            absences.add(
                tx,
                member=MIRA.id,
                starts_at=ctx.now - HOUR,
                ends_at=ctx.now,
                source="slash",
                reason="",
                made_at=ctx.now - HOUR,
            )

    await office.desk.do(away)
    office.later(seconds=(OVERDUE + SECOND).total_seconds())


async def leaderless(office: Office) -> str:
    """Let a nudge wait to leave with a message that has left already; return its key."""
    request = (await office.webhook()).request
    await office.deliver()
    target = (await office.card(request)).target
    assert target is not None

    def lose(ctx: Context) -> str:
        with ctx.store.writing() as tx:
            about = finding.find_request(tx, request)
            announcing.nudge(
                tx,
                ctx,
                about,
                kind=ItemKind.TARGET,
                subject=Subject.TARGET,
                ident=target.id,
                revision=target.revision,
                rung="0",
                recipient=MIRA.id,
            )
            key = f"nudge:target:{target.id}:{target.revision}:0:{MIRA.id}"
            left = outbox.card_row(tx, request)
            facts = {"state": "leased", "bundle": left, "token": "gone", "lease_until": 0.0}
            tx.execute(update(tables.outbox).where(outbox.o.key == key).values(**facts))
            return key

    return await office.desk.do(lose)


ORPHANS: dict[str, tuple[Injection, Orphan]] = {
    "an open promise without a next step": (stepless, Orphan.PROMISE),
    "a request of ours without a clock": (clockless, Orphan.REQUEST),
    "a client is waited for without end": (endless_wait, Orphan.PAUSE),
    "a request is parked without end": (endless_rest, Orphan.PAUSE),
    "an aim rests though its request is ours": (asleep, Orphan.PAUSE),
    "a nudge waits for a message that has left": (leaderless, Orphan.MESSAGE),
    "an absence is over and nobody noticed": (unnoticed, Orphan.ABSENCE),
}
