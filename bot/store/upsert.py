"""Inserts that meet an existing row without an error, for both databases."""

import functools
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.engine import Tx


def _insert(tx: Tx, table: Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if tx.dialect.name == "postgresql" else sqlite.insert(table)


@functools.cache
def _insert_ignoring(dialect: str, table: Table, unique: tuple[str, ...]) -> Executable:
    """Return the statement, built once: building it costs more than running it."""
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    ident = table.c[next(iter(table.primary_key.columns.keys()))]
    return insert.on_conflict_do_nothing(index_elements=list(unique)).returning(ident)


def insert_ignoring(tx: Tx, table: Table, facts: Mapping[str, Any], *unique: str) -> int | None:
    """Insert a row unless one with the same `unique` columns exists; return the new row's id, None when it did."""
    found = tx.execute(_insert_ignoring(tx.dialect.name, table, unique), dict(facts)).first()
    return found[0] if found else None


def upsert(tx: Tx, table: Table, key: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    """Insert a row, or change `facts` of the one that has this key."""
    statement = _insert(tx, table).values(**key, **facts)
    tx.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(facts)))
