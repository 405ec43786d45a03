"""A promise from its opening to its end: its first step, answers to its nudges, a new owner, how it ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.ladder.counted_on import counted_on
from bot.domain.ladder.ladders import RungKind
from bot.domain.promises import Promise
from bot.domain.requests import Request
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.hours.reaching import Crew
from bot.services.nudges import climbing
from bot.services.nudges.aiming import aims_changed, drop_targets, keep_a_clock
from bot.services.nudges.climbing import Climb
from bot.store import Tx, events, nudges, outbox, promises, standing_lists

__all__ = ["aims_changed", "answer_nudges", "begin_anew", "change_ladder", "close_promise", "drop_targets"]
__all__ += ["have_in_hand", "keep_a_clock", "note_told", "schedule_promise", "show_slips", "show_stays_open"]

_OF_A_REVISION = ("nudged_at", "acked_at", "acked_by", "counted_on", "escalated_at", "snoozed_until")
_UNTOLD: Mapping[str, Any] = dict.fromkeys(_OF_A_REVISION)
"""What holds of a revision that nobody was nudged about."""


def close_promise(
    tx: Tx,
    ctx: Context,
    promise: Promise,
    outcome: str,
    *,
    actor: str | None,
    at: datetime,
    reply: int | None = None,
) -> bool:
    """End an open (or pending) promise, strike its nudges through and note it. False when it had ended before.

    `reply` is the one that ended it; without it, it was somebody's word or its time.
    """
    closed = promises.try_close(tx, promise.id, outcome, at=at, was=("open", "pending"))
    if closed is None:
        return False
    outbox.refresh_nudges(tx, "promise", promise.id)
    standing_lists.show_anew(tx, promise.request)
    events.note(
        tx,
        f"promise_{outcome}",
        at=ctx.now,
        request=promise.request,
        actor=actor,
        promise=promise.id,
        reply=reply,
        detail=outcome,
    )
    return True


def schedule_promise(tx: Tx, ctx: Context, promise: Promise, *, opened_at: datetime) -> None:
    """Open a promise that was told at `opened_at` and set its first rung; those past at the opening never come."""
    opened = replace(promise, opened_at=opened_at, anew_at=None, rung=0, **_UNTOLD)
    request = find_request(tx, promise.request)
    climb = climbing.climb(ctx, Crew(tx, ctx), opened, request)
    promises.change_promise(
        tx,
        promise.id,
        outcome="open",
        opened_at=opened_at,
        anew_at=None,
        next_at=climb.next_at(ctx.now),
        hours=climb.hours.tag,
        rung=0,
        snoozed=0,
        **_UNTOLD,
    )


def begin_anew(
    tx: Tx, ctx: Context, request: Request, *, only: int | None = None, since: datetime | None = None
) -> None:
    """Give the open promises of a request a new revision: what waits for the one before is pointless from now on.

    For a new owner, and when whoever had it in hand is not there any more. What somebody heard stays told; what nobody
    has heard yet, and the rest, comes in the hours of whoever has any from now on (from `since` on).
    """
    standing = [p for p in promises.promises_of(tx, request.id, outcomes=("open",)) if only in {None, p.id}]
    if not standing:
        return
    crew = Crew(tx, ctx)
    for promise in standing:
        told = nudges.told_of(tx, promise.id, promise.revision)
        unheard = bool(told) and all(one.waits for one in told)
        rung = max(0, promise.rung - 1) if unheard else promise.rung
        facts: dict[str, Any] = {"revision": promise.revision + 1, "rung": rung, "anew_at": since or ctx.now, **_UNTOLD}
        climb = climbing.climb(ctx, crew, replace(promise, **facts), request)
        promises.change_promise(tx, promise.id, **facts, next_at=climb.next_at(ctx.now), hours=climb.hours.tag)
        outbox.refresh_nudges(tx, "promise", promise.id)
    standing_lists.show_anew(tx, request.id)


def change_ladder(tx: Tx, ctx: Context, request: Request) -> None:
    """Put the open promises of a request on the ladder of its category, which is another one now.

    Rungs of it that are past already never come, as at an opening; but when nobody has heard yet and none is ahead, the
    last of them comes now. The count of what was put off goes up: it keeps apart what is told of the one ladder and of
    the other.
    """
    standing = promises.promises_of(tx, request.id, outcomes=("open",))
    if not standing:
        return
    crew = Crew(tx, ctx)
    for promise in standing:
        climb = climbing.climb(ctx, crew, promise, request)
        rung = _rung_from_now(climb, ctx.now)
        at = replace(climb, promise=replace(promise, rung=rung)).next_at(ctx.now)
        promises.change_promise(tx, promise.id, next_at=at, rung=rung, snoozed=promise.snoozed + 1)


def _rung_from_now(climb: Climb, now: datetime) -> int:
    before = [rung for rung in climb.rungs if rung.kind is RungKind.BEFORE]
    ahead = next((rung.number for rung in before if rung.at > now), None)
    if ahead is not None:
        return ahead
    return before[-1].number if before and climb.promise.nudged_at is None else climb.ladder.slipped


def answer_nudges(
    tx: Tx, ctx: Context, request: int, *, by: str, only: int | None = None, said_at: datetime | None = None
) -> bool:
    """Take what somebody did for an answer to the nudges they got: nothing more comes before the time itself.

    Unless whoever it is (`by`) goes away before: then the next one in line hears.

    Promises that nobody was nudged about yet are left alone, and so are those whose first nudge came after words that
    were `said_at` an instant. Tell whether there was anything to answer.
    """
    found = False
    for promise in promises.promises_of(tx, request, outcomes=("open",)):
        unanswered = promise.nudged_at is not None and promise.acked_at is None
        if promise.nudged_at is not None and said_at is not None and said_at < promise.nudged_at:
            continue
        if unanswered and promise.due_at > ctx.now and only in {None, promise.id}:
            have_in_hand(tx, ctx, promise, find_request(tx, request), by=by)
            found = True
    return found


def have_in_hand(tx: Tx, ctx: Context, promise: Promise, request: Request, *, by: str) -> Promise:
    """Note that somebody has an open promise in hand, and return it; it is looked at again when they go away."""
    crew = Crew(tx, ctx)
    time = counted_on(crew.person(by).hours, since=ctx.now, due_at=promise.due_at)
    facts: dict[str, Any] = {"acked_at": ctx.now, "acked_by": by, "counted_on": time, "snoozed_until": None}
    climb = climbing.climb(ctx, crew, replace(promise, **facts), request)
    changed = promises.change_promise(tx, promise.id, **facts, next_at=climb.next_at(ctx.now))
    outbox.refresh_nudges(tx, "promise", promise.id)
    return changed


def note_told(tx: Tx, request: int, at: datetime) -> None:
    """Note that the client of a request got a person's word at `at`: what slipped before was told after.

    A promise whose time has passed may still be open for the moment until it is looked at. What was said of a slip is
    struck through.
    """
    for promise in promises.promises_of(tx, request, outcomes=("open", "slipped")):
        if promise.told_at is None and promise.due_at < at:
            promises.change_promise(tx, promise.id, told_at=at)
            outbox.refresh_nudges(tx, "promise", promise.id)


def show_stays_open(tx: Tx, request: int) -> None:
    """Have what was said of a request that stays open shown anew: somebody moved it on, or a rest of it is over."""
    outbox.refresh_nudges(tx, "request", request, rung=STAYS_OPEN)


STAYS_OPEN = "stays_open"
"""The last part but one of the key of what its owner hears when closing words did not close."""


def show_slips(tx: Tx, request: int) -> None:
    """Have what was said of times that slipped shown anew: their request ended, or it holds again in an open one."""
    for promise in promises.promises_of(tx, request, outcomes=("slipped",)):
        if promise.told_at is None:
            outbox.refresh_nudges(tx, "promise", promise.id)
