"""Looking a reply through: a suggestion's draft, what a second pair of eyes says about it, what Send may not say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.people import Actor, Client
from bot.domain.promises import FARTHEST
from bot.domain.replies import Approval, PromiseKind, ReplyKind, says_something
from bot.domain.requests import Request
from bot.domain.snapshots.review import Review, mark_of
from bot.errors import FieldError
from bot.services.context import Context
from bot.services.drafting import draft_of, excerpt_of, unwritten_for
from bot.services.finding import find_client, find_live_request, find_request, way_of
from bot.services.hours.offering import outside_hours
from bot.services.people import check_member
from bot.services.requests.claiming import claim
from bot.store import Tx, messages, people, promises, replies
from bot.suggest.checks import ReplyFacts, check_reply
from bot.suggest.drafts import blank_of_ours

LONGEST_TEXT = 3000
"""What the review window's text field takes (Slack: plain_text_input max_length)."""


def open_review(ctx: Context, *, actor: Actor, request: int, suggestion: str) -> Review:
    """Return a suggestion as a reply to look through; an unowned request is claimed in the same transaction."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        found = find_live_request(tx, request)
        if found.owner is None:
            found = claim(tx, ctx, actor.user, request)
        client = find_client(tx, found)
        draft = draft_of(tx, ctx, found, client, suggestion, writer=actor.user)
        due = ctx.now + draft.due_in if draft.due_in is not None else None
        return review_of(
            tx,
            ctx,
            found,
            client,
            kind=draft.kind,
            text=draft.text,
            due=due,
            promise=draft.promise_kind,
            reader=actor.user,
        )


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
    reader: str,
    replaces: int | None = None,
) -> Review:
    """Return the review window's contents for a text, as this member reads it."""
    open_promises = promises.promises_of(tx, request.id, outcomes=("open",))
    outside = outside_hours(tx, ctx, request, due if promise is not None else None, reader=reader)
    remarks = checks_of(ctx, client, text, due=due, others=[p.due_at for p in open_promises if p.id != replaces])
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
        checks=(*([outside] if outside else []), *remarks),
        unwritten=unwritten_for(request, client, messages.opening_messages(tx, request.id)),
    )


def checks_of(
    ctx: Context, client: Client, text: str, *, due: datetime | None, others: Iterable[datetime]
) -> tuple[str, ...]:
    """Return what a second pair of eyes would say about a reply: vague times, blame, a time that is not the promise."""
    facts = ReplyFacts(now=ctx.now, tz=client.tz, due_at=due, open_dues=tuple(others), language=client.language)
    return check_reply(text, facts)


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
            find_client(tx, request),
            kind=approval.kind,
            text=approval.text,
            due=approval.due_at,
            promise=approval.promise_kind,
            reader=actor.user,
            replaces=approval.replaces,
        )
    if not review.checks or mark_of(review.checks) == seen:
        return None
    return replace(review, latest_reply=approval.latest_reply)


def check_approval(ctx: Context, approval: Approval) -> None:
    """Refuse a reply that nobody could keep or read, with a sentence at its field."""
    if not says_something(approval.text):
        raise FieldError("text", "Write a few words first: an empty reply helps nobody.")
    blank = blank_of_ours(approval.text)
    if blank:
        raise FieldError("text", f"There is a blank left to fill in: {blank}.")
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
