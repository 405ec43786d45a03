"""Moving a request through its states: waiting, parked, closed, back again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.pauses import LONGEST_NOTE, LONGEST_PAUSE, NO_PAUSE, REASONS, is_reason, recheck_at
from bot.domain.people import Actor
from bot.domain.promises import Outcome, outcome_when_answered
from bot.domain.replies import NEEDS_A_PERSON, ON_ITS_WAY
from bot.domain.requests import CLOSED, Request, State
from bot.errors import ClosedRequestError, FieldError, RefusedError
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.hours.calendars import team_hours
from bot.services.nudges import keeping, waiting
from bot.services.nudges.rechecking import asked_about
from bot.services.people import check_member
from bot.store import Tx, events, promises, replies, requests

Facts = Mapping[str, Any]


def wait_for_client(
    ctx: Context,
    *,
    actor: Actor,
    request: int,
    reason: str = "",
    note: str | None = None,
    until: datetime | None = None,
) -> Request:
    """Say that the next move is the client's. Targets rest; a time that was told to the client stays a promise.

    `reason` is a key of `REASONS` (the likeliest without one), `note` a word of ours. At `until`, in three working days
    without it, the owner is asked whether the wait still makes sense. The client's next words end it.
    """
    return _pause(ctx, actor, request, State.WAITING_CLIENT, reason=reason, note=note, until=until)


def wait_for_supplier(
    ctx: Context,
    *,
    actor: Actor,
    request: int,
    reason: str = "",
    note: str | None = None,
    until: datetime | None = None,
) -> Request:
    """Say that we wait for somebody else. It is still ours to solve: our promise and our aims go on."""
    return _pause(ctx, actor, request, State.WAITING_SUPPLIER, reason=reason, note=note, until=until)


def resume_request(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Take a waiting or parked request up again; as much of its aim is left as there was."""
    return _move(ctx, actor, request, State.OPEN, given={}, usual=NO_PAUSE)


def park_request(
    ctx: Context, *, actor: Actor, request: int, until: datetime, reason: str = "", note: str | None = None
) -> Request:
    """Put a request aside until an instant; then it comes back by itself and its owner is told."""
    return _pause(ctx, actor, request, State.PARKED, reason=reason, note=note, until=until)


def _pause(
    ctx: Context, actor: Actor, request: int, state: State, *, reason: str, note: str | None, until: datetime | None
) -> Request:
    """Let a request wait. Pressed again without anything new it stays as it is."""
    if until is not None and until <= ctx.now:
        raise FieldError("until", "That time is already past. When should this come back?")
    if until is not None and until > ctx.now + LONGEST_PAUSE:
        raise FieldError("until", "That is more than a year away. Pick a nearer day, and park it again then.")
    if note is not None and len(note) > LONGEST_NOTE:
        raise FieldError("note", f"At most {LONGEST_NOTE} characters, please. The rest fits into the card's thread.")
    if reason and not is_reason(state, reason):
        raise FieldError("reason", "That reason is not there any more. Pick another one.")
    words = None if note is None else " ".join(note.split())
    given = {"pause_reason": reason or None, "pause_note": words, "parked_until": until}
    given = {name: fact for name, fact in given.items() if fact is not None}
    usual = {"pause_reason": REASONS[state][0].key, "pause_note": ""}
    return _move(ctx, actor, request, state, given=given, usual=usual)


def close_request(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Call a request done. Promises that a reply has meanwhile met are kept, the others released. Safe to repeat."""
    return _end(ctx, actor, request, State.DONE)


def mark_not_a_request(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Say that this is nothing anybody asked for. It stays findable and can be reopened. Safe to repeat."""
    return _end(ctx, actor, request, State.NOT_A_REQUEST)


def _end(ctx: Context, actor: Actor, request: int, state: State) -> Request:
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found = find_request(tx, request, lock=True)
        if found.state is state:
            return found
        _check_nothing_leaves(tx, found)
        return close(tx, ctx, found, actor=actor.user, state=state)


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
    keeping.show_slips(tx, request.id)
    changed = requests.change_request(
        tx, request.id, state=str(state), closed_at=ctx.now, waiting_since=None, **NO_PAUSE
    )
    keeping.keep_a_clock(tx, ctx, changed)
    asked_about(tx, request.id)
    keeping.show_stays_open(tx, request.id)
    events.note(tx, str(state), at=ctx.now, request=request.id, actor=actor)
    announcing.show_card(tx, ctx, request.id)
    return changed


def reopen_request(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Open a closed request again, with a fresh clock; nothing is overdue in that same second.

    What was called done is answered; where it was taken for no request, the client waits as they did.
    """
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found = find_request(tx, request, lock=True)
        if found.state not in CLOSED:
            return found
        state = State.OPEN if found.owner else State.NEW
        since = waiting.by_the_ledger(tx, request) if found.state is State.NOT_A_REQUEST else None
        changed = requests.change_request(tx, request, state=str(state), closed_at=None, waiting_since=since)
        keeping.keep_a_clock(tx, ctx, changed, since=ctx.now)
        keeping.show_slips(tx, request)
        keeping.show_stays_open(tx, request)
        events.note(tx, "reopened", at=ctx.now, request=request, actor=actor.user)
        announcing.show_card(tx, ctx, request)
        return changed


def _move(ctx: Context, actor: Actor, request: int, state: State, *, given: Facts, usual: Facts) -> Request:
    """Set a state; whoever moves an unowned request becomes its owner, because somebody must follow it up.

    Another state answers the nudges about its promises: somebody has looked at them.
    Facts that were not `given` are as they were in that state, or as `usual` in a new one.
    """
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found = find_request(tx, request, lock=True)
        if found.state in CLOSED:
            raise ClosedRequestError(f"#{request} is closed. Reopen it first.", request=request)
        same = found.state is state and found.owner is not None
        if same and all(getattr(found, name) == fact for name, fact in given.items()):
            return found
        if state in REASONS and not same:
            again = recheck_at(team_hours(tx, ctx), ctx.now)
            usual = {**usual, "paused_at": ctx.now, "parked_until": again}
        facts = given if same else {**usual, **given}
        changed = requests.change_request(tx, request, state=str(state), owner=found.owner or actor.user, **facts)
        keeping.keep_a_clock(tx, ctx, changed)
        if found.state is not state:
            keeping.answer_nudges(tx, ctx, request, by=actor.user)
        asked_about(tx, request)
        keeping.show_stays_open(tx, request)
        events.note(tx, str(state), at=ctx.now, request=request, actor=actor.user)
        announcing.show_card(tx, ctx, request)
        return changed
