"""What happened, append-only; and the installation's stored settings."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

from bot.domain.snapshots.status import HistoryEntry
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.upsert import upsert


def note(
    tx: Tx,
    kind: str,
    *,
    at: datetime,
    request: int | None = None,
    actor: str | None = None,
    promise: int | None = None,
    reply: int | None = None,
    **data: Any,
) -> None:
    """Append one event. `data` holds ids, enums and numbers only, never a client's text."""
    facts = {"at": at, "kind": kind, "request": request, "actor": actor, "promise": promise, "reply": reply}
    tx.execute(_NOTE, {**facts, "data": data})


_NOTE = insert(t.event)


def history(tx: Tx, request: int, *, most: int = 30) -> tuple[HistoryEntry, ...]:
    """Return the newest events of a request, oldest first."""
    rows = tx.execute(
        select(t.event).where(t.event.c.request == request).order_by(t.event.c.id.desc()).limit(most)
    ).all()
    return tuple(
        HistoryEntry(at=row.at, kind=row.kind, actor=row.actor, detail=str(row.data.get("detail", "")))
        for row in reversed(rows)
    )


def setting(tx: Tx, key: str) -> str | None:
    """Return a stored setting."""
    found = tx.execute(select(t.setting.c.value).where(t.setting.c.key == key)).scalar()
    return None if found is None else str(found)


def save_setting(tx: Tx, key: str, value: str) -> None:
    """Store a setting."""
    upsert(tx, t.setting, {"key": key}, {"value": value})


def forget_setting(tx: Tx, key: str) -> None:
    """Take a stored setting away."""
    tx.execute(delete(t.setting).where(t.setting.c.key == key))


def count(tx: Tx, kind: str, *, promise: int) -> int:
    """Count the events of a kind about a promise."""
    where = (t.event.c.kind == kind) & (t.event.c.promise == promise)
    return int(tx.execute(select(func.count()).select_from(t.event).where(where)).scalar_one())
