"""The outbox: what must leave, and what of it waits.

Writing services call `want_…`; delivering leases, begins and marks. A row is due while `wanted` is above `shown`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, select, update

from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.upsert import insert_ignoring
from bot.store.words import among

o = t.outbox.c


def is_waiting(outbox: Any) -> ColumnElement[bool]:
    """Return "this row waits or is being sent", in the words of the partial indexes; `outbox` are a table's columns."""
    return among(outbox.state, "pending", "leased")


@dataclass(frozen=True, slots=True)
class Row:
    """One outbox row as it was leased. `remote` is (channel, ts) of the message it became, None before that."""

    id: int
    key: str
    lane: str
    kind: str
    subject: int
    recipient: str
    payload: dict[str, Any]
    parent: int | None
    bundle: int | None
    wanted: int
    shown: int
    not_before: datetime
    useless_after: datetime | None
    created_at: datetime
    ambiguous: bool
    looks: int
    tries: int
    token: str | None
    lease_until: float
    remote: tuple[str, str] | None = field(default=None)


def to_row(row: Any) -> Row:
    """Build a row value."""
    return Row(
        id=row.id,
        key=row.key,
        lane=row.lane,
        kind=row.kind,
        subject=row.subject,
        recipient=row.recipient,
        payload=dict(row.payload),
        parent=row.parent,
        bundle=row.bundle,
        wanted=row.wanted,
        shown=row.shown,
        not_before=row.not_before,
        useless_after=row.useless_after,
        created_at=row.created_at,
        ambiguous=row.ambiguous,
        looks=row.looks,
        tries=row.tries,
        token=row.token,
        lease_until=row.lease_until,
        remote=(row.remote_channel, row.remote_ts) if row.remote_ts else None,
    )


def put(
    tx: Tx,
    *,
    key: str,
    kind: str,
    lane: str,
    subject: int,
    now: datetime,
    recipient: str = "",
    payload: dict[str, Any] | None = None,
    parent: int | None = None,
    not_before: datetime | None = None,
    useless_after: datetime | None = None,
    rank: int = 1,
    remote: tuple[str, str] | None = None,
) -> int | None:
    """Add a row unless one with this key exists: then nothing happens and None is returned. Safe to repeat.

    With `remote` the row changes a message that already stands there.
    """
    facts = {
        "key": key,
        "kind": kind,
        "lane": lane,
        "subject": subject,
        "recipient": recipient,
        "payload": payload or {},
        "parent": parent,
        "not_before": not_before or now,
        "useless_after": useless_after,
        "rank": rank,
        "state": "pending",
        "created_at": now,
        "remote_channel": remote[0] if remote else None,
        "remote_ts": remote[1] if remote else None,
    }
    return insert_ignoring(tx, t.outbox, facts, "key")


def want_again(tx: Tx, key: str) -> bool:
    """Ask for the row with this key to be shown anew; forty asks before the next send are one send."""
    return tx.execute(_WANT_KEY, {"wanted_key": key}).rowcount > 0


_WANT = (
    update(t.outbox)
    .where(among(o.state, "pending", "leased", "sent", "failed"))
    .values(wanted=o.wanted + 1, state=case((among(o.state, "sent", "failed"), "pending"), else_=o.state))
)
_WANT_KEY = _WANT.where(o.key == bindparam("wanted_key"))
"""Built once: building it costs more than running it, and every press runs it."""


def want_card(tx: Tx, request: int, now: datetime, *, rank: int = 0) -> None:
    """Ask for the card of a request to be posted, or refreshed if it stands already."""
    key = f"card:{request}"
    if not want_again(tx, key):
        put(tx, key=key, kind="card", lane=f"team:{request}", subject=request, now=now, rank=rank)


def want_cards(tx: Tx, requests: Sequence[int], now: datetime) -> None:
    """Do what `want_card` does for many requests, in the order of their ids."""
    if not requests:
        return
    ordered = sorted(requests)
    changed = tx.execute(_WANT_KEY, [{"wanted_key": f"card:{request}"} for request in ordered])
    if changed.rowcount != len(ordered):  # some have no card yet
        for request in ordered:
            put(tx, key=f"card:{request}", kind="card", lane=f"team:{request}", subject=request, now=now, rank=0)


def card_row(tx: Tx, request: int) -> int | None:
    """Return the outbox row of a request's card."""
    found = tx.execute(select(o.id).where(o.key == f"card:{request}")).scalar()
    return None if found is None else int(found)


def refresh_nudges(tx: Tx, subject: str, ident: int, *, rung: str = "") -> None:
    """Ask for nudges about something (only those of a `rung`) to be shown as it stands now, struck through when moot.

    Those on their way count too: they have a bundle from the moment on which they were rendered.
    """
    bundles = select(o.bundle).where(
        o.kind == "nudge",
        o.subject == ident,
        o.key.like(f"nudge:{subject}:{ident}:%:{rung}%" if rung else f"nudge:{subject}:{ident}:%"),
        o.bundle.is_not(None),
    )
    tx.execute(_WANT.where(o.id.in_(bundles)))


def try_cancel(tx: Tx, key: str) -> bool:
    """Take back a row that nobody has begun to send; tell whether that was still possible."""
    changed = tx.execute(
        update(t.outbox)
        .where(o.key == key, o.shown == 0, ~o.sending, o.state.in_(["pending", "leased"]))
        .values(state="cancelled", token=None)
    )
    return changed.rowcount > 0


def last_nudge(tx: Tx, subject: str, ident: int, rung: str, recipient: str) -> Row | None:
    """Return the newest nudge about something to one person whose rung begins so; None when there was none."""
    key = f"nudge:{subject}:{ident}:%:{rung}%:{recipient}"
    query = select(t.outbox).where(o.kind == "nudge", o.subject == ident, o.recipient == recipient, o.key.like(key))
    row = tx.execute(query.order_by(o.id.desc()).limit(1)).first()
    return to_row(row) if row else None


def is_still_to_begin(tx: Tx, ident: int) -> bool:
    """Tell whether a row waits and nobody has begun to send it, alone or in a bundle.

    It stays locked for this transaction: what it will say is what this transaction writes, or something newer.
    """
    begun = o.sending | (o.shown > 0) | o.bundle.is_not(None)
    query = select(o.id).where(o.id == ident, is_waiting(o), ~begun).with_for_update()
    return tx.execute(query).first() is not None


def waiting(tx: Tx) -> tuple[int, datetime | None]:
    """Return how many rows wait, and since when the oldest of them could have left."""
    row = tx.execute(select(func.count(), func.min(o.not_before)).where(is_waiting(o))).one()
    return int(row[0]), row[1]


def why_waiting(tx: Tx, now: datetime) -> tuple[str, ...]:
    """Return why messages whose time has come did not leave yet: our sentences, each once."""
    query = select(o.error).where(is_waiting(o), o.not_before <= now, o.error.is_not(None)).distinct().order_by(o.error)
    return tuple(str(error) for error in tx.execute(query.limit(5)).scalars())


def next_not_before(tx: Tx, after: datetime) -> datetime | None:
    """Return when the next row that waits for its time becomes due."""
    found: datetime | None = tx.execute(
        select(func.min(o.not_before)).where(is_waiting(o), o.state == "pending", o.not_before > after)
    ).scalar()
    return found
