"""Planning: what nears its time gets its nudges written into the outbox, once, however often and by whom it runs."""

from dataclasses import dataclass

from bot.domain.ladders import Rung, RungKind, due_rung, next_rung
from bot.domain.nudges import BUNDLE_WINDOW, Subject
from bot.domain.promises import Promise
from bot.domain.replies import ON_ITS_WAY
from bot.domain.requests import Request, State
from bot.domain.snapshots import ItemKind
from bot.services import aiming, announcing, keeping
from bot.services.context import Context
from bot.services.finding import find_request
from bot.store import Tx, events, promises, replies, requests, targets

AT_ONCE = 25
"""Promises, targets and parked requests of one transaction each."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What one run of `plan` did, and whether there may be more to do right away."""

    promises: int = 0
    targets: int = 0
    returned: int = 0
    more: bool = False


def plan(ctx: Context) -> Planned:
    """Write the nudges that are due now. Running it twice at one instant is running it once; workers share the work.

    A rung that is due moves the promise on to its next one in the same transaction that writes the nudge. One call
    takes a small part, so that a press never waits for a thousand promises; `more` says to call again.
    """
    with ctx.store.writing() as tx:
        due = promises.due_promises(tx, ctx.now, most=AT_ONCE)
        for promise in due:
            _plan_promise(tx, ctx, promise)
        aims = targets.due_targets(tx, ctx.now, most=AT_ONCE)
        for target in aims:
            aiming.plan_target(tx, ctx, target)
        parked = requests.parked_due(tx, ctx.now, most=AT_ONCE)
        for ident in parked:
            _bring_back(tx, ctx, ident)
    return Planned(len(due), len(aims), len(parked), more=AT_ONCE in {len(due), len(aims), len(parked)})


def _plan_promise(tx: Tx, ctx: Context, promise: Promise) -> None:
    opened = promises.opened_at(tx, promise.id) or promise.made_at
    rungs = ctx.policy.ladder.rungs(opened, promise.due_at)
    rung = due_rung(rungs, promise.rung, ctx.now)
    if rung is None:  # a snooze that ended between two rungs: the rung it put off, once more
        rung = next((one for one in reversed(rungs) if one.number <= promise.rung), rungs[-1])
    request = find_request(tx, promise.request)
    if rung.kind is RungKind.SLIPPED:
        _slip(tx, ctx, promise, request, rung)
        return
    after = next_rung(rungs, rung.number + 1)
    promises.change_promise(
        tx, promise.id, next_at=after.at if after else None, rung=after.number if after else rung.number
    )
    for recipient in announcing.recipients_of(tx, request):
        _nudge_about(tx, ctx, promise, request, rung=f"{rung.number}.{promise.snoozed}", recipient=recipient)


def _nudge_about(tx: Tx, ctx: Context, promise: Promise, request: Request, *, rung: str, recipient: str) -> None:
    """Write one nudge; it waits up to a minute when the same person is about to get another one anyway."""
    together = None
    if request.owner == recipient:
        together = promises.next_for_owner(tx, recipient, but=promise.id, after=ctx.now, until=ctx.now + BUNDLE_WINDOW)
    announcing.nudge(
        tx,
        ctx,
        request,
        kind=ItemKind.PROMISE,
        subject=Subject.PROMISE,
        ident=promise.id,
        revision=promise.revision,
        rung=rung,
        recipient=recipient,
        not_before=together if together and together < promise.due_at else None,
    )


def _slip(tx: Tx, ctx: Context, promise: Promise, request: Request, rung: Rung) -> None:
    """Say openly that a time passed without word. It waits while a reply is on its way: that one decides."""
    if replies.replies_of(tx, request.id, states=[str(state) for state in ON_ITS_WAY]):
        promises.change_promise(tx, promise.id, next_at=ctx.now + announcing.SLIP_WAITS)
        return
    if not keeping.close_promise(tx, ctx, promise, "slipped", actor=None, at=ctx.now):
        return
    for recipient in announcing.recipients_of(tx, request, lead_too=True):
        announcing.nudge(
            tx,
            ctx,
            request,
            kind=ItemKind.PROMISE,
            subject=Subject.PROMISE,
            ident=promise.id,
            revision=promise.revision + 1,
            rung=f"{rung.number}.slipped",
            recipient=recipient,
        )
    waiting = requests.change_request(tx, request.id, waiting_since=request.waiting_since or promise.due_at)
    keeping.keep_a_clock(tx, ctx, waiting)
    announcing.show_card(tx, ctx, request.id)


def _bring_back(tx: Tx, ctx: Context, ident: int) -> None:
    """Take a parked request up again when its time has come, and tell its owner."""
    request = requests.change_request(tx, ident, state=str(State.OPEN), parked_until=None)
    keeping.keep_a_clock(tx, ctx, request)
    events.note(tx, "resumed", at=ctx.now, request=ident)
    for recipient in announcing.recipients_of(tx, request):
        announcing.nudge(
            tx,
            ctx,
            request,
            kind=ItemKind.RESUMED,
            subject=Subject.REQUEST,
            ident=ident,
            revision=int(ctx.now.timestamp()),
            rung="parked",
            recipient=recipient,
        )
    announcing.show_card(tx, ctx, ident)
