"""Since when a client waits: what they wrote that no words of ours have answered yet."""

from datetime import datetime

from sqlalchemy import func, select

from bot.domain.replies import ANSWERS
from bot.store import tables as t
from bot.store.engine import Tx

_BY_WORD = ("promise_kept", "answered_late")
"""Events by which somebody says that the client has what they were promised, however they got it."""


def oldest_unanswered(tx: Tx, request: int, *, until: datetime) -> datetime | None:
    """Return when the oldest message of a client that nobody has answered was written, `until` an instant.

    A reply that answers nothing yet (an acknowledgement, a delay update) leaves the question open. None: all that they
    wrote until then is answered.
    """
    m, r, e = t.message.c, t.reply.c, t.event.c
    answers = r.kind.in_([str(kind) for kind in ANSWERS]) & (r.state == "sent")
    told = [
        tx.execute(select(func.max(r.sent_at)).where(r.request == request, answers)).scalar(),
        tx.execute(select(func.max(m.at)).where(m.request == request, m.said_directly)).scalar(),
        tx.execute(select(func.max(e.at)).where(e.request == request, e.kind.in_(_BY_WORD))).scalar(),
    ]
    theirs = (m.request == request) & (m.direction == "in") & m.deleted.is_(False) & (m.at <= until)
    for at in told:
        if at is not None:
            theirs &= m.at > at
    found: datetime | None = tx.execute(select(func.min(m.at)).where(theirs)).scalar()
    return found
