"""What people did to a request before, from the events: who had it since when, what was put off, what was just done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.meanwhile import OWNED

e = t.event.c


@dataclass(frozen=True, slots=True)
class Done:
    """One event: who did it (None: nobody), when, and what it was about."""

    id: int
    kind: str
    at: datetime
    actor: str | None
    detail: str

    @property
    def owner(self) -> str | None:
        """Whose a request was after it changed hands, None for nobody's."""
        return {"claimed": self.actor, "handed_over": self.detail}.get(self.kind)


def changed_hands(tx: Tx, request: int) -> Done | None:
    """Return the newest event by which a request changed hands."""
    return _newest(tx, request, *OWNED)


def last_done(tx: Tx, kind: str, *, request: int, actor: str | None = None, promise: int | None = None) -> Done | None:
    """Return the newest event of a kind about a request, by one person or about one promise where that is given."""
    return _newest(tx, request, kind, actor=actor, promise=promise)


def _newest(tx: Tx, request: int, *kinds: str, actor: str | None = None, promise: int | None = None) -> Done | None:
    query = select(t.event).where(e.request == request, e.kind.in_(kinds))
    if actor is not None:
        query = query.where(e.actor == actor)
    if promise is not None:
        query = query.where(e.promise == promise)
    row = tx.execute(query.order_by(e.id.desc()).limit(1)).first()
    return Done(row.id, row.kind, row.at, row.actor, str(row.data.get("detail", ""))) if row else None


def times_put_off(tx: Tx, request: int, promise: int, *, before: datetime | None = None) -> int:
    """Count how often a promise of a request was put off, before an instant or until now."""
    query = select(func.count()).where(e.request == request, e.promise == promise, e.kind == "snoozed")
    return int(tx.execute(query if before is None else query.where(e.at < before)).scalar_one())
