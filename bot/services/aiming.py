"""Internal aims: every request whose next move is ours, and that has no open promise, has one of these as its clock."""

from datetime import timedelta

from bot.domain.nudges import Subject, first_rung
from bot.domain.requests import OURS, Request
from bot.domain.snapshots import ItemKind
from bot.domain.targets import Target, TargetKind
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_request
from bot.store import Tx, events, outbox, promises, targets

LONGEST_AIM = timedelta(days=1)
MISSED_COUNT_FOR = timedelta(days=7)


def open_target(tx: Tx, ctx: Context, request: int, kind: TargetKind) -> None:
    """Set an internal aim of `first_answer` from now, with one rung: at the smallest lead before it, or at half.

    Each aim that was missed in a row doubles the next one, up to a day: a reminder nobody follows is not repeated
    through the night.
    """
    missed = targets.count_missed(tx, request, since=ctx.now - MISSED_COUNT_FOR)
    amount = min(ctx.policy.first_answer * 2**missed, max(LONGEST_AIM, ctx.policy.first_answer))
    due = ctx.now + amount
    rung = first_rung(ctx.policy.ladder.rungs(ctx.now, due)[-2:], ctx.now)
    targets.add_target(
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
    elif not promises.has_clock(tx, request.id) and not targets.open_target(tx, request.id):
        first = request.first_answered_at is None and request.owner is None
        open_target(tx, ctx, request.id, TargetKind.FIRST_ANSWER if first else TargetKind.NEXT_WORD)


def drop_targets(tx: Tx, request: int, outcome: str) -> None:
    """End the open targets of a request; nudges that were sent about them are struck through."""
    for target in targets.close_targets(tx, request, outcome):
        outbox.refresh_nudges(tx, "target", target.id)


def plan_target(tx: Tx, ctx: Context, target: Target) -> None:
    """Take one step with an aim whose time has come: remind, or say that it was missed and set the next one."""
    request = find_request(tx, target.request)
    if request.state not in OURS:
        drop_targets(tx, request.id, "released")
        return
    unsaid = target.next_at is not None and target.next_at < target.due_at
    if ctx.now >= target.due_at:
        if unsaid:  # we were away: that it was missed is said now
            _nudge_about_target(tx, ctx, request, target)
        targets.change_target(tx, target.id, outcome="missed", next_at=None, revision=target.revision + 1)
        events.note(tx, "target_missed", at=ctx.now, request=request.id, detail=str(target.kind))
        keep_a_clock(tx, ctx, request)
        announcing.show_card(tx, ctx, request.id)
        return
    targets.change_target(tx, target.id, next_at=target.due_at)
    _nudge_about_target(tx, ctx, request, target)


def _nudge_about_target(tx: Tx, ctx: Context, request: Request, target: Target) -> None:
    """Remind whoever can meet an aim: the owner, or the team channel while nobody owns the request."""
    owned = request.owner is not None
    for recipient in announcing.recipients_of(tx, request) if owned else (announcing.CHANNEL,):
        announcing.nudge(
            tx,
            ctx,
            request,
            kind=ItemKind.TARGET,
            subject=Subject.TARGET,
            ident=target.id,
            revision=target.revision,
            rung="0",
            recipient=recipient,
        )
