"""Planning: what nears its time gets its nudges written into the outbox, once, however often and by whom it runs."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import structlog

from bot.domain.ladder.nudges import Subject
from bot.domain.ladder.reaching import reach_slipped
from bot.domain.pauses import NO_PAUSE
from bot.domain.promises import Promise
from bot.domain.replies import ON_ITS_WAY
from bot.domain.requests import Request, State
from bot.domain.snapshots.nudge import ItemKind
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.hours.reaching import Crew
from bot.services.nudges import climbing, keeping, rechecking, reminding, replanning, telling
from bot.services.nudges.climbing import Climb
from bot.services.nudges.reasons import facts_of
from bot.services.nudges.row_by_row import try_plan, untried_after
from bot.services.nudges.waiting import oldest_unanswered
from bot.store import Tx, events, promises, replies, requests, targets
from bot.store.unplanned import PAUSE, PROMISE, TARGET

log = structlog.get_logger(__name__)

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

    A rung that is due moves the promise on to its next one in the same transaction that writes the nudge. Hours are
    looked up anew each time: what was planned by hours that no longer hold moves on without a nudge. One call takes a
    small part, so that a press never waits for a thousand promises; `more` says to call again. One that cannot be
    planned is logged, put off a little and counted by the audit; the others are planned all the same.
    """
    anew = _plan_anew(ctx)
    with ctx.store.writing() as tx:
        crew, after = Crew(tx, ctx), untried_after(ctx)
        due = promises.due_promises(tx, ctx.now, most=AT_ONCE, untried_after=after)
        for promise in due:
            one = partial(_plan_promise, tx, ctx, crew, promise)
            off = partial(_put_off_promise, tx, promise.id)
            try_plan(tx, ctx, one, kind=PROMISE, ident=promise.id, put_off=off)
        aims = targets.due_targets(tx, ctx.now, most=AT_ONCE, untried_after=after)
        for target in aims:
            one, off = partial(reminding.plan_target, tx, ctx, target), partial(_put_off_target, tx, target.id)
            try_plan(tx, ctx, one, kind=TARGET, ident=target.id, put_off=off)
        parked = requests.parked_due(tx, ctx.now, most=AT_ONCE, untried_after=after)
        for ident in parked:
            try_plan(tx, ctx, partial(_bring_back, tx, ctx, ident), kind=PAUSE, ident=ident)
        asked = rechecking.ask_due(tx, ctx, most=AT_ONCE)
    more = anew or AT_ONCE in {len(due), len(aims), len(parked), asked}
    return Planned(len(due), len(aims), len(parked), more=more)


def _plan_anew(ctx: Context) -> bool:
    """Plan the next part of what was asked to be planned anew; when that fails, what is due is planned all the same."""
    try:
        return replanning.replan_team(ctx)
    except Exception as error:
        if ctx.store.is_retryable(error):
            raise
        log.exception("Planning anew failed; it comes again.", action="plan")
        return False


def _put_off_promise(tx: Tx, ident: int, at: datetime) -> None:
    promises.change_promise(tx, ident, next_at=at)


def _put_off_target(tx: Tx, ident: int, at: datetime) -> None:
    targets.change_target(tx, ident, next_at=at)


def _plan_promise(tx: Tx, ctx: Context, crew: Crew, promise: Promise) -> None:
    """Do what is due for a promise, and set when to look at it next."""
    request = find_request(tx, promise.request)
    climb = climbing.climb(ctx, crew, promise, request)
    if ctx.now >= promise.due_at:
        _slip(tx, ctx, climb, request)
        return
    if climb.relied is not None and climb.relied.until is not None and climb.relied.until <= ctx.now:
        climb = telling.hand_on(tx, ctx, climb, request)
    passes = climb.passes_on(ctx.now)
    if climb.promise.acked_at is None:
        climb = replace(climb, promise=telling.tell_what_is_due(tx, ctx, climb, request))
        if passes is not None and passes.at <= ctx.now:
            climb = replace(climb, promise=telling.escalate(tx, ctx, climb, request))
    telling.keep(tx, ctx, climbing.climb(ctx, crew, climb.promise, request))


def _slip(tx: Tx, ctx: Context, climb: Climb, request: Request) -> None:
    """Say openly that a time passed without word. It waits while a reply is on its way: that one decides."""
    promise = climb.promise
    if replies.replies_of(tx, request.id, states=[str(state) for state in ON_ITS_WAY]):
        promises.change_promise(tx, promise.id, next_at=ctx.now + announcing.SLIP_WAITS)
        return
    if not keeping.close_promise(tx, ctx, promise, "slipped", actor=None, at=ctx.now):
        return
    for to in reach_slipped(climb.people, ctx.now):
        announcing.nudge(
            tx,
            ctx,
            request,
            kind=ItemKind.PROMISE,
            subject=Subject.PROMISE,
            ident=promise.id,
            revision=promise.revision + 1,
            rung=f"{climb.ladder.slipped}.slipped",
            recipient=to.recipient,
            not_before=to.at,
            facts=facts_of(climb.crew, climb.people, request, to, promise.due_at),
        )
    waiting = requests.change_request(tx, request.id, waiting_since=_waits_since(tx, request, promise))
    keeping.keep_a_clock(tx, ctx, waiting)
    announcing.show_card(tx, ctx, request.id)


def _waits_since(tx: Tx, request: Request, promise: Promise) -> datetime:
    """Return since when a client waits whose promise slipped: since what they wrote, for a time alone answers nothing.

    Where all that they wrote before they were told is answered, they wait for what was to come: since it was due.
    """
    wrote = oldest_unanswered(tx, request.id, until=promise.opened_at or promise.made_at)
    return min((at for at in (wrote, request.waiting_since) if at is not None), default=promise.due_at)


def _bring_back(tx: Tx, ctx: Context, ident: int) -> None:
    """Take a parked request up again when its time has come, and tell its owner."""
    request = requests.change_request(tx, ident, state=str(State.OPEN), **NO_PAUSE)
    keeping.keep_a_clock(tx, ctx, request)
    keeping.show_stays_open(tx, ident)
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
