"""Telling of one promise: what is due, once more what was put off, and to the next one what nobody has in hand."""

from dataclasses import replace
from datetime import datetime

from bot.domain.ladder.nudges import BUNDLE_WINDOW, Subject
from bot.domain.ladder.reaching import CHANNEL, Reach, Why, bearer, is_there, reach, reach_instead
from bot.domain.promises import Promise
from bot.domain.requests import Request
from bot.domain.snapshots.nudge import ItemKind
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_promise
from bot.services.hours.reaching import Crew
from bot.services.nudges import climbing, keeping
from bot.services.nudges.climbing import Climb
from bot.services.nudges.reasons import facts_of
from bot.store import Tx, nudges, promises


def tell_what_is_due(tx: Tx, ctx: Context, climb: Climb, request: Request) -> Promise:
    """Write the most urgent rung that is due, or once more the one that was put off; return the promise after that."""
    promise, rung = climb.promise, climb.due(ctx.now)
    to = climb.tells(ctx.now)
    if to is None:
        return promise
    number = rung.number if rung else climb.said_last()
    nudges.supersede(tx, promise.id, promise.revision)
    write(tx, ctx, climb, request, rung=f"{number}.{promise.snoozed}", to=to)
    return climb.after_telling(to, ctx.now)


def hand_on(tx: Tx, ctx: Context, climb: Climb, request: Request) -> Climb:
    """Pass on what somebody had in hand, or was told of, who goes away; return where the promise stands after that.

    It is a new revision: what that somebody said holds no longer. Who heard of it already need not hear again.
    """
    promise, relied = climb.promise, climb.relied
    if relied is None:
        return climb
    to = climb.reach_instead_of(relied.member, ctx.now)
    if climb.has_heard(to):
        return replace(climb, promise=replace(promise, nudged_at=ctx.now, counted_on=None), relied=None)
    since = max(ctx.now, relied.leaves or ctx.now)
    return _tell_anew(tx, ctx, climb, request, to=to, since=since, anyway=promise.rung > 0)


def change_hands(tx: Tx, ctx: Context, request: Request, *, by: str) -> None:
    """Begin the open promises of a request anew for whoever has it from now on; `by` gave it to them.

    Who gets it hears that otherwise. When nobody does, or nobody who is there in time, the first in line who is hears
    at once what somebody else was told; the rest comes in time by the hours of whoever has any.
    """
    crew = Crew(tx, ctx)
    for promise in promises.promises_of(tx, request.id, outcomes=("open",)):
        climb = climbing.climb(ctx, crew, promise, request)
        owner = climb.people[:1] if request.owner is not None else ()
        has_time = bearer(owner, ctx.now, promise.due_at) is not None
        if promise.due_at <= ctx.now or (
            is_there(owner[0], ctx.now, promise.due_at) if has_time else promise.rung == 0
        ):
            keeping.begin_anew(tx, ctx, request, only=promise.id)
            continue
        to = reach(climb.people, ctx.now, promise.due_at, climb.team)
        if request.owner is None:
            to = replace(reach_instead(climb.people, [by], ctx.now, promise.due_at, climb.team), why=Why.FIRST)
        climb = _tell_anew(tx, ctx, climb, request, to=to, since=ctx.now, anyway=True)
        keep(tx, ctx, climbing.climb(ctx, crew, climb.promise, request))


def _tell_anew(
    tx: Tx, ctx: Context, climb: Climb, request: Request, *, to: Reach, since: datetime, anyway: bool
) -> Climb:
    """Begin a new revision that goes by the hours of whoever has any `since`, and tell its first one where it stands.

    Of what is due by those hours the most urgent is told, else where it stands; that only if it is told `anyway`.
    """
    was = climb.promise
    keeping.begin_anew(tx, ctx, request, only=was.id, since=since)
    promise, _ = find_promise(tx, was.id)
    climb = replace(climb, promise=replace(promise, rung=0), relied=None, told=())
    number = climb.told_first(ctx.now, anyway=anyway)
    if number is None:
        return climb
    write(tx, ctx, climb, request, rung=f"{number}.{promise.snoozed}", to=to)
    told = nudges.told_of(tx, promise.id, promise.revision)
    return replace(climb, promise=replace(promise, rung=number + 1, nudged_at=to.at), told=told)


def keep(tx: Tx, ctx: Context, climb: Climb) -> None:
    """Note what was done for a promise, and when there is something to do next."""
    promise = climb.promise
    promises.change_promise(
        tx,
        promise.id,
        next_at=climb.next_look(ctx.now),
        hours=climb.hours.tag,
        rung=promise.rung,
        nudged_at=promise.nudged_at,
        acked_by=promise.acked_by,
        counted_on=promise.counted_on,
        escalated_at=promise.escalated_at,
        snoozed_until=promise.snoozed_until,
    )


def escalate(tx: Tx, ctx: Context, climb: Climb, request: Request) -> Promise:
    """Pass on what nobody answered, once in a revision. A nudge that leaves late is waited for from then on.

    So is whoever is next in line, is off work, and opens in time.
    """
    promise = climb.promise
    climb = replace(climb, told=nudges.told_of(tx, promise.id, promise.revision))
    heard_at = climb.heard_late(ctx.now)
    if heard_at is not None:
        return replace(promise, nudged_at=heard_at)
    to = climb.passes_on(ctx.now)
    if to is None or to.at > ctx.now:
        return promise
    if CHANNEL not in climb.recipients:
        write(tx, ctx, climb, request, rung=f"{promise.rung}.passed", to=to)
    return replace(promise, escalated_at=ctx.now)


def write(tx: Tx, ctx: Context, climb: Climb, request: Request, *, rung: str, to: Reach) -> None:
    """Write one nudge; it waits up to a minute when the same person is about to get another one anyway."""
    promise, together = climb.promise, None
    if request.owner == to.recipient and to.at == ctx.now:
        together = promises.next_for_owner(
            tx, to.recipient, but=promise.id, after=ctx.now, until=ctx.now + BUNDLE_WINDOW
        )
    announcing.nudge(
        tx,
        ctx,
        request,
        kind=ItemKind.PROMISE,
        subject=Subject.PROMISE,
        ident=promise.id,
        revision=promise.revision,
        rung=rung,
        recipient=to.recipient,
        not_before=together if together and together < promise.due_at else to.at,
        facts=facts_of(climb.crew, climb.people, request, to, promise.due_at),
    )
