"""Replies: from a suggestion to a reviewed, approved and frozen text, and back again while it is held."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.people import Actor, Client
from bot.domain.promises import FARTHEST, Promise, hold_until
from bot.domain.replies import ANSWERS, Approval, PromiseKind, Reply, ReplyKind, ReplyState, Way, WayKind
from bot.domain.requests import Request
from bot.domain.snapshots import Approved, ClientPost, ReplyOut, Review, mark_of
from bot.errors import FieldError, RefusedError, StaleWindowError, TooLateError
from bot.services import announcing
from bot.services.claiming import claim
from bot.services.context import Context
from bot.services.drafting import draft_of, excerpt_of
from bot.services.finding import find_live_request, find_reply, find_request, way_of
from bot.services.keeping import close_promise
from bot.services.people import check_member
from bot.services.sending import reply_sent
from bot.store import Tx, events, outbox, people, promises, replies
from bot.suggest.checks import ReplyFacts, check_reply

LONGEST_TEXT = 3000
"""What the review window's text field takes (Slack: plain_text_input max_length)."""


def open_review(ctx: Context, *, actor: Actor, request: int, suggestion: str) -> Review:
    """Return a suggestion as a reply to look through; an unowned request is claimed in the same transaction."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found = find_live_request(tx, request)
        if found.owner is None:
            found = claim(tx, ctx, actor.user, request)
        client = _client(tx, found)
        draft = draft_of(tx, ctx, found, client, suggestion, writer=actor.user)
        due = ctx.now + draft.due_in if draft.due_in is not None else None
        return review_of(tx, ctx, found, client, kind=draft.kind, text=draft.text, due=due, promise=draft.promise_kind)


def review_of(
    tx: Tx,
    ctx: Context,
    request: Request,
    client: Client,
    *,
    kind: ReplyKind,
    text: str,
    due: datetime | None,
    promise: PromiseKind | None,
    replaces: int | None = None,
) -> Review:
    """Return the review window's contents for a text."""
    open_promises = promises.promises_of(tx, request.id, outcomes=("open",))
    return Review(
        request=request,
        client=client,
        owner=people.member(tx, request.owner) if request.owner else None,
        kind=kind,
        way=way_of(tx, request),
        text=text,
        promise_kind=promise,
        due_at=due,
        open_promises=open_promises,
        replaces=replaces,
        latest_reply=replies.latest_reply(tx, request.id),
        undo_seconds=int(ctx.policy.undo.total_seconds()),
        excerpt=excerpt_of(tx, request),
        checks=checks_of(ctx, client, text, due=due, others=[p.due_at for p in open_promises if p.id != replaces]),
    )


def checks_of(
    ctx: Context, client: Client, text: str, *, due: datetime | None, others: Iterable[datetime]
) -> tuple[str, ...]:
    """Return what a second pair of eyes would say about a reply: vague times, blame, a time that is not the promise."""
    facts = ReplyFacts(now=ctx.now, tz=client.tz, due_at=due, open_dues=tuple(others), language=client.language)
    return check_reply(text, facts)


def _client(tx: Tx, request: Request) -> Client:
    found = people.client(tx, request.client)
    if found is None:  # pragma: no cover - a foreign key forbids it
        raise LookupError(request.client)
    return found


def look_through(ctx: Context, *, actor: Actor, approval: Approval, seen: str) -> Review | None:
    """Return the words once more, with what a second pair of eyes says about them; None when that was seen already.

    `seen` is the mark of the remarks that the window showed. Remarks never forbid: the next Send goes through.
    """
    check_approval(ctx, approval)
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        if replies.reply_of_window(tx, approval.window) is not None:
            return None
        request = find_request(tx, approval.request)
        review = review_of(
            tx,
            ctx,
            request,
            _client(tx, request),
            kind=approval.kind,
            text=approval.text,
            due=approval.due_at,
            promise=approval.promise_kind,
            replaces=approval.replaces,
        )
    if not review.checks or mark_of(review.checks) == seen:
        return None
    return replace(review, latest_reply=approval.latest_reply)


def check_approval(ctx: Context, approval: Approval) -> None:
    """Refuse a reply that nobody could keep or read, with a sentence at its field."""
    if not approval.text.strip():
        raise FieldError("text", "Write a few words first: an empty reply helps nobody.")
    if len(approval.text) > LONGEST_TEXT:
        raise FieldError("text", f"That is {len(approval.text)} characters; {LONGEST_TEXT} fit in one message.")
    if approval.promise_kind is not None and approval.due_at is None:
        raise FieldError("due_at", "Pick the day and time you promise, or choose “No time in this reply”.")
    if approval.due_at is None or approval.promise_kind is None:
        return
    if approval.due_at <= ctx.now + ctx.policy.undo:
        raise FieldError("due_at", "That time is already past. Pick one that you can keep.")
    if approval.due_at > ctx.now + FARTHEST:
        raise FieldError("due_at", "That is more than a year away. Promise something nearer.")


def approve_reply(ctx: Context, *, actor: Actor, approval: Approval) -> Approved:
    """Freeze exactly these words and hold them for undo; then they leave. The same window approves once.

    The promise in it is pending until they are delivered. Refused when another reply was approved after the window
    opened, so that a client never gets two answers that do not know of each other.
    """
    check_approval(ctx, approval)
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        request = find_request(tx, approval.request, lock=True)
        before = replies.reply_of_window(tx, approval.window)
        if before is not None:
            return _approved(tx, before, again=True)
        request = find_live_request(tx, approval.request)
        _check_window_is_fresh(tx, approval)
        if request.owner is None:
            request = claim(tx, ctx, actor.user, request.id)
        reply, way = _freeze(tx, ctx, actor, request, approval)
        events.note(tx, "approved", at=ctx.now, request=request.id, actor=actor.user, reply=reply.id, detail=reply.kind)
        if way.kind is WayKind.BY_HAND:
            reply = reply_sent(tx, ctx, reply, place=None) or reply
        else:
            _put_in_outbox(tx, ctx, reply, way)
        announcing.show_card(tx, ctx, request.id)
        return _approved(tx, reply, again=False)


def _check_window_is_fresh(tx: Tx, approval: Approval) -> None:
    latest = replies.latest_reply(tx, approval.request)
    if latest <= approval.latest_reply:
        return
    other = replies.reply(tx, latest)
    who = people.member(tx, other.approver) if other else None
    raise StaleWindowError(
        f"{who.name if who else 'Somebody'} approved another reply after you opened this window. "
        "Close it, look at the card, and write again if it is still needed."
    )


def _freeze(tx: Tx, ctx: Context, actor: Actor, request: Request, approval: Approval) -> tuple[Reply, Way]:
    way = way_of(tx, request)
    open_promises = promises.promises_of(tx, request.id, outcomes=("open",))
    ident = replies.try_add_reply(
        tx,
        request=request.id,
        kind=str(approval.kind),
        state=str(ReplyState.HELD),
        text=approval.text,
        window=approval.window,
        approver=actor.user,
        approved_at=ctx.now,
        hold_until=hold_until(ctx.now, ctx.policy.undo, [promise.due_at for promise in open_promises]),
        way=str(way.kind),
        way_target=way.target,
        way_label=way.label,
        way_thread=way.thread,
        frozen=b"",
    )
    if ident is None:  # pragma: no cover - the request is locked and the window was looked up under the lock
        raise TooLateError
    promise = _add_promise(tx, ctx, approval, reply=ident, open_promises=open_promises)
    snapshot = _snapshot(request, approval, way, reply=ident, promise=promise, now=ctx.now)
    freezer = ctx.freezers.get(str(way.kind))
    replies.freeze(tx, ident, freezer(snapshot) if freezer else approval.text.encode())
    reply = replies.reply(tx, ident)
    if reply is None:  # pragma: no cover - inserted above
        raise LookupError(ident)
    return reply, way


def _snapshot(
    request: Request, approval: Approval, way: Way, *, reply: int, promise: Promise | None, now: datetime
) -> object:
    if way.kind is WayKind.WEBHOOK:
        return ReplyOut(
            reply=reply,
            request=request.id,
            text=approval.text,
            callback_url=way.target,
            approved_at=now,
            thread=request.thread,
            promise_kind=promise.kind if promise else None,
            due_at=promise.due_at if promise else None,
        )
    return ClientPost(
        reply=reply,
        request=request.id,
        text=approval.text,
        channel=way.target,
        thread=way.thread,
        promise=promise.id if promise else None,
        due_at=promise.due_at if promise else None,
        ask_if_it_works=promise is not None and approval.kind is ReplyKind.DELAY_UPDATE,
    )


def _add_promise(
    tx: Tx, ctx: Context, approval: Approval, *, reply: int, open_promises: tuple[Promise, ...]
) -> Promise | None:
    if approval.promise_kind is None or approval.due_at is None:
        return None
    moved = approval.replaces
    if moved is None and approval.kind not in ANSWERS:
        moved = next((p.id for p in open_promises if p.kind is approval.promise_kind), None)
    return promises.add_promise(
        tx,
        request=approval.request,
        kind=str(approval.promise_kind),
        due_at=approval.due_at,
        made_at=ctx.now,
        outcome="pending",
        reply=reply,
        replaces=moved,
    )


def _put_in_outbox(tx: Tx, ctx: Context, reply: Reply, way: Way) -> None:
    outbox.put(
        tx,
        key=reply_key(reply),
        kind="reply",
        lane=f"client:{reply.request}",
        subject=reply.id,
        recipient=way.target if way.kind is WayKind.CHANNEL else "",
        now=ctx.now,
        payload={"way": str(way.kind), "thread": way.thread or ""},
        not_before=reply.hold_until,
        rank=0,
    )


def reply_key(reply: Reply) -> str:
    """Return the key under which these exact words leave at most once."""
    return f"reply:{reply.id}:{reply.revision}"


def _approved(tx: Tx, reply: Reply, *, again: bool) -> Approved:
    request = find_request(tx, reply.request)
    return Approved(
        reply=reply,
        request=request,
        client=_client(tx, request),
        promise=promises.promise_of_reply(tx, reply.id),
        again=again,
    )


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
            events.note(tx, "undone", at=ctx.now, request=request.id, actor=actor.user, reply=reply)
            announcing.show_card(tx, ctx, request.id)
        return review_of(
            tx,
            ctx,
            request,
            _client(tx, request),
            kind=found.kind,
            text=found.text,
            due=promise.due_at if promise else None,
            promise=promise.kind if promise else None,
            replaces=promise.replaces if promise else None,
        )


def retry_reply(ctx: Context, *, actor: Actor, reply: int) -> Reply:
    """Send a failed or uncertain reply again: the same approved bytes, because a person decided so."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, _ = find_reply(tx, reply)
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
        _put_in_outbox(tx, ctx, again, way)
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
        sent = reply_sent(tx, ctx, found, place=None) or found
        _strike_and_show(tx, ctx, sent, "arrived_by_word", by=actor.user)
        return sent


def drop_reply(ctx: Context, *, actor: Actor, reply: int) -> Reply:
    """Give a failed or uncertain reply up; the promise in it was never told."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found, _ = find_reply(tx, reply)
        dropped = replies.try_move_reply(tx, reply, was=("failed", "uncertain"), state="dropped")
        if dropped is None:
            return found
        promise = promises.promise_of_reply(tx, reply)
        if promise is not None:
            close_promise(tx, ctx, promise, "void", actor=actor.user, at=ctx.now)
        _strike_and_show(tx, ctx, dropped, "dropped", by=actor.user)
        return dropped


def _strike_and_show(tx: Tx, ctx: Context, reply: Reply, event: str, *, by: str) -> None:
    outbox.refresh_nudges(tx, "reply", reply.id)
    events.note(tx, event, at=ctx.now, request=reply.request, actor=by, reply=reply.id)
    announcing.show_card(tx, ctx, reply.request)
