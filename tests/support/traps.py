"""Rows that the database itself refuses to write or to read: real errors, made in the tests' own databases."""

from collections.abc import Callable

from sqlalchemy import text

from bot.services.context import Context
from bot.store import Tx

REFUSED = "this row is bad"


def refuse(table: str, when: str, *, on: str = "UPDATE") -> Callable[[Context], None]:
    """Return what has the database raise for rows of a table, after they were written; `when` speaks of NEW."""

    def make(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            if not _is_sqlite(tx):
                raising = f"BEGIN RAISE EXCEPTION '{REFUSED}'; END"
                tx.execute(text(f"CREATE FUNCTION bad_{table}() RETURNS trigger LANGUAGE plpgsql AS $${raising}$$"))
            action = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            action = action if _is_sqlite(tx) else f"EXECUTE FUNCTION bad_{table}()"
            tx.execute(text(f"CREATE TRIGGER bad_{table} AFTER {on} ON {table} FOR EACH ROW WHEN ({when}) {action}"))

    return make


def allow(table: str) -> Callable[[Context], None]:
    """Return what takes back what `refuse` did."""

    def mend(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            tx.execute(text(f"DROP TRIGGER bad_{table}" + ("" if _is_sqlite(tx) else f" ON {table}")))

    return mend


def hide(ident: int) -> Callable[[Context], None]:
    """Return what has the database raise where a promise's revision is read; all else of it can be read.

    On PostgreSQL it can be written, too; SQLite reads all of a row that it writes.
    """

    def make(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            if _is_sqlite(tx):
                tx.execute(text("ALTER TABLE promise DROP COLUMN revision"))
                value = f"CASE WHEN id = {ident} THEN json('{{') ELSE 0 END"
                tx.execute(text(f"ALTER TABLE promise ADD COLUMN revision INTEGER GENERATED ALWAYS AS ({value})"))
                return
            names = tx.execute(
                text("SELECT attname FROM pg_attribute WHERE attrelid = 'promise'::regclass AND attnum > 0")
            )
            columns = {name: name for name in names.scalars()}
            columns["revision"] = f"CASE WHEN id = {ident} THEN 1 / (id - {ident}) ELSE revision END AS revision"
            tx.execute(text("ALTER TABLE promise RENAME TO promise_kept"))
            view = f"CREATE VIEW promise AS SELECT {', '.join(columns.values())} FROM promise_kept"  # noqa: S608 - ours
            tx.execute(text(view))

    return make


def _is_sqlite(tx: Tx) -> bool:
    return tx.dialect.name == "sqlite"
