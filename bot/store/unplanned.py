"""What could not be planned, and when that was last: for the audit to count."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.store import events
from bot.store import tables as t
from bot.store.engine import Tx

_PREFIX = "unplanned:"
_KEYS = t.setting.c.key.startswith(_PREFIX, autoescape=True)


def note(tx: Tx, kind: str, ident: int, *, at: datetime) -> None:
    """Note that a row of a kind could not be planned at an instant."""
    events.save_setting(tx, f"{_PREFIX}{kind}:{ident}", at.isoformat())


def count(tx: Tx, *, since: datetime) -> int:
    """Count the rows that could not be planned at an instant or after it."""
    return sum(at >= since for at in _noted(tx).values())


def idents(tx: Tx, kind: str, *, after: datetime) -> tuple[int, ...]:
    """Return the rows of a kind that could not be planned at an instant after this one."""
    start = f"{_PREFIX}{kind}:"
    return tuple(int(key.removeprefix(start)) for key, at in _noted(tx).items() if key.startswith(start) and at > after)


def forget(tx: Tx, *, before: datetime) -> None:
    """Forget what could not be planned last before an instant."""
    old = [key for key, at in _noted(tx).items() if at < before]
    if old:
        tx.execute(delete(t.setting).where(t.setting.c.key.in_(old)))


def _noted(tx: Tx) -> dict[str, datetime]:
    rows = tx.execute(select(t.setting.c.key, t.setting.c.value).where(_KEYS))
    return {row.key: datetime.fromisoformat(row.value) for row in rows}
