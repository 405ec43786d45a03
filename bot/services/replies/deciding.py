"""What people decide about a reply on its way: undo, send again, believe that it arrived, or give it up."""

from bot.domain.people import Actor
from bot.domain.replies import NEEDS_A_PERSON, Reply, ReplyState
from bot.domain.snapshots.review import Review
from bot.errors import RefusedError, TooLateError
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_client, find_reply
from bot.services.nudges.keeping import close_promise, keep_a_clock
from bot.services.people import check_member
from bot.services.replies.reviewing import review_of
from bot.services.replies.sending import put_in_outbox, reply_key, reply_sent
from bot.store import Tx, events, outbox, promises, replies


def undo_reply(ctx: Context, *, actor: Actor, reply: int) -> Review:
    """Take back a reply that is held, or that was refused, and return its words to be looked at again.

    Too late once sending began. Pressing again returns the same words and changes nothing.
    """
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, request = find_reply(tx, reply)
        undone = replies.try_move_reply(tx, reply, was=("held", "failed"), state="undone")
        if undone is None and found.state is not ReplyState.UNDONE:
            raise TooLateError("Too late to undo: it is already on its way. A follow-up can set things right.")
        promise = promises.promise_of_reply(tx, reply)
        if undone is not None:
            outbox.try_cancel(tx, reply_key(found))
            outbox.refresh_nudges(tx, "reply", reply)
            if promise is not None:
                close_promise(tx, ctx, promise, "void", actor=actor.user, at=ctx.now)
            keep_a_clock(tx, ctx, request)
            events.note(tx, "undone", at=ctx.now, request=request.id, actor=actor.user, reply=reply)
            announcing.show_card(tx, ctx, request.id)
        return review_of(
            tx,
            ctx,
            request,
            find_client(tx, request),
            kind=found.kind,
            text=found.text,
            due=promise.due_at if promise else None,
            promise=promise.kind if promise else None,
            reader=actor.user,
            replaces=promise.replaces if promise else None,
        )


def retry_reply(ctx: Context, *, actor: Actor, reply: int) -> Reply:
    """Send a failed or uncertain reply again: the same approved bytes, because a person decided so."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, _ = find_reply(tx, reply)
        promise = promises.promise_of_reply(tx, reply)
        if promise is not None and promise.due_at <= ctx.now + ctx.policy.undo and found.state in NEEDS_A_PERSON:
            raise RefusedError("The time in these words has passed. Press Edit, or Drop it, and write a new one.")
        again = replies.try_move_reply(
            tx,
            reply,
            was=("failed", "uncertain"),
            state="held",
            error=None,
            revision=found.revision + 1,
            hold_until=ctx.now,
        )
        if again is None:
            return found
        way = replies.frozen(tx, reply).way
        put_in_outbox(tx, ctx, again, way)
        _strike_and_show(tx, ctx, again, "retried", by=actor.user)
        return again


def mark_arrived(ctx: Context, *, actor: Actor, reply: int) -> Reply:
    """Record a person's word that an uncertain (or failed) reply reached the client."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, _ = find_reply(tx, reply)
        if found.state is ReplyState.SENT:
            return found
        if found.state not in {ReplyState.FAILED, ReplyState.UNCERTAIN}:
            raise RefusedError("That reply is not waiting for your word any more.")
        sent = reply_sent(tx, ctx, found, place=None, told_at=replies.begun_at(tx, reply)) or found
        _strike_and_show(tx, ctx, sent, "arrived_by_word", by=actor.user)
        return sent


def drop_reply(ctx: Context, *, actor: Actor, reply: int) -> Reply:
    """Give a failed or uncertain reply up; the promise in it was never told."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, request = find_reply(tx, reply)
        dropped = replies.try_move_reply(tx, reply, was=("failed", "uncertain"), state="dropped")
        if dropped is None:
            return found
        promise = promises.promise_of_reply(tx, reply)
        if promise is not None:
            close_promise(tx, ctx, promise, "void", actor=actor.user, at=ctx.now)
        keep_a_clock(tx, ctx, request)
        _strike_and_show(tx, ctx, dropped, "dropped", by=actor.user)
        return dropped


def _strike_and_show(tx: Tx, ctx: Context, reply: Reply, event: str, *, by: str) -> None:
    outbox.refresh_nudges(tx, "reply", reply.id)
    events.note(tx, event, at=ctx.now, request=reply.request, actor=by, reply=reply.id)
    announcing.show_card(tx, ctx, reply.request)
