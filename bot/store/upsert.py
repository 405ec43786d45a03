"""Inserts that meet an existing row without an error, for both databases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.engine import Tx


def _insert(tx: Tx, table: Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if tx.dialect.name == "postgresql" else sqlite.insert(table)


def insert_ignoring(tx: Tx, table: Table, facts: Mapping[str, Any], *unique: str) -> int | None:
    """Insert a row unless one with the same `unique` columns exists; return the new row's id, None when it did."""
    statement = _insert(tx, table).values(**facts).on_conflict_do_nothing(index_elements=list(unique))
    found = tx.execute(statement.returning(table.c[next(iter(table.primary_key.columns.keys()))])).first()
    return found[0] if found else None


def upsert(tx: Tx, table: Table, key: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    """Insert a row, or change `facts` of the one that has this key."""
    statement = _insert(tx, table).values(**key, **facts)
    tx.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(facts)))
