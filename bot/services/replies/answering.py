"""What clients answer to a time they were told: recorded, told to the owner, and shown where they pressed."""

from typing import Any

from bot.domain.ladder.nudges import BUNDLE_WINDOW, Subject
from bot.domain.pauses import NO_PAUSE
from bot.domain.people import Actor
from bot.domain.promises import ClientAnswer, Promise
from bot.domain.requests import CLOSED, OURS, Request, State
from bot.domain.snapshots.client import ClientAnswered
from bot.domain.snapshots.nudge import ItemKind
from bot.errors import NotYourRequestError
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_promise
from bot.services.installation import our_team
from bot.services.nudges import keeping
from bot.store import Tx, channels, events, outbox, people, places, promises, replies, requests


def answer_as_client(ctx: Context, *, actor: Actor, promise: int, answer: ClientAnswer, channel: str) -> ClientAnswered:
    """Record what the client says to a time, and tell the owner. The last word counts; the same again does nothing.

    Only a contact of that very client may answer, or somebody of another organisation in the client's own channel.
    """
    with ctx.store.writing() as tx:
        found, request = find_promise(tx, promise)
        _check_contact(tx, actor, request, channel)
        if found.answer is answer:
            return ClientAnswered(answer, shown=False)
        changed = promises.change_promise(tx, promise, answer=str(answer), answered_at=ctx.now)
        events.note(
            tx, "client_answered", at=ctx.now, request=request.id, actor=actor.user, promise=promise, detail=str(answer)
        )
        count = events.count(tx, "client_answered", promise=promise)
        for recipient in announcing.recipients_of(tx, request):
            _tell(tx, ctx, request, changed, recipient=recipient, count=count)
        announcing.note_in_thread(
            tx, ctx, request.id, f"answer:{promise}:{count}", kind="client_answer", promise=promise, answer=str(answer)
        )
        if answer is not ClientAnswer.WORKS:
            _take_up_again(tx, ctx, request)
        shown = _show_answer_to_client(tx, ctx, changed)
        announcing.show_card(tx, ctx, request.id)
        return ClientAnswered(answer, shown=shown)


def _tell(tx: Tx, ctx: Context, request: Request, promise: Promise, *, recipient: str, count: int) -> None:
    """Tell one person what the client says, at most once a minute however often the client changes their mind.

    A nudge says what holds when it leaves: one that still waits needs no second one behind it.
    """
    rung = "answer"
    earlier = outbox.last_nudge(tx, Subject.PROMISE, promise.id, rung, recipient)
    if earlier is not None and outbox.is_still_to_begin(tx, earlier.id):
        return
    announcing.nudge(
        tx,
        ctx,
        request,
        kind=ItemKind.CLIENT_ANSWER,
        subject=Subject.PROMISE,
        ident=promise.id,
        revision=promise.revision,
        rung=f"{rung}{count}",
        recipient=recipient,
        not_before=max(ctx.now, earlier.not_before + BUNDLE_WINDOW) if earlier else None,
    )


def _take_up_again(tx: Tx, ctx: Context, request: Request) -> None:
    """A client who needs it sooner or wants a call waits for us, whatever state the request rested in."""
    facts: dict[str, Any] = {"waiting_since": request.waiting_since or ctx.now}
    if request.state not in OURS:
        back = State.OPEN if request.owner else State.NEW
        facts |= {"state": str(back), "closed_at": None, **NO_PAUSE}
        events.note(tx, "reopened" if request.state in CLOSED else "resumed", at=ctx.now, request=request.id)
        keeping.show_slips(tx, request.id)
        keeping.show_stays_open(tx, request.id)
    keeping.keep_a_clock(tx, ctx, requests.change_request(tx, request.id, **facts), since=ctx.now)


def _check_contact(tx: Tx, actor: Actor, request: Request, channel: str) -> None:
    member = people.member(tx, actor.user)
    if member is not None and member.active:
        raise NotYourRequestError("These buttons are the client's. Use the card in the team channel.")
    link = channels.channel(tx, channel)
    ours = our_team(tx)
    outside = ours is not None and actor.team not in {None, ours}
    if outside and link is not None and link.client == request.client:
        return
    if not people.is_contact(tx, request.client, actor.user):
        raise NotYourRequestError


def _show_answer_to_client(tx: Tx, ctx: Context, promise: Promise) -> bool:
    """Ask for the delay update in the client's channel to show what they answered; False when it stands nowhere."""
    if promise.reply is None:
        return False
    reply = replies.reply(tx, promise.reply)
    at = places.of_reply(tx, promise.reply)
    if reply is None or at is None:
        return False
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
    return True
