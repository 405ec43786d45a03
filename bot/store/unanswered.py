"""What a client wrote that no words of ours can have answered yet, because they came first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.domain.promises import ClientAnswer
from bot.domain.replies import ANSWERS
from bot.domain.requests import State
from bot.store import tables as t
from bot.store.engine import Tx

_BY_WORD = ("promise_kept", "answered_late")
"""Events by which somebody says that the client has what they were promised, however they got it.

Those of a reply say nothing more than the reply, which goes by when it was approved.
"""

_ASKS = (str(ClientAnswer.SOONER), str(ClientAnswer.CALL))


@dataclass(frozen=True, slots=True)
class Wrote:
    """Something a client wrote `at` an instant by the sender's clock; `known_at` is when it reached us by ours.

    `opening`: it made the request. `pressed`: it is no message but an answer that asks for something, without words.
    """

    at: datetime
    known_at: datetime
    text: str = ""
    opening: bool = False
    pressed: bool = False


def written_after(tx: Tx, request: int, *, approved: datetime | None, said: datetime | None) -> tuple[Wrote, ...]:
    """Return what a client wrote after our words, oldest first; None: there are none of that kind.

    Who approves a reply goes by what reached us until then (`approved`), who writes in the channel itself (`said`) by
    what stands there. What was deleted is not asked any more.
    """
    m, p = t.message.c, t.promise.c
    known_at = func.coalesce(t.inbound.c.received_at, m.at)
    theirs = (m.request == request) & (m.direction == "in") & m.deleted.is_(False)
    pressed = (p.request == request) & p.answer.in_(_ASKS)
    if approved is not None:
        theirs &= known_at > approved
        pressed &= p.answered_at > approved
    if said is not None:
        theirs &= m.at > said
        pressed &= p.answered_at > said
    joined = t.message.outerjoin(t.inbound, t.inbound.c.id == m.inbound)
    rows = tx.execute(select(m.at, known_at.label("known_at"), m.text, m.opening).select_from(joined).where(theirs))
    found = [Wrote(at=row.at, known_at=row.known_at, text=row.text, opening=row.opening) for row in rows]
    asked = tx.execute(select(p.answered_at).where(pressed))
    found += [Wrote(at=row.answered_at, known_at=row.answered_at, pressed=True) for row in asked]
    return tuple(sorted(found, key=lambda wrote: wrote.at))


def answered_until(tx: Tx, request: int, *, heard: bool = False) -> tuple[datetime | None, datetime | None]:
    """Return when our last words that answer were approved, and when the last ones were said in the channel itself.

    A reply that answers nothing yet (an acknowledgement, a delay update) leaves the question open. None: none yet.
    `heard`: any words of ours that left count, and so does that somebody called it done.
    """
    m, r, e = t.message.c, t.reply.c, t.event.c
    sent = (r.request == request) & (r.state == "sent")
    answers = sent if heard else sent & r.kind.in_([str(kind) for kind in ANSWERS])
    kinds = (*_BY_WORD, str(State.DONE)) if heard else _BY_WORD
    word = (e.request == request) & e.kind.in_(kinds) & e.reply.is_(None)
    approved = [
        tx.execute(select(func.max(r.approved_at)).where(answers)).scalar(),
        tx.execute(select(func.max(e.at)).where(word)).scalar(),
    ]
    said: datetime | None = tx.execute(select(func.max(m.at)).where(m.request == request, m.said_directly)).scalar()
    return max((at for at in approved if at is not None), default=None), said
