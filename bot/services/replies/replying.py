"""Approving a reply: exactly these words are frozen, held for undo, and put on their way."""

from datetime import datetime

from bot.domain.people import Actor
from bot.domain.promises import Promise, hold_until
from bot.domain.replies import ANSWERS, Approval, Reply, ReplyKind, ReplyState, Way, WayKind
from bot.domain.requests import Request
from bot.domain.snapshots.client import ClientPost, ReplyOut
from bot.domain.snapshots.review import Approved
from bot.errors import RefusedError, StaleWindowError, TooLateError
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_client, find_live_request, find_request, way_of
from bot.services.people import check_member
from bot.services.replies.reviewing import check_approval
from bot.services.replies.sending import put_in_outbox, reply_sent
from bot.services.requests.claiming import claim
from bot.store import Tx, events, people, promises, replies


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
            put_in_outbox(tx, ctx, reply, way)
        announcing.show_card(tx, ctx, request.id)
        return _approved(tx, reply, again=False)


def how_it_stands(ctx: Context, *, reply: int) -> Approved:
    """Return an approved reply as it stands now, for the window that Send was pressed in."""
    with ctx.store.reading() as tx:
        found = replies.reply(tx, reply)
        if found is None:
            raise RefusedError("That reply is not there any more.", reply=reply)
        return _approved(tx, found, again=False)


def _check_window_is_fresh(tx: Tx, approval: Approval) -> None:
    latest = replies.latest_reply(tx, approval.request)
    if latest <= approval.latest_reply:
        return
    other = replies.reply(tx, latest)
    who = people.member(tx, other.approver) if other else None
    raise StaleWindowError(
        f"Meanwhile {who.name if who else 'somebody'} approved another reply. "
        "Close this window, look at the card, and write again if it is still needed."
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


def _approved(tx: Tx, reply: Reply, *, again: bool) -> Approved:
    request = find_request(tx, reply.request)
    return Approved(
        reply=reply,
        request=request,
        client=find_client(tx, request),
        promise=promises.promise_of_reply(tx, reply.id),
        again=again,
    )
