"""What people do with a promise: move it before it slips, say it was kept, snooze, release."""

from datetime import datetime, timedelta

from bot.domain.ladder.counted_on import counted_on
from bot.domain.ladder.nudges import snooze_until
from bot.domain.ladder.reaching import bearer
from bot.domain.people import Actor
from bot.domain.promises import FARTHEST, Outcome, Promise, outcome_when_answered
from bot.domain.replies import ReplyKind, says_something
from bot.domain.requests import Request
from bot.domain.snapshots.review import DelayForm, Review
from bot.domain.working_time import ALWAYS
from bot.errors import FieldError, RefusedError
from bot.services import announcing
from bot.services.context import Context
from bot.services.drafting import delay_text, excerpt_of
from bot.services.finding import LARGEST, find_client, find_live_request, find_promise, find_request, way_of
from bot.services.hours.offering import time_after
from bot.services.hours.reaching import Crew
from bot.services.nudges import climbing, keeping, waiting
from bot.services.people import check_member
from bot.services.replies.reviewing import review_of
from bot.services.requests import moved_on
from bot.store import Tx, events, promises, replies

_LATE = "answered_late"
"""The event of such a word about a time that had passed."""

LIKELY_DELAY = timedelta(hours=2)
"""What the new time is prefilled with, in working time: a person picks the real one."""


def open_delay_form(ctx: Context, *, actor: Actor, promise: int, revision: int | None = None) -> DelayForm:
    """Return the four-part form for a promise that will not hold (or has just slipped).

    Opening it answers the nudges about that promise: somebody has it in hand. Safe to repeat. From a nudge of an older
    `revision` it answers none where somebody else has the request since.
    """
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found = promises.promise(tx, promise) if 0 < promise < LARGEST else None
        if found is None:
            raise RefusedError("That promise is not in the ledger.", promise=promise)
        request = find_request(tx, found.request)
        client = find_client(tx, request)
        is_others = revision not in {None, found.revision} and request.owner != actor.user
        found = _current(tx, found)
        _check_can_move(found)
        if not is_others:
            keeping.answer_nudges(tx, ctx, request.id, by=actor.user, only=found.id)
        since = _full_quarter(max(found.due_at, ctx.now))
        return DelayForm(
            request=request,
            client=client,
            promise=found,
            way=way_of(tx, request),
            new_due_at=time_after(tx, ctx, request, since, LIKELY_DELAY, writer=actor.user),
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
            reader=actor.user,
            replaces=standing.id if standing.outcome is Outcome.OPEN else None,
        )


def mark_answered(ctx: Context, *, actor: Actor, promise: int) -> Request:
    """Record a person's word that the client has what was promised: kept when in time.

    Safe to repeat: a promise takes that word once, and what the client asks after it waits on. So does what they asked
    since other words of ours, where a time that slipped had those before.
    """
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, request = find_promise(tx, promise)
        if found.outcome not in {Outcome.OPEN, Outcome.SLIPPED} or events.count(tx, _LATE, promise=promise):
            return request
        late = found.outcome is Outcome.SLIPPED
        asked = waiting.asked_now(tx, request.id) if late and found.told_at is not None else ()
        if found.outcome is Outcome.OPEN:
            outcome = outcome_when_answered(found.due_at, ctx.now)
            keeping.close_promise(tx, ctx, found, str(outcome), actor=actor.user, at=ctx.now)
            late = outcome is Outcome.SLIPPED
        if late:
            events.note(tx, _LATE, at=ctx.now, request=request.id, actor=actor.user, promise=promise)
        keeping.note_told(tx, request.id, ctx.now)
        changed = waiting.take_for_answered(tx, request, asked, at=ctx.now)
        keeping.keep_a_clock(tx, ctx, changed, since=changed.waiting_since)
        announcing.show_card(tx, ctx, request.id)
        return changed


def take_on(ctx: Context, *, actor: Actor, promise: int, revision: int | None = None) -> Promise:
    """Take a member's word that they are on it: no more nudges before the time itself, while they are there.

    Safe to repeat: who took a time on says nothing about the one that it was moved to since.
    `revision` is the promise's as the pressed nudge has it. Raises MovedOnError when somebody else hears of it since,
    PressedAgainError when the same was said a moment ago.
    """
    with ctx.store.writing() as tx:
        member = check_member(tx, actor)
        found, request = find_promise(tx, promise)
        moved_on.check_nudge(tx, ctx, found, request, member=member, kind="on_it", revision=revision)
        found = _current(tx, found)
        if found.id != promise and events.count(tx, "on_it", promise=promise):
            raise RefusedError("That time was moved since. The nudge about the new one has its own button.")
        if found.outcome is not Outcome.OPEN:
            raise RefusedError("That promise has ended, so there is nothing left to be on.")
        if found.due_at <= ctx.now:
            raise RefusedError("This is due now. A word to the client still counts: send the new time.")
        if found.acked_at is None:
            found = keeping.have_in_hand(tx, ctx, found, request, by=actor.user)
            events.note(tx, "on_it", at=ctx.now, request=request.id, actor=actor.user, promise=promise)
            announcing.show_card(tx, ctx, request.id)
        return found


def snooze(
    ctx: Context, *, actor: Actor, promise: int, revision: int | None = None, put_off: int | None = None
) -> Promise:
    """Put a nudge off: it comes again in half an hour, or at half of what is left; the slipped rung never moves.

    Only working time of whoever hears it counts: what is put off at closing time comes before it, or in the morning.
    That is an answer until then: meanwhile it is not passed on. Safe to repeat.
    `revision` and `put_off` are the promise's as the pressed nudge has them: one nudge is put off once. Raises
    MovedOnError when somebody else hears of it since, or when that time is over; PressedAgainError when the same was
    pressed a moment ago.
    """
    with ctx.store.writing() as tx:
        member = check_member(tx, actor)
        found, request = find_promise(tx, promise)
        moved_on.check_nudge(tx, ctx, found, request, member=member, kind="snoozed", revision=revision, put_off=put_off)
        if found.outcome is not Outcome.OPEN:
            raise RefusedError("There is nothing to snooze any more: that promise has ended.")
        if found.next_at is None or found.due_at <= ctx.now:
            raise RefusedError("This is due now, so it cannot be snoozed. Send the new time instead.")
        if found.acked_at is not None:
            raise RefusedError("Somebody is on it already, so nothing more comes before it is due.")
        if found.snoozed_until is None or found.snoozed_until <= ctx.now:
            crew = Crew(tx, ctx)
            hears = bearer(crew.of(request, until=found.due_at), ctx.now, found.due_at)
            until = snooze_until(ctx.now, found.due_at, hears.hours if hears else ALWAYS)
            time = counted_on(crew.person(actor.user).hours, since=ctx.now, due_at=found.due_at)
            facts = {"snoozed_until": until, "snoozed": found.snoozed + 1, "acked_by": actor.user}
            found = promises.change_promise(tx, promise, **facts, counted_on=time)
            climb = climbing.climb(ctx, crew, found, request)
            found = promises.change_promise(tx, promise, next_at=climb.next_at(ctx.now))
            events.note(tx, "snoozed", at=ctx.now, request=request.id, actor=actor.user, promise=promise)
        return found


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
