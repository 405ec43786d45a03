"""A database that people have lived in comes to the newest schema with everything that is in it."""

import time
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from bot.store import Store
from bot.store.migrate import _config, current_revision, migrate, newest_revision

OLDER = [each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions() if each.nextrev]
WORDS = {"state": "open", "outcome": "open", "kind": "hear"}
"""What a column may hold that does not take any word."""

CHANGED = {("promise", "rung")}
"""What a revision changes on purpose: ladders are counted otherwise since 0002."""


@pytest.fixture
def older(database_url: str, request: pytest.FixtureRequest):
    """A database as an earlier release made it."""
    store = Store(database_url, elapsed=time.monotonic)
    config = _config()
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, request.param)
    yield store
    store.close()


def fill(tx: sa.Connection) -> dict[str, list[dict[str, object]]]:
    """Put a row into every table, parents first; return them all."""
    schema = sa.MetaData()
    schema.reflect(tx)
    for table in schema.sorted_tables:
        if table.name != "alembic_version":
            row = {column.name: _value(tx, column) for column in table.columns if not _counts_itself(column)}
            tx.execute(table.insert().values(**row))
    return held(tx, [table.name for table in schema.sorted_tables if table.name != "alembic_version"])


def held(tx: sa.Connection, names: list[str]) -> dict[str, list[dict[str, object]]]:
    quoted = tx.dialect.identifier_preparer.quote
    read = {name: tx.exec_driver_sql(f"SELECT * FROM {quoted(name)}") for name in names}  # noqa: S608 - our own names
    return {name: [dict(row) for row in rows.mappings()] for name, rows in read.items()}


def _counts_itself(column: sa.Column) -> bool:
    return column.primary_key and isinstance(column.type, sa.Integer) and not column.foreign_keys


def _value(tx: sa.Connection, column: sa.Column) -> object:
    for key in column.foreign_keys:
        return None if key.column.table is column.table else tx.execute(sa.select(key.column).limit(1)).scalar_one()
    kinds = {sa.DateTime: datetime(2026, 11, 20, 9, tzinfo=UTC), sa.Boolean: False, sa.JSON: [], sa.LargeBinary: b"x"}
    kinds |= {sa.Integer: 1, sa.Numeric: 1, sa.Float: 1.0}
    return next((value for kind, value in kinds.items() if isinstance(column.type, kind)), WORDS.get(column.name, "x"))


@pytest.mark.parametrize("older", OLDER, indirect=True)
def test_a_filled_database_of_every_earlier_revision_keeps_its_rows(older: Store) -> None:
    with older.engine.begin() as tx:
        before = fill(tx)
    assert len(before) > 10
    assert all(len(rows) == 1 for rows in before.values())
    assert migrate(older)
    assert current_revision(older) == newest_revision()
    with older.engine.connect() as tx:
        after = held(tx, list(before))
    for name, rows in before.items():
        assert len(after[name]) == len(rows), name
        kept = {column: value for column, value in rows[0].items() if (name, column) not in CHANGED}
        for column, value in kept.items():
            assert after[name][0].get(column) == value, (name, column)
