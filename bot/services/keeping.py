"""A promise from its opening to its end: its first step, answers to its nudges, a new owner, how it ends."""

from dataclasses import replace
from datetime import datetime

from bot.domain.promises import Promise
from bot.domain.requests import Request
from bot.services import climbing
from bot.services.aiming import aims_changed, drop_targets, keep_a_clock
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.reaching import Crew
from bot.store import Tx, events, outbox, promises

__all__ = ["aims_changed", "answer_nudges", "begin_anew", "change_ladder", "close_promise", "drop_targets"]
__all__ += ["keep_a_clock", "note_told", "schedule_promise"]

_UNTOLD = {"nudged_at": None, "acked_at": None, "escalated_at": None, "snoozed_until": None}
"""What holds of a revision that nobody was nudged about."""


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
    """Open a promise that was told at `opened_at` and set its first rung; those past at the opening never come."""
    opened = replace(promise, opened_at=opened_at, rung=0, nudged_at=None, acked_at=None, snoozed_until=None)
    request = find_request(tx, promise.request)
    climb = climbing.climb(ctx, Crew(tx, ctx), opened, request)
    promises.change_promise(
        tx,
        promise.id,
        outcome="open",
        opened_at=opened_at,
        next_at=climb.next_at(),
        hours=climb.hours.tag,
        rung=0,
        snoozed=0,
        **_UNTOLD,
    )


def begin_anew(tx: Tx, ctx: Context, request: Request, *, only: int | None = None) -> None:
    """Give the open promises of a request a new revision: what waits for the one before is pointless from now on.

    For a new owner, and when somebody who had answered is not there any more. What was told stays told; the rest
    comes in the hours of whoever it concerns now.
    """
    standing = [p for p in promises.promises_of(tx, request.id, outcomes=("open",)) if only in {None, p.id}]
    if not standing:
        return
    crew = Crew(tx, ctx)
    for promise in standing:
        anew = replace(promise, nudged_at=None, acked_at=None, escalated_at=None, snoozed_until=None)
        climb = climbing.climb(ctx, crew, anew, request)
        promises.change_promise(
            tx,
            promise.id,
            revision=promise.revision + 1,
            next_at=climb.next_at(),
            hours=climb.hours.tag,
            **_UNTOLD,
        )
        outbox.refresh_nudges(tx, "promise", promise.id)


def change_ladder(tx: Tx, ctx: Context, request: Request) -> None:
    """Put the open promises of a request on the ladder of its category, which is another one now.

    Rungs of it that are past already never come, as at an opening. The count of what was put off goes up: it keeps
    apart what is told of the one ladder and of the other.
    """
    standing = promises.promises_of(tx, request.id, outcomes=("open",))
    if not standing:
        return
    crew = Crew(tx, ctx)
    for promise in standing:
        climb = climbing.climb(ctx, crew, promise, request)
        rung = next((rung.number for rung in climb.rungs if rung.at > ctx.now), climb.ladder.slipped)
        at = replace(climb, promise=replace(promise, rung=rung)).next_at()
        promises.change_promise(tx, promise.id, next_at=at, rung=rung, snoozed=promise.snoozed + 1)


def answer_nudges(
    tx: Tx, ctx: Context, request: int, *, only: int | None = None, said_at: datetime | None = None
) -> bool:
    """Take what somebody did for an answer to the nudges they got: nothing more comes before the time itself.

    Promises that nobody was nudged about yet are left alone, and so are those whose first nudge came after words that
    were `said_at` an instant. Tell whether there was anything to answer.
    """
    found = False
    for promise in promises.promises_of(tx, request, outcomes=("open",)):
        unanswered = promise.nudged_at is not None and promise.acked_at is None
        if promise.nudged_at is not None and said_at is not None and said_at < promise.nudged_at:
            continue
        if unanswered and promise.due_at > ctx.now and only in {None, promise.id}:
            promises.change_promise(tx, promise.id, acked_at=ctx.now, next_at=promise.due_at, snoozed_until=None)
            outbox.refresh_nudges(tx, "promise", promise.id)
            found = True
    return found


def note_told(tx: Tx, request: int, at: datetime) -> None:
    """Note that the client of a request got a person's word at `at`: what slipped before was told after.

    A promise whose time has passed may still be open for the moment until it is looked at.
    """
    for promise in promises.promises_of(tx, request, outcomes=("open", "slipped")):
        if promise.told_at is None and promise.due_at < at:
            promises.change_promise(tx, promise.id, told_at=at)
