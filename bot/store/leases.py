"""Leases on outbox rows: who sends which one, and until when. They follow elapsed time, never the adjustable clock."""

import math
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, and_, bindparam, case, exists, func, or_, select, update

from bot.store import pace
from bot.store import tables as t
from bot.store.engine import Store, Tx
from bot.store.outbox import Row, is_waiting, o, to_row

LEASE_SECONDS = 60.0
"""Longer than any send: ten seconds of network, five of margin, and the wait for a pacing slot."""


CROWD = 5
"""So many times more rows than wanted are looked at: those of one crowded channel must not hide all others."""


_METHOD = case((o.remote_ts.is_(None), "chat.postMessage"), else_="chat.update")
_PACE_KEY = case(
    ((o.kind == "reply") & (o.recipient == ""), None),
    else_=_METHOD + ":" + func.coalesce(func.nullif(func.nullif(o.recipient, ""), "channel"), "team"),
)
"""The pacing lane of a row, as delivering reserves it; a webhook has none."""

_EARLIER, _PARENT = t.outbox.alias("earlier"), t.outbox.alias("parent")
_HOLDS_UP = or_(_EARLIER.c.kind != "nudge", _EARLIER.c.not_before <= bindparam("now"))
"""A nudge that waits for its reader's next morning is not before what they are to hear today."""

_IN_THE_WAY = exists().where(_EARLIER.c.lane == o.lane, _EARLIER.c.id < o.id, is_waiting(_EARLIER.c), _HOLDS_UP)
_PARENT_STANDS = exists().where(_PARENT.c.id == o.parent, _PARENT.c.remote_ts.is_not(None))
_DUE = (
    select(o.id, _PACE_KEY.label("pace_key"))
    .outerjoin(t.pace, t.pace.c.key == _PACE_KEY)
    .where(
        is_waiting(o),
        or_(t.pace.c.free_at.is_(None), t.pace.c.free_at <= bindparam("slots_until")),
        o.state == "pending",
        o.not_before <= bindparam("now"),
        o.retry_at <= bindparam("elapsed"),
        or_(o.bundle.is_(None), o.bundle == o.id),
        ~_IN_THE_WAY,
        or_(o.parent.is_(None), _PARENT_STANDS),
    )
    .order_by(o.rank, o.not_before, o.id)
    .limit(bindparam("rows", type_=Integer))
    .with_for_update(skip_locked=True, of=t.outbox)
)
"""Built once: building it costs more than a poll that finds nothing."""


def lease(tx: Tx, store: Store, *, now: datetime, token: str, most: int, ahead: float = math.inf) -> tuple[Row, ...]:
    """Take up to `most` due rows for this worker: in order within each lane, pressed-for ones first.

    A row waits for earlier rows of its lane, for its parent's place, and for its own time. Two workers never get
    the same row. With `ahead`, one row of each channel at most is taken, and none when the channel's next slot
    (`reserve`) is more than so many seconds away: hundreds of rows that wait for one channel cost as little as one.
    """
    elapsed = store.elapsed(tx)
    asked = {"now": now, "elapsed": elapsed, "slots_until": elapsed + ahead, "rows": most * CROWD}
    idents: list[int] = []
    taken: set[str] = set()
    for row in tx.execute(_DUE, asked):
        if ahead < math.inf and row.pace_key is not None:
            if row.pace_key in taken:
                continue
            taken.add(row.pace_key)
        idents.append(int(row.id))
    del idents[most:]
    if not idents:
        return ()
    rows = tx.execute(
        update(t.outbox)
        .where(o.id.in_(idents), o.state == "pending")
        .values(state="leased", token=token, boot=store.boot, lease_until=elapsed + LEASE_SECONDS, sending=False)
        .returning(t.outbox)
    ).all()
    return tuple(sorted((to_row(row) for row in rows), key=lambda row: idents.index(row.id)))


def held_by(tx: Tx, ident: int, token: str) -> Row | None:
    """Return a leased row if `token` still holds it; the row stays locked for this transaction."""
    where = (o.id == ident) & (o.token == token) & (o.state == "leased")
    row = tx.execute(select(t.outbox).where(where).with_for_update()).first()
    return to_row(row) if row else None


def set_sending(tx: Tx, ident: int) -> None:
    """Say durably that the call is about to be made: from here on a crash leaves us unsure, with all looks to come."""
    tx.execute(update(t.outbox).where(o.id == ident).values(sending=True, looks=0))


def mark_sent(tx: Tx, ident: int, token: str, *, shown: int, remote: tuple[str, str] | None, now: datetime) -> bool:
    """Record that version `shown` stands; due again if more was wanted meanwhile. False when the lease was lost."""
    values: dict[str, Any] = {
        "shown": shown,
        "sending": False,
        "ambiguous": False,
        "looks": 0,
        "tries": 0,
        "token": None,
        "retry_at": 0.0,
        "sent_at": now,
        "error": None,
    }
    if remote:
        values |= {"remote_channel": remote[0], "remote_ts": remote[1]}
    held = (o.id == ident) & (o.token == token) & (o.state == "leased")
    if not tx.execute(update(t.outbox).where(held).values(**values, state="pending")).rowcount:
        return False
    tx.execute(update(t.outbox).where(o.id == ident, o.wanted <= shown).values(state="sent"))
    tx.execute(
        update(t.outbox)
        .where(o.bundle == ident, o.id != ident, o.state == "leased")
        .values(**values, state="sent", wanted=1)
    )
    return True


def finish(tx: Tx, ident: int, state: str, *, error: str | None = None) -> None:
    """End a row without (another) send: cancelled, superseded, failed or uncertain."""
    tx.execute(update(t.outbox).where(o.id == ident).values(state=state, token=None, sending=False, error=error))
    followers = (o.bundle == ident) & (o.id != ident) & (o.state == "leased")
    tx.execute(update(t.outbox).where(followers).values(bundle=None, state="pending", token=None, sending=False))


def give_back(
    tx: Tx, ident: int, token: str, *, retry_at: float, ambiguous: bool | None = None, tried: bool, error: str = ""
) -> None:
    """Return a row to the queue until `retry_at` (elapsed); `tried` counts against it."""
    values: dict[str, Any] = {"state": "pending", "token": None, "retry_at": retry_at, "sending": False}
    if ambiguous is not None:
        values["ambiguous"] = ambiguous
    if ambiguous:
        values["looks"] = o.looks + 1
    if tried:
        values["tries"] = o.tries + 1
    if error:
        values["error"] = error
    tx.execute(update(t.outbox).where(o.id == ident, o.token == token).values(**values))


def sweep(tx: Tx, store: Store, *, in_flight: Collection[int] = ()) -> int:
    """Return rows of dead workers to the queue; those that may have begun to send come back as ambiguous.

    On SQLite a row of another boot is dead at once; else when its lease ran out. Rows in `in_flight` are alive.
    """
    elapsed = store.elapsed(tx)
    dead = or_(o.lease_until <= elapsed, and_(o.boot.is_not(None), o.boot != store.boot))
    leads = or_(o.bundle.is_(None), o.bundle == o.id)
    changed = tx.execute(
        update(t.outbox)
        .where(is_waiting(o), o.state == "leased", dead, leads, o.id.not_in(list(in_flight)))
        .values(state="pending", token=None, ambiguous=or_(o.ambiguous, o.sending), sending=False, retry_at=0.0)
    )
    return changed.rowcount


def begin_boot(tx: Tx, store: Store, *, now: datetime) -> None:
    """Forget what an earlier boot measured in its own elapsed seconds (SQLite only; a server's go on)."""
    if store.is_sqlite:
        pace.begin_boot(tx, store, now=now)
        tx.execute(update(t.outbox).where(o.retry_at > 0).values(retry_at=0.0))


def post_anew(tx: Tx, ident: int) -> None:
    """Let a message whose place is gone (somebody deleted it) be posted again."""
    tx.execute(
        update(t.outbox)
        .where(o.id == ident)
        .values(state="pending", token=None, sending=False, shown=0, remote_channel=None, remote_ts=None)
    )
