"""The window after Send: the instant at which the words leave and the way back until then; afterwards what became."""

from datetime import datetime
from typing import Final

from bot.blocks import phrases
from bot.blocks.ids import Window, encode
from bot.blocks.pieces import Block, View, context, modal
from bot.blocks.reply_rows import reply_buttons
from bot.blocks.words import (
    Element,
    is_blank,
    line,
    mrkdwn,
    one_line,
    paragraph,
    plain,
    quote,
    rich_text,
    said,
    when,
)
from bot.domain.promises import Outcome
from bot.domain.replies import ON_ITS_WAY, Reply, ReplyState, WayKind
from bot.domain.snapshots.review import Approved

_TIME: Final = "{time}"
_TO_THE_SECOND: Final = "{time_secs}"


def build_sending(approved: Approved, *, late: bool = False, note: str = "") -> View:
    """Return the answer to Send, as the reply stands: what happens now, and the way back while there is one.

    `late`: it should have left by now and has not. `note` says what a press in this window came to.
    """
    reply = approved.reply
    blocks = [
        rich_text(line(*_what(approved, late=late))),
        *([context(plain(note))] if note else []),
        *_then(approved, late=late),
        *_error(reply),
        rich_text(quote(said(paragraph(reply.text, 1_500, lines=30)[0]))),
        *reply_buttons(reply),
    ]
    return modal(
        Window.SENDING,
        f"Reply to {phrases.number(approved.request)}",
        blocks,
        metadata=encode(reply=reply.id, request=approved.request.id),
    )


def _what(approved: Approved, *, late: bool) -> list[Element]:
    """Say what becomes of the words in one line that stands out."""
    reply, name = approved.reply, phrases.client_name(approved.client)
    if reply.way is WayKind.BY_HAND:
        return [said(f"Now give {name} these words yourself. They are noted as told.", bold=True)]
    if reply.state is ReplyState.SENT and reply.sent_at is not None:
        return [said(f"Sent to {name}", bold=True), said(" at "), _at(reply.sent_at, _TIME), said(".")]
    if late and reply.state in ON_ITS_WAY:
        return [said(f"Waiting to leave for {name}", bold=True)]
    if reply.state is ReplyState.HELD and reply.hold_until > reply.approved_at:
        leaves = _at(reply.hold_until, _TO_THE_SECOND)
        return [said(f"Sending to {name}", bold=True), said(" · leaves at "), leaves]
    return [said(_WHAT[reply.state].format(name=name), bold=True)]


_WHAT: Final = {
    ReplyState.HELD: "Sending to {name} now",
    ReplyState.SENDING: "Sending to {name} now",
    ReplyState.SENT: "Sent to {name}.",
    ReplyState.FAILED: "It did not reach {name}. They do not know yet.",
    ReplyState.UNCERTAIN: "We cannot tell whether it reached {name}. Please look there, and say what you found.",
    ReplyState.UNDONE: "Undone: nobody outside has seen it.",
    ReplyState.DROPPED: "Dropped: a time in it counts as never told.",
}


def _at(instant: datetime, form: str) -> Element:
    fallback = f"{instant:%H:%M:%S} UTC" if form == _TO_THE_SECOND else f"{instant:%H:%M} UTC"
    return {"type": "date", "timestamp": int(instant.timestamp()), "format": form, "fallback": fallback}


def _then(approved: Approved, *, late: bool) -> list[Block]:
    """Say what follows: until when it can be undone, and the promise that it makes or made."""
    reply, said_now = approved.reply, []
    if late and reply.state in ON_ITS_WAY:
        said_now.append("It has not left yet. Headsup keeps trying; the card says when it is through.")
    elif reply.state is ReplyState.HELD and reply.hold_until > reply.approved_at:
        said_now.append("Until then nobody outside has seen it, and Undo takes it back.")
    promise = approved.promise
    if promise is not None and promise.outcome is Outcome.PENDING and reply.state in ON_ITS_WAY:
        told = f"they {phrases.told(promise.kind)} {when(promise.due_at, 'by ')}"
        said_now.append(f"Once sent, it is a promise: {told}.")
    elif promise is not None and promise.outcome is Outcome.OPEN:
        said_now.append(f"They {phrases.told(promise.kind)} {when(promise.due_at, 'by ')}.")
    return [context(mrkdwn(sentence)) for sentence in said_now]


def _error(reply: Reply) -> list[Block]:
    return [] if is_blank(reply.error or "") else [context(plain(one_line(reply.error or "", 400)))]
