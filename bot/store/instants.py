"""Instants by the thousand, read and written without what the tables' own types do to each single value.

SQLite keeps them as text, and people promise full hours and quarters: many are the same. PostgreSQL's driver gives and
takes instants.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, String, type_coerce

from bot.store.engine import Tx

_KEPT = 8192


def plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column of instants or words as it comes from the driver, of the same name; see `reader`."""
    return type_coerce(column, String).label(column.key)


def reader(tx: Tx) -> Callable[[Any], datetime]:
    """Return what makes an instant in UTC of what a plain column holds."""
    return _of_text if tx.dialect.name == "sqlite" else _in_utc


@lru_cache(maxsize=_KEPT)
def _of_text(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


@lru_cache(maxsize=_KEPT)
def to_text(at: datetime) -> str:
    """Return an instant as SQLite keeps it: in UTC, to the microsecond, so that texts are in the order of time."""
    return at.astimezone(UTC).isoformat(" ", "microseconds")[:-6]
