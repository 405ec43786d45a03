"""Open promises that somebody has in hand."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from bot.store import tables as t
from bot.store.engine import Tx

p = t.promise.c


class InHand(NamedTuple):
    """A promise by its id, who owns its request, and who has it in hand; None: not known."""

    promise: int
    owner: str | None
    by: str | None


def in_hand(tx: Tx, *, after: datetime) -> tuple[InHand, ...]:
    """Return the open promises that somebody has in hand and that are due after an instant, in order."""
    query = (
        select(p.id, t.request.c.owner, p.acked_by)
        .join(t.request, t.request.c.id == p.request)
        .where(p.outcome == "open", p.acked_at.is_not(None), p.due_at > after)
        .order_by(p.id)
    )
    return tuple(InHand(*row) for row in tx.execute(query))
