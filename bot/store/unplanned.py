"""What could not be planned, and when that was last: for the audit to count, and for planning to take others first."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, literal, select, true

from bot.store import events
from bot.store import tables as t
from bot.store.engine import Tx

PROMISE, TARGET, PAUSE, ABSENCE = "promise", "target", "pause", "absence"
"""The kinds of rows; a pause is a parked or waiting request."""

_PREFIX = "unplanned:"
_KEYS = t.setting.c.key.startswith(_PREFIX, autoescape=True)


def note(tx: Tx, kind: str, ident: int, *, at: datetime) -> None:
    """Note that a row of a kind could not be planned at an instant."""
    events.save_setting(tx, f"{_PREFIX}{kind}:{ident}", _text(at))


def count(tx: Tx, *, since: datetime) -> int:
    """Count the rows that could not be planned at an instant or after it."""
    return sum(at >= since for at in _noted(tx).values())


def untried(kind: str, ident: Any, *, after: datetime | None) -> ColumnElement[bool]:
    """Return "this row could be planned, or was not tried after an instant"; without one, it holds for all rows."""
    if after is None:
        return true()
    key = literal(f"{_PREFIX}{kind}:") + cast(ident, String)
    return ~select(t.setting.c.key).where(t.setting.c.key == key, t.setting.c.value > _text(after)).exists()


def forget(tx: Tx, *, before: datetime) -> None:
    """Forget what could not be planned last before an instant."""
    old = [key for key, at in _noted(tx).items() if at < before]
    if old:
        tx.execute(delete(t.setting).where(t.setting.c.key.in_(old)))


def _noted(tx: Tx) -> dict[str, datetime]:
    rows = tx.execute(select(t.setting.c.key, t.setting.c.value).where(_KEYS))
    return {row.key: datetime.fromisoformat(row.value) for row in rows}


def _text(at: datetime) -> str:
    """Return an instant as text of one length, so that texts are in the order of time whatever sorts them."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
