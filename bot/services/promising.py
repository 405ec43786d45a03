"""What people do with a promise: move it before it slips, say it was kept, snooze, release; and what clients answer."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.nudges import Subject, snooze_until
from bot.domain.people import Actor
from bot.domain.promises import FARTHEST, ClientAnswer, Outcome, Promise, outcome_when_answered
from bot.domain.replies import ReplyKind, says_something
from bot.domain.requests import CLOSED, OURS, Request, State
from bot.domain.snapshots import DelayForm, ItemKind, Review
from bot.errors import FieldError, NotYourRequestError, RefusedError
from bot.services import announcing, keeping
from bot.services.context import Context
from bot.services.drafting import delay_text, excerpt_of
from bot.services.finding import LARGEST, find_client, find_live_request, find_promise, find_request, way_of
from bot.services.installation import our_team
from bot.services.people import check_member
from bot.services.reviewing import review_of
from bot.store import Tx, events, outbox, people, promises, replies, requests

LIKELY_DELAY = timedelta(hours=2)
"""What the new time is prefilled with: a person picks the real one."""


def open_delay_form(ctx: Context, *, actor: Actor, promise: int) -> DelayForm:
    """Return the four-part form for a promise that will not hold (or has just slipped)."""
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        found = promises.promise(tx, promise) if 0 < promise < LARGEST else None
        if found is None:
            raise RefusedError("That promise is not in the ledger.", promise=promise)
        request = find_request(tx, found.request)
        client = find_client(tx, request)
        found = _current(tx, found)
        _check_can_move(found)
        return DelayForm(
            request=request,
            client=client,
            promise=found,
            way=way_of(tx, request),
            new_due_at=_full_quarter(max(found.due_at, ctx.now) + LIKELY_DELAY),
            latest_reply=replies.latest_reply(tx, request.id),
            excerpt=excerpt_of(tx, request),
        )


def _current(tx: Tx, promise: Promise) -> Promise:
    """Return the promise that stands now, when this one was moved meanwhile: a button on an old nudge still helps."""
    if promise.outcome in {Outcome.OPEN, Outcome.SLIPPED}:
        return promise
    standing = promises.promises_of(tx, promise.request, outcomes=("open",))
    return next((p for p in standing if p.kind is promise.kind), promise)


def _check_can_move(promise: Promise) -> None:
    """Refuse to move a promise that ended well: there is nothing to be late with."""
    if promise.outcome not in {Outcome.OPEN, Outcome.SLIPPED}:
        raise RefusedError("That promise has ended, so there is nothing to move. Send a reply from the card instead.")


def _full_quarter(instant: datetime) -> datetime:
    """Round up to a quarter of an hour: nobody promises 16:07."""
    over = timedelta(minutes=instant.minute % 15, seconds=instant.second, microseconds=instant.microsecond)
    return instant - over + (timedelta(minutes=15) if over else timedelta())


def draft_delay_update(
    ctx: Context, *, actor: Actor, promise: int, happened: str, doing: str, new_due_at: datetime, choice: str = ""
) -> Review:
    """Return the delay update as a reply to look through: what happened, what we do, the new time, does it work?"""
    for field, words in (("happened", happened), ("doing", doing)):
        if not says_something(words):
            raise FieldError(field, "A few words, please: the client should not have to guess.")
    if new_due_at <= ctx.now + ctx.policy.undo:
        raise FieldError("new_due_at", "That time is already past. Pick one that you can keep.")
    if new_due_at > ctx.now + FARTHEST:
        raise FieldError("new_due_at", "That is more than a year away. Promise something nearer.")
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, _ = find_promise(tx, promise)
        request = find_live_request(tx, found.request)
        client = find_client(tx, request)
        standing = _current(tx, found)
        _check_can_move(standing)
        if standing.outcome is Outcome.OPEN and new_due_at < standing.due_at:
            raise FieldError("new_due_at", "That is earlier than what they were told. A delay needs a later time.")
        text = delay_text(
            tx,
            ctx,
            request,
            client,
            writer=actor.user,
            happened=happened,
            doing=doing,
            promise=standing.id,
            due=new_due_at,
            choice=choice,
        )
        return review_of(
            tx,
            ctx,
            request,
            client,
            kind=ReplyKind.DELAY_UPDATE,
            text=text,
            due=new_due_at,
            promise=found.kind,
            replaces=standing.id if standing.outcome is Outcome.OPEN else None,
        )


def mark_answered(ctx: Context, *, actor: Actor, promise: int) -> Request:
    """Record a person's word that the client has what was promised: kept when in time. Safe to repeat."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, request = find_promise(tx, promise)
        if found.outcome is Outcome.OPEN:
            outcome = outcome_when_answered(found.due_at, ctx.now)
            keeping.close_promise(tx, ctx, found, str(outcome), actor=actor.user, at=ctx.now)
        elif found.outcome is Outcome.SLIPPED:
            if not events.count(tx, "answered_late", promise=promise):
                events.note(tx, "answered_late", at=ctx.now, request=request.id, actor=actor.user, promise=promise)
        else:
            return request
        facts = {"waiting_since": None, "first_answered_at": request.first_answered_at or ctx.now}
        keeping.drop_targets(tx, request.id, "met")
        changed = requests.change_request(tx, request.id, **facts)
        keeping.keep_a_clock(tx, ctx, changed)
        announcing.show_card(tx, ctx, request.id)
        return changed


def snooze(ctx: Context, *, actor: Actor, promise: int) -> Promise:
    """Put a nudge off: it comes again in half an hour, or at half of what is left; the slipped rung never moves."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, request = find_promise(tx, promise)
        if found.outcome is not Outcome.OPEN:
            raise RefusedError("There is nothing to snooze any more: that promise has ended.")
        if found.next_at is None or found.due_at <= ctx.now:
            raise RefusedError("This is due now, so it cannot be snoozed. Send the new time instead.")
        until = min(snooze_until(ctx.now, found.due_at), found.next_at)
        changed = found
        if until < found.next_at:
            rung = max(0, found.rung - 1)
            changed = promises.change_promise(tx, promise, next_at=until, rung=rung, snoozed=found.snoozed + 1)
        events.note(tx, "snoozed", at=ctx.now, request=request.id, actor=actor.user, promise=promise)
        return changed


def release_promise(ctx: Context, *, actor: Actor, promise: int) -> Request:
    """End a promise that the client no longer needs; it counts neither as kept nor as slipped."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, request = find_promise(tx, promise)
        if found.outcome is Outcome.OPEN:
            keeping.close_promise(tx, ctx, found, "released", actor=actor.user, at=ctx.now)
            keeping.keep_a_clock(tx, ctx, request)
            announcing.show_card(tx, ctx, request.id)
        return request


def answer_as_client(ctx: Context, *, actor: Actor, promise: int, answer: ClientAnswer, channel: str) -> Promise:
    """Record what the client says to a time, and tell the owner. The last word counts; the same again does nothing.

    Only a contact of that very client may answer, or somebody of another organisation in the client's own channel.
    """
    with ctx.store.writing() as tx:
        found, request = find_promise(tx, promise)
        _check_contact(tx, actor, request, channel)
        if found.answer is answer:
            return found
        changed = promises.change_promise(tx, promise, answer=str(answer), answered_at=ctx.now)
        events.note(
            tx, "client_answered", at=ctx.now, request=request.id, actor=actor.user, promise=promise, detail=str(answer)
        )
        count = events.count(tx, "client_answered", promise=promise)
        for recipient in announcing.recipients_of(tx, request):
            announcing.nudge(
                tx,
                ctx,
                request,
                kind=ItemKind.CLIENT_ANSWER,
                subject=Subject.PROMISE,
                ident=promise,
                revision=changed.revision,
                rung=f"answer{count}",
                recipient=recipient,
            )
        announcing.note_in_thread(
            tx, ctx, request.id, f"answer:{promise}:{count}", kind="client_answer", promise=promise, answer=str(answer)
        )
        if answer is not ClientAnswer.WORKS:
            _take_up_again(tx, ctx, request)
        _show_answer_to_client(tx, ctx, changed)
        announcing.show_card(tx, ctx, request.id)
        return changed


def _take_up_again(tx: Tx, ctx: Context, request: Request) -> None:
    """A client who needs it sooner or wants a call waits for us, whatever state the request rested in."""
    facts: dict[str, Any] = {"waiting_since": request.waiting_since or ctx.now}
    if request.state not in OURS:
        back = State.OPEN if request.owner else State.NEW
        facts |= {"state": str(back), "closed_at": None, "parked_until": None}
        events.note(tx, "reopened" if request.state in CLOSED else "resumed", at=ctx.now, request=request.id)
    keeping.keep_a_clock(tx, ctx, requests.change_request(tx, request.id, **facts))


def _check_contact(tx: Tx, actor: Actor, request: Request, channel: str) -> None:
    member = people.member(tx, actor.user)
    if member is not None and member.active:
        raise NotYourRequestError("These buttons are the client's. Use the card in the team channel.")
    link = people.channel(tx, channel)
    ours = our_team(tx)
    outside = ours is not None and actor.team not in {None, ours}
    if outside and link is not None and link.client == request.client:
        return
    if not people.is_contact(tx, request.client, actor.user):
        raise NotYourRequestError


def _show_answer_to_client(tx: Tx, ctx: Context, promise: Promise) -> None:
    """Ask for the delay update in the client's channel to show what they answered."""
    if promise.reply is None:
        return
    reply = replies.reply(tx, promise.reply)
    at = outbox.place_of_reply(tx, promise.reply)
    if reply is None or at is None:
        return
    key = f"answered:{promise.id}"
    if not outbox.want_again(tx, key):
        outbox.put(
            tx,
            key=key,
            kind="answered",
            lane=f"client:{reply.request}",
            subject=promise.id,
            recipient=at[0],
            now=ctx.now,
            remote=at,
            rank=0,
        )
