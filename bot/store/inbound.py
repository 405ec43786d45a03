"""What arrived, raw: stored before it is acknowledged to whoever sent it, marked when it was understood."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from bot.domain.incoming import Attachment, IncomingMessage, Source
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.upsert import insert_ignoring


@dataclass(frozen=True, slots=True)
class Inbound:
    """One raw arrival. `state` is received, handled or quarantined."""

    id: int
    source: str
    identity: str
    fingerprint: str
    state: str
    request: int | None
    error: str | None = None


def try_store(
    tx: Tx, *, source: str, identity: str, fingerprint: str, raw: bytes, message: dict[str, Any], now: datetime
) -> int | None:
    """Store a raw arrival; None when one with the same identity is there already."""
    facts = {
        "source": source,
        "identity": identity,
        "fingerprint": fingerprint,
        "raw": raw,
        "message": message,
        "state": "received",
        "received_at": now,
    }
    return insert_ignoring(tx, t.inbound, facts, "source", "identity")


def arrival(tx: Tx, source: str, identity: str) -> Inbound | None:
    """Return the arrival with this identity."""
    where = (t.inbound.c.source == source) & (t.inbound.c.identity == identity)
    row = tx.execute(select(t.inbound).where(where).with_for_update()).first()
    return _to_inbound(row) if row else None


def mark(tx: Tx, ident: int, state: str, *, request: int | None = None, error: str | None = None) -> None:
    """Say what became of an arrival."""
    tx.execute(update(t.inbound).where(t.inbound.c.id == ident).values(state=state, request=request, error=error))


def unhandled(tx: Tx, *, most: int = 100) -> tuple[tuple[int, IncomingMessage], ...]:
    """Return arrivals that were stored but not understood yet (a crash came between), oldest first."""
    rows = tx.execute(
        select(t.inbound.c.id, t.inbound.c.message)
        .where(t.inbound.c.state == "received")
        .order_by(t.inbound.c.id)
        .limit(most)
    )
    return tuple((int(row.id), from_json(row.message)) for row in rows)


def quarantined(tx: Tx) -> int:
    """Count arrivals that could not be read."""
    return int(tx.execute(select(func.count()).where(t.inbound.c.state == "quarantined")).scalar_one())


def to_json(message: IncomingMessage) -> dict[str, Any]:
    """Return an incoming message as plain JSON values."""
    facts = asdict(message)
    facts["source"] = str(message.source)
    facts["at"] = message.at.isoformat()
    facts["attachments"] = [asdict(attachment) for attachment in message.attachments]
    return facts


def from_json(facts: dict[str, Any]) -> IncomingMessage:
    """Rebuild an incoming message from its JSON values."""
    return IncomingMessage(
        **{
            **facts,
            "source": Source(facts["source"]),
            "at": datetime.fromisoformat(facts["at"]),
            "attachments": tuple(Attachment(**attachment) for attachment in facts["attachments"]),
        }
    )


def _to_inbound(row: Any) -> Inbound:
    return Inbound(
        id=row.id,
        source=row.source,
        identity=row.identity,
        fingerprint=row.fingerprint,
        state=row.state,
        request=row.request,
        error=row.error,
    )
