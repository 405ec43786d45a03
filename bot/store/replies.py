"""Replies: inserted frozen, then only their state changes, each time conditionally."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from bot.domain.replies import Reply, Way, WayKind
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.rows import to_reply
from bot.store.upsert import insert_ignoring


@dataclass(frozen=True, slots=True)
class Frozen:
    """What leaves: the approved bytes, their revision and the way that was chosen at approval."""

    data: bytes
    revision: int
    way: Way


def try_add_reply(tx: Tx, **facts: Any) -> int | None:
    """Insert an approved reply; None when its window had been approved before."""
    return insert_ignoring(tx, t.reply, facts, "window")


def reply(tx: Tx, ident: int, *, lock: bool = False) -> Reply | None:
    """Return a reply."""
    query = select(t.reply).where(t.reply.c.id == ident)
    row = tx.execute(query.with_for_update() if lock else query).first()
    return to_reply(row) if row else None


def reply_of_window(tx: Tx, window: str) -> Reply | None:
    """Return the reply that was approved in this window."""
    row = tx.execute(select(t.reply).where(t.reply.c.window == window)).first()
    return to_reply(row) if row else None


def frozen(tx: Tx, ident: int) -> Frozen:
    """Return the bytes that were approved, and where they go."""
    row = tx.execute(select(t.reply).where(t.reply.c.id == ident)).one()
    way = Way(kind=WayKind(row.way), target=row.way_target, label=row.way_label, thread=row.way_thread)
    return Frozen(data=bytes(row.frozen), revision=row.revision, way=way)


def freeze(tx: Tx, ident: int, data: bytes) -> None:
    """Store the bytes of a reply whose id is part of them; only inside the approving transaction."""
    tx.execute(update(t.reply).where(t.reply.c.id == ident).values(frozen=data))


def begun_at(tx: Tx, ident: int) -> datetime | None:
    """Return when a reply was last handed to its way out."""
    found: datetime | None = tx.execute(select(t.reply.c.begun_at).where(t.reply.c.id == ident)).scalar()
    return found


def try_move_reply(tx: Tx, ident: int, *, was: Sequence[str], **facts: Any) -> Reply | None:
    """Change a reply if its state is still one of `was`; None when somebody or something was faster."""
    row = tx.execute(
        update(t.reply).where(t.reply.c.id == ident, t.reply.c.state.in_(list(was))).values(**facts).returning(t.reply)
    ).first()
    return to_reply(row) if row else None


def latest_reply(tx: Tx, request: int) -> int:
    """Return the id of the newest reply that was approved for a request and not undone, 0 when there is none."""
    gone = ["undone", "dropped"]
    query = select(func.max(t.reply.c.id)).where(t.reply.c.request == request, t.reply.c.state.not_in(gone))
    return int(tx.execute(query).scalar() or 0)


def replies_of(tx: Tx, request: int, *, states: Sequence[str]) -> tuple[Reply, ...]:
    """Return the replies of a request in these states, oldest first."""
    where = (t.reply.c.request == request) & t.reply.c.state.in_(list(states))
    return tuple(to_reply(row) for row in tx.execute(select(t.reply).where(where).order_by(t.reply.c.id)))


def last_sent(tx: Tx, request: int) -> Reply | None:
    """Return the reply that was sent last."""
    where = (t.reply.c.request == request) & (t.reply.c.state == "sent")
    row = tx.execute(select(t.reply).where(where).order_by(t.reply.c.id.desc()).limit(1)).first()
    return to_reply(row) if row else None


def count(tx: Tx, *, states: Sequence[str]) -> int:
    """Count the replies in these states."""
    return int(tx.execute(select(func.count()).where(t.reply.c.state.in_(list(states)))).scalar_one())
