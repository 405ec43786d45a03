"""Nudges to one person that share one message: a leader, which is leased and sent, and those that go with it."""

from datetime import datetime

from sqlalchemy import select, update

from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.outbox import Row, o, to_row


def gather(tx: Tx, leader: Row, *, now: datetime, most: int) -> tuple[Row, ...]:
    """Let other due nudges to the same recipient share the leader's message; return all of them, leader first.

    One that may have left already never does: it is looked for, by itself, before it leaves.
    """
    if leader.bundle is None:
        others = (
            select(o.id)
            .where(
                o.lane == leader.lane,
                o.kind == "nudge",
                o.state == "pending",
                o.shown == 0,
                o.bundle.is_(None),
                ~o.ambiguous,
                o.not_before <= now,
                o.id != leader.id,
            )
            .order_by(o.id)
            .limit(most - 1)
            .with_for_update(skip_locked=True)
        )
        idents = [leader.id, *(int(row.id) for row in tx.execute(others))]
        tx.execute(update(t.outbox).where(o.id.in_(idents)).values(bundle=leader.id))
        tx.execute(
            update(t.outbox)
            .where(o.id.in_(idents[1:]))
            .values(state="leased", token=leader.token, boot=None, lease_until=leader.lease_until)
        )
    return _rows(tx, leader.bundle or leader.id)


def sharing(tx: Tx, leader: Row) -> tuple[Row, ...]:
    """Return the rows whose message is the leader's, itself too, oldest first."""
    return _rows(tx, leader.id) or (leader,)


def leave(tx: Tx, ident: int, *, state: str) -> None:
    """Take one row out of its bundle and end it."""
    tx.execute(update(t.outbox).where(o.id == ident).values(bundle=None, state=state, token=None, sending=False))


def let_go_alone(tx: Tx, ident: int) -> Row | None:
    """Let a row whose leader is gone leave by itself, and return it. It may have left: it is looked for first."""
    alone = {"bundle": None, "state": "pending", "token": None, "sending": False, "ambiguous": True, "retry_at": 0.0}
    row = tx.execute(update(t.outbox).where(o.id == ident).values(**alone).returning(t.outbox)).first()
    return to_row(row) if row else None


def lock(tx: Tx, ident: int) -> None:
    """Hold one row for this transaction."""
    tx.execute(select(o.id).where(o.id == ident).with_for_update())


def release(tx: Tx, leader: int) -> None:
    """Let the rows of a bundle that was never sent wait for a new leader."""
    where = (o.bundle == leader) & (o.state == "leased")
    tx.execute(update(t.outbox).where(where).values(bundle=None, state="pending", token=None))


def dissolve(tx: Tx, leader: int) -> tuple[Row, ...]:
    """End every row of a bundle that its recipient can never get, and return them."""
    rows = _rows(tx, leader)
    tx.execute(update(t.outbox).where(o.bundle == leader).values(state="failed", token=None, sending=False))
    return rows


def _rows(tx: Tx, bundle: int) -> tuple[Row, ...]:
    """Return the rows that share one message, oldest first."""
    return tuple(to_row(row) for row in tx.execute(select(t.outbox).where(o.bundle == bundle).order_by(o.id)))
