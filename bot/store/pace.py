"""How fast the ways out may go: slots of a lane, and waits that hold for everybody. In elapsed seconds."""

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.store import tables as t
from bot.store.engine import Store, Tx
from bot.store.upsert import insert_ignoring


def reserve(tx: Tx, store: Store, key: str, *, every: float, ahead: float) -> float | None:
    """Reserve the next slot of a pacing lane: return how many seconds to wait for it, None if none is near.

    Slots of one key are `every` seconds apart however many workers reserve; `ahead` bounds the wait.
    """
    elapsed = store.elapsed(tx)
    insert_ignoring(tx, t.pace, {"key": key, "free_at": 0.0}, "key")
    free = tx.execute(select(t.pace.c.free_at).where(t.pace.c.key == key).with_for_update()).scalar_one()
    slot = max(float(free), elapsed)
    if slot > elapsed + ahead:
        return None
    tx.execute(update(t.pace).where(t.pace.c.key == key).values(free_at=slot + every))
    return slot - elapsed


def block(tx: Tx, store: Store, key: str, seconds: float, *, now: datetime) -> None:
    """Keep everyone away from a pacing lane for this long (429), also whoever begins meanwhile."""
    until = store.elapsed(tx) + seconds
    insert_ignoring(tx, t.pace, {"key": key, "free_at": 0.0}, "key")
    longer = update(t.pace).where(t.pace.c.key == key, t.pace.c.free_at < until)
    tx.execute(longer.values(free_at=until, asked=seconds, asked_at=now))


def blocked_for(tx: Tx, store: Store, key: str) -> float:
    """Return for how many more seconds a lane is blocked."""
    free = tx.execute(select(t.pace.c.free_at).where(t.pace.c.key == key)).scalar()
    return max(0.0, float(free) - store.elapsed(tx)) if free else 0.0


def begin_boot(tx: Tx, store: Store, *, now: datetime) -> None:
    """Forget what an earlier boot measured in its own elapsed seconds, but for waits that it was asked for.

    What is left of those goes by the adjustable clock, and is never longer than what was asked, however that was set.
    """
    asked = [row for row in tx.execute(select(t.pace)) if row.asked is not None and row.asked_at is not None]
    tx.execute(delete(t.pace))
    for row in asked:
        left = row.asked - max(0.0, (now - row.asked_at).total_seconds())
        if left > 0:
            block(tx, store, row.key, left, now=now)
