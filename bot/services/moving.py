"""Moving a request through its states: waiting, parked, closed, back again."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.people import Actor
from bot.domain.promises import Outcome, outcome_when_answered
from bot.domain.replies import NEEDS_A_PERSON, ON_ITS_WAY
from bot.domain.requests import CLOSED, Request, State
from bot.errors import ClosedRequestError, FieldError, RefusedError
from bot.services import announcing, keeping
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.people import check_member
from bot.store import Tx, events, promises, replies, requests

LONGEST_PARKING = timedelta(days=366)


def wait_for_client(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Say that the next move is the client's. Targets pause; a time that was told to the client stays a promise."""
    return _move(ctx, actor, request, State.WAITING_CLIENT)


def wait_for_supplier(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Say that we wait for somebody else. It is still ours to solve: our promise to the client goes on."""
    return _move(ctx, actor, request, State.WAITING_SUPPLIER)


def resume_request(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Take a waiting or parked request up again."""
    return _move(ctx, actor, request, State.OPEN, parked_until=None)


def park_request(ctx: Context, *, actor: Actor, request: int, until: datetime) -> Request:
    """Put a request aside until an instant; then it comes back by itself and its owner is told."""
    if until <= ctx.now:
        raise FieldError("until", "That time is already past. When should this come back?")
    if until > ctx.now + LONGEST_PARKING:
        raise FieldError("until", "That is more than a year away. Pick a nearer day, and park it again then.")
    return _move(ctx, actor, request, State.PARKED, parked_until=until)


def close_request(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Call a request done. Promises that a reply has meanwhile met are kept, the others released. Safe to repeat."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found = find_request(tx, request, lock=True)
        if found.state is State.DONE:
            return found
        _check_nothing_leaves(tx, found)
        return close(tx, ctx, found, actor=actor.user)


def _check_nothing_leaves(tx: Tx, request: Request) -> None:
    """Refuse to close over words that are about to leave: the client would be told a time that nobody keeps."""
    if replies.replies_of(tx, request.id, states=[str(each) for each in ON_ITS_WAY]):
        raise RefusedError("A reply is on its way. Undo it first, or close this once it has been sent.")


def close(tx: Tx, ctx: Context, request: Request, *, actor: str | None, state: State = State.DONE) -> Request:
    """Close inside a running transaction; a promise whose words never arrived is void."""
    for stuck in replies.replies_of(tx, request.id, states=[str(each) for each in NEEDS_A_PERSON]):
        never = promises.promise_of_reply(tx, stuck.id)
        if never is not None:
            keeping.close_promise(tx, ctx, never, "void", actor=actor, at=ctx.now)
    last = replies.last_sent(tx, request.id)
    for promise in promises.promises_of(tx, request.id, outcomes=("open",)):
        outcome = Outcome.RELEASED
        told_at = promises.opened_at(tx, promise.id)
        if state is State.DONE and last and last.sent_at and told_at and last.sent_at > told_at:
            outcome = outcome_when_answered(promise.due_at, last.sent_at)
        keeping.close_promise(tx, ctx, promise, str(outcome), actor=actor, at=ctx.now)
    changed = requests.change_request(
        tx, request.id, state=str(state), closed_at=ctx.now, parked_until=None, waiting_since=None
    )
    keeping.keep_a_clock(tx, ctx, changed)
    events.note(tx, str(state), at=ctx.now, request=request.id, actor=actor)
    announcing.show_card(tx, ctx, request.id)
    return changed


def mark_not_a_request(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Say that this is nothing anybody asked for. It stays findable and can be reopened."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found = find_request(tx, request, lock=True)
        if found.state is State.NOT_A_REQUEST:
            return found
        _check_nothing_leaves(tx, found)
        return close(tx, ctx, found, actor=actor.user, state=State.NOT_A_REQUEST)


def reopen_request(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Open a closed request again, with a fresh clock; nothing is overdue in that same second."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found = find_request(tx, request, lock=True)
        if found.state not in CLOSED:
            return found
        state = State.OPEN if found.owner else State.NEW
        changed = requests.change_request(tx, request, state=str(state), closed_at=None)
        keeping.keep_a_clock(tx, ctx, changed)
        events.note(tx, "reopened", at=ctx.now, request=request, actor=actor.user)
        announcing.show_card(tx, ctx, request)
        return changed


def _move(ctx: Context, actor: Actor, request: int, state: State, **facts: Any) -> Request:
    """Set a state; whoever moves an unowned request becomes its owner, because somebody must follow it up."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found = find_request(tx, request, lock=True)
        if found.state in CLOSED:
            raise ClosedRequestError(f"#{request} is closed. Reopen it first.", request=request)
        if found.state is state and found.owner and not facts:
            return found
        owner = found.owner or actor.user
        changed = requests.change_request(tx, request, state=str(state), owner=owner, **facts)
        keeping.keep_a_clock(tx, ctx, changed)
        events.note(tx, str(state), at=ctx.now, request=request, actor=actor.user)
        announcing.show_card(tx, ctx, request)
        return changed
