"""When the next thing happens to each open promise and target."""

from datetime import datetime

from sqlalchemy import and_, select

from bot.store import tables as t
from bot.store.engine import Tx


def next_moments(tx: Tx, owner: str | None = None, *, most: int = 2_000) -> dict[tuple[str, int], datetime]:
    """Return when the next nudge of every open promise and target is, of one owner's requests or of all.

    The soonest `most` of each; the key is "promise" or "target", and its id.
    """
    found: dict[tuple[str, int], datetime] = {}
    for kind, table in (("promise", t.promise), ("target", t.target)):
        where = and_(table.c.outcome == "open", table.c.next_at.is_not(None))
        query = select(table.c.id, table.c.next_at).where(where).order_by(table.c.next_at).limit(most)
        if owner is not None:
            query = query.join(t.request, t.request.c.id == table.c.request).where(t.request.c.owner == owner)
        found |= {(kind, row.id): row.next_at for row in tx.execute(query)}
    return found
