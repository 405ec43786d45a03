"""What a reply's fate means: sent opens its promise and ends the one it moves; failed and uncertain ask a person."""

from datetime import datetime

from bot.domain.ladder.nudges import Subject
from bot.domain.promises import Outcome, Promise, keeps, outcome_when_answered, outcome_when_replaced
from bot.domain.replies import PromiseKind, Reply, ReplyKind, Way, WayKind
from bot.domain.requests import CLOSED, Direction, Request, State
from bot.domain.snapshots.nudge import ItemKind
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.nudges import keeping, waiting
from bot.services.requests.moving import close
from bot.store import Tx, events, messages, outbox, people, promises, replies, standing_lists


def put_in_outbox(tx: Tx, ctx: Context, reply: Reply, way: Way) -> None:
    """Put an approved reply on its way; it leaves when its hold ends."""
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


def reply_sent(
    tx: Tx, ctx: Context, reply: Reply, *, place: tuple[str, str] | None, told_at: datetime | None = None
) -> Reply | None:
    """Record that the client has these words, at `place` if that is a Slack message. None when it was recorded before.

    `told_at` is when they got them, if that is known and earlier than now: the ledger goes by it, not by when we
    learned of it.

    In this one transaction the reply is sent, its promise opens, and the promise it replaces ends as moved before or
    slipped. Only now is a time in it a promise that was told. It answers what had reached us when it was approved: what
    the client wrote since keeps its clock, and words that close leave the request open over it.
    """
    at = min(ctx.now, max(told_at, reply.approved_at)) if told_at is not None else ctx.now
    sent = replies.try_move_reply(
        tx, reply.id, was=("held", "sending", "failed", "uncertain"), state="sent", sent_at=at, error=None
    )
    if sent is None:
        return None
    request = find_request(tx, reply.request, lock=True)
    _store_words(tx, ctx, sent, request, at=at, place=place)
    new = promises.promise_of_reply(tx, reply.id)
    new = new if new and new.outcome is Outcome.PENDING else None
    _end_old_promises(tx, ctx, sent, new, at=at)
    if new is not None and request.state in CLOSED and sent.kind is not ReplyKind.CLOSING:
        keeping.close_promise(tx, ctx, new, "released", actor=sent.approver, at=ctx.now)
    elif new is not None:
        keeping.schedule_promise(tx, ctx, new, opened_at=at)
        events.note(tx, "promised", at=at, request=request.id, promise=new.id, detail=str(new.kind))
    keeping.note_told(tx, request.id, at)
    events.note(tx, "sent", at=ctx.now, request=request.id, actor=sent.approver, reply=sent.id, detail=str(sent.kind))
    outbox.refresh_nudges(tx, "reply", sent.id)
    asked = waiting.asked_since(tx, request.id, approved=sent.approved_at)
    newly = place if request.channel is None and request.callback_url is None else None
    changed = waiting.take_for_answered(tx, request, asked, at=at, place=newly)
    if sent.kind is ReplyKind.CLOSING and not asked and changed.state is not State.DONE:
        changed = close(tx, ctx, changed, actor=sent.approver)
    elif sent.kind is ReplyKind.CLOSING and changed.state not in CLOSED:
        _stays_open(tx, ctx, changed, sent)
    keeping.keep_a_clock(tx, ctx, changed, since=changed.waiting_since)
    announcing.show_card(tx, ctx, request.id)
    return sent


def _store_words(
    tx: Tx, ctx: Context, sent: Reply, request: Request, *, at: datetime, place: tuple[str, str] | None
) -> None:
    approver = people.member(tx, sent.approver)
    message = messages.add_message(
        tx,
        request=request.id,
        direction=str(Direction.OUT),
        author=approver.name if approver else "The team",
        author_user=sent.approver,
        text=sent.text,
        at=at,
        attachments=[],
        channel=place[0] if place else None,
        ts=place[1] if place else None,
        root=(request.thread or place[1]) if place else None,
        reply=sent.id,
    )
    announcing.mirror(tx, ctx, request.id, message.id)


def _end_old_promises(tx: Tx, ctx: Context, sent: Reply, new: Promise | None, *, at: datetime) -> None:
    """End the promises that these words keep or move; one that we took for slipped meanwhile is set right."""
    for old in promises.promises_of(tx, sent.request, outcomes=("open", "slipped")):
        if old.made_at > sent.approved_at:  # words that were written before it say nothing about it
            continue
        if old.outcome is Outcome.SLIPPED and not (at <= old.due_at and old.closed_at and old.closed_at > at):
            continue
        moved = new is not None and (new.replaces == old.id)
        if moved:
            outcome = outcome_when_replaced(old.due_at, at)
        elif keeps(old.kind, sent.kind):
            outcome = outcome_when_answered(old.due_at, at)
        elif new is not None and new.kind is PromiseKind.HEAR and old.kind is PromiseKind.HEAR:
            outcome = outcome_when_replaced(old.due_at, at)
        else:
            continue
        if old.outcome is Outcome.SLIPPED:
            if promises.correct_outcome(tx, old.id, str(outcome), was="slipped"):
                events.note(tx, f"promise_{outcome}", at=ctx.now, request=old.request, promise=old.id, reply=sent.id)
                outbox.refresh_nudges(tx, "promise", old.id)
                standing_lists.show_anew(tx, old.request)
        else:
            keeping.close_promise(tx, ctx, old, str(outcome), actor=sent.approver, at=ctx.now, reply=sent.id)


def _stays_open(tx: Tx, ctx: Context, request: Request, sent: Reply) -> None:
    """Tell the owner why words that were to close a request did not: the client wrote before they left."""
    for recipient in announcing.recipients_of(tx, request):
        announcing.nudge(
            tx,
            ctx,
            request,
            kind=ItemKind.STAYS_OPEN,
            subject=Subject.REQUEST,
            ident=request.id,
            revision=sent.id,
            rung=keeping.STAYS_OPEN,
            recipient=recipient,
        )


def reply_failed(tx: Tx, ctx: Context, reply: Reply, error: str) -> None:
    """Record that the far side refused the reply for good, and ask the owner what to do."""
    _ask_a_person(tx, ctx, reply, "failed", error)


def reply_uncertain(tx: Tx, ctx: Context, reply: Reply) -> None:
    """Record that nobody can know whether the reply arrived: it is never sent again without a person's word."""
    where = "the channel" if reply.way is WayKind.CHANNEL else "their system"
    _ask_a_person(tx, ctx, reply, "uncertain", f"The answer was lost on the way, so please look in {where}.")


def _ask_a_person(tx: Tx, ctx: Context, reply: Reply, state: str, error: str) -> None:
    moved = replies.try_move_reply(tx, reply.id, was=("held", "sending"), state=state, error=error)
    if moved is None:
        return
    request = find_request(tx, reply.request)
    events.note(tx, f"reply_{state}", at=ctx.now, request=request.id, reply=reply.id)
    keeping.keep_a_clock(tx, ctx, request)
    for recipient in announcing.recipients_of(tx, request):
        announcing.nudge(
            tx,
            ctx,
            request,
            kind=ItemKind.REPLY,
            subject=Subject.REPLY,
            ident=reply.id,
            revision=reply.revision,
            rung=state,
            recipient=recipient,
        )
    announcing.show_card(tx, ctx, request.id)
