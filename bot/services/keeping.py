"""Every request whose next move is ours has a clock: an open promise, or else an open target."""

from datetime import datetime, timedelta

from bot.domain.nudges import first_rung
from bot.domain.promises import Promise
from bot.domain.requests import OURS, Request
from bot.domain.targets import TargetKind
from bot.services.context import Context
from bot.store import Tx, events, outbox, promises

LONGEST_AIM = timedelta(days=1)
MISSED_COUNT_FOR = timedelta(days=7)


def open_target(tx: Tx, ctx: Context, request: int, kind: TargetKind) -> None:
    """Set an internal aim of `first_answer` from now, with one rung: at the smallest lead before it, or at half.

    Each aim that was missed in a row doubles the next one, up to a day: a reminder nobody follows is not repeated
    through the night.
    """
    missed = len(promises.missed_targets(tx, request, since=ctx.now - MISSED_COUNT_FOR))
    amount = min(ctx.policy.first_answer * 2**missed, max(LONGEST_AIM, ctx.policy.first_answer))
    due = ctx.now + amount
    rung = first_rung(ctx.policy.ladder.rungs(ctx.now, due)[-2:], ctx.now)
    promises.add_target(
        tx,
        request=request,
        kind=str(kind),
        due_at=due,
        outcome="open",
        next_at=rung.at,
        start_at=ctx.now,
        amount_s=int(amount.total_seconds()),
    )


def keep_a_clock(tx: Tx, ctx: Context, request: Request) -> None:
    """Make sure that a request of ours has a promise or a target, and that no other request has a target."""
    if request.state not in OURS:
        drop_targets(tx, request.id, "released")
    elif not promises.has_clock(tx, request.id) and not promises.open_target(tx, request.id):
        first = request.first_answered_at is None and request.owner is None
        open_target(tx, ctx, request.id, TargetKind.FIRST_ANSWER if first else TargetKind.NEXT_WORD)


def drop_targets(tx: Tx, request: int, outcome: str) -> None:
    """End the open targets of a request; nudges that were sent about them are struck through."""
    for target in promises.close_targets(tx, request, outcome):
        outbox.refresh_nudges(tx, "target", target.id)


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
