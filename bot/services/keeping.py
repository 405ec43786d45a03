"""Every request whose next move is ours has a clock: an open promise, or else an open target."""

from datetime import datetime

from bot.domain.nudges import first_rung
from bot.domain.promises import Promise
from bot.services.aiming import aims_changed, drop_targets, keep_a_clock
from bot.services.context import Context
from bot.store import Tx, events, outbox, promises

__all__ = ["aims_changed", "close_promise", "drop_targets", "keep_a_clock", "schedule_promise"]


def close_promise(tx: Tx, ctx: Context, promise: Promise, outcome: str, *, actor: str | None, at: datetime) -> bool:
    """End an open (or pending) promise, strike its nudges through and note it. False when it had ended before."""
    closed = promises.try_close(tx, promise.id, outcome, at=at, was=("open", "pending"))
    if closed is None:
        return False
    outbox.refresh_nudges(tx, "promise", promise.id)
    events.note(
        tx, f"promise_{outcome}", at=ctx.now, request=promise.request, actor=actor, promise=promise.id, detail=outcome
    )
    return True


def schedule_promise(tx: Tx, ctx: Context, promise: Promise, *, opened_at: datetime) -> None:
    """Set the first rung of a promise that was told at `opened_at`; rungs already past are superseded."""
    rung = first_rung(ctx.policy.ladder.rungs(opened_at, promise.due_at), opened_at)
    promises.change_promise(
        tx, promise.id, outcome="open", opened_at=opened_at, next_at=rung.at, rung=rung.number, snoozed=0
    )
