"""Replies: a suggestion opens the review window, Send answers with "Sending … · Undo", a person decides the rest.

What is pressed in the window after Send changes that window: it says how the reply stands, and nothing is stacked.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.blocks.ids import SUGGESTIONS, Action, Field, Window
from bot.blocks.notice import build_notice
from bot.blocks.pieces import View
from bot.blocks.windows.review import NOTHING, build_review
from bot.blocks.windows.sending import build_sending
from bot.domain.replies import Approval, PromiseKind, Reply, ReplyKind, ReplyState
from bot.domain.snapshots.review import Approved, Review
from bot.errors import TooLateError
from bot.services.context import Do
from bot.services.replies import deciding, replying, reviewing
from handlers.ports import Screens
from handlers.pressing import Presses
from handlers.reading import OldButtonError, Press, Surface
from handlers.telling import say, show_window
from handlers.watching import Watch


async def suggestion_pressed(press: Press, *, do: Do) -> Review:
    """Draft the reply that the button names; an unowned request is claimed with it."""
    return await do(
        reviewing.open_review,
        actor=press.actor,
        request=press.number("request"),
        suggestion=press.fact("suggestion"),
    )


async def suggestion_then(press: Press, review: Review, *, screens: Screens) -> None:
    """Open the review window."""
    await show_window(press, build_review(review), screens=screens)


@dataclass(frozen=True, slots=True)
class Again:
    """The words once more, with what was found about them; `after` is the reply that was undone to come here."""

    review: Review
    after: int


async def review_submitted(press: Press, *, do: Do) -> Approved | Again:
    """Approve exactly these words; the same window approves once, however often Send is pressed.

    When there is something to say about them that the window has not shown, it is shown first; Send again sends.
    """
    approval = Approval(
        window=f"{press.view_id}:{press.fact('after')}",
        request=press.number("request"),
        kind=_kind(press),
        text=press.words(Field.TEXT),
        promise_kind=_promise_kind(press),
        due_at=press.instant(Field.DUE_AT),
        replaces=_replaces(press),
        latest_reply=press.number("latest"),
    )
    seen = press.facts.get("seen", "")
    review = await do(reviewing.look_through, actor=press.actor, approval=approval, seen=seen)
    if review is not None:
        return Again(review, press.number("after"))
    return await do(replying.approve_reply, actor=press.actor, approval=approval)


def answer_to_send(answer: Approved | Again) -> View:
    """Return the next window: the words once more with what was found, or that they are being sent."""
    return build_review(answer.review, after=answer.after) if isinstance(answer, Again) else build_sending(answer)


async def send_then(press: Press, answer: Approved | Again, *, watch: Watch) -> None:
    """Keep the window true until the words have left, or need a person."""
    if isinstance(answer, Approved):
        await watch.follow(press.view_id, answer)


def _kind(press: Press) -> ReplyKind:
    try:
        return ReplyKind(press.fact("kind"))
    except ValueError as error:
        raise OldButtonError from error


def _promise_kind(press: Press) -> PromiseKind | None:
    chosen = press.words(Field.PROMISE_KIND)
    return None if chosen in {"", NOTHING} else PromiseKind(chosen)


def _replaces(press: Press) -> int | None:
    chosen = press.words(Field.REPLACES)
    return int(chosen) if chosen.isdigit() else None


@dataclass(frozen=True, slots=True)
class TooLate:
    """Undo came too late in the window after Send: how the reply stands by now, and the sentence about the press."""

    stands: Approved
    sentence: str


async def undo_pressed(press: Press, *, do: Do, read: Do) -> Review | TooLate:
    """Take a reply back that is held, or that did not get through."""
    reply = press.number("reply")
    try:
        return await do(deciding.undo_reply, actor=press.actor, reply=reply)
    except TooLateError as refusal:
        if press.window != Window.SENDING:
            raise
        return TooLate(await read(replying.how_it_stands, reply=reply), refusal.sentence)


async def undo_then(press: Press, undone: Review | TooLate, *, screens: Screens, watch: Watch) -> None:
    """Show the undone words again, to be changed or left; in the same window when Undo was pressed there."""
    if isinstance(undone, TooLate):
        await watch.show(press.view_id, undone.stands, note=undone.sentence)
        return
    view = build_review(undone, after=press.number("reply"))
    if press.surface is Surface.WINDOW:
        async with watch.turn(press.view_id):
            await screens.update(press.view_id, view)
    else:
        await show_window(press, view, screens=screens)


async def reply_pressed(press: Press, *, verb: Any, do: Do) -> Reply:
    """Do with a failed or uncertain reply what a person decided: send again, drop, or believe that it arrived."""
    reply: Reply = await do(verb, actor=press.actor, reply=press.number("reply"))
    return reply


_DECIDED = {
    ReplyState.HELD: "It is being sent again.",
    ReplyState.SENDING: "It is being sent.",
    ReplyState.SENT: "Good: it counts as sent, and a time in it is a promise.",
    ReplyState.DROPPED: "Dropped. A time in it counts as never told.",
}


async def reply_then(press: Press, reply: Reply, *, read: Do, screens: Screens, watch: Watch) -> None:
    """Say what follows from the decision; the window after Send shows it itself."""
    if press.window == Window.SENDING:
        await watch.show(press.view_id, await read(replying.how_it_stands, reply=reply.id))
    elif reply.state in _DECIDED:
        await say(press, build_notice(_DECIDED[reply.state]), screens=screens)


def register(presses: Presses, *, do: Do, read: Do, screens: Screens, watch: Watch) -> None:
    """Listen for suggestions, Send, Undo, and what is decided about a reply that did not get through."""
    for action in SUGGESTIONS:
        presses.on_action(action, partial(suggestion_pressed, do=do), partial(suggestion_then, screens=screens))
    presses.on_submission(
        Window.REVIEW, partial(review_submitted, do=do), answer=answer_to_send, then=partial(send_then, watch=watch)
    )
    for back in (Action.UNDO, Action.EDIT):
        presses.on_action(
            back, partial(undo_pressed, do=do, read=read), partial(undo_then, screens=screens, watch=watch)
        )
    decisions = {
        Action.RETRY: deciding.retry_reply,
        Action.ARRIVED: deciding.mark_arrived,
        Action.DROP: deciding.drop_reply,
    }
    then = partial(reply_then, read=read, screens=screens, watch=watch)
    for action, verb in decisions.items():
        presses.on_action(action, partial(reply_pressed, verb=verb, do=do), then)
