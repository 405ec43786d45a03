"""Migrating is done once, by whoever comes first, and loses nothing."""

import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select

from bot.errors import ConfigurationError, DatabaseError
from bot.store import Store, people, tables
from bot.store.migrate import check_revision, current_revision, migrate, newest_revision


def a_store(url: str) -> Store:
    return Store(url, elapsed=time.monotonic)


def test_an_empty_database_gets_every_table_and_a_second_time_nothing_happens(database_url: str) -> None:
    store = a_store(database_url)
    assert current_revision(store) is None
    assert migrate(store)
    assert not migrate(store)
    assert current_revision(store) == newest_revision()
    with store.reading() as tx:
        for table in tables.METADATA.sorted_tables:
            assert tx.execute(select(func.count()).select_from(table)).scalar_one() == 0
    store.close()


def test_the_migrations_make_exactly_the_tables_that_the_code_speaks_of(database_url: str) -> None:
    store = a_store(database_url)
    migrate(store)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.METADATA) == []
    store.close()


def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    stores = [a_store(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(migrate, stores))
    assert done.count(True) == 1
    for store in stores:
        store.close()


def test_before_an_sqlite_file_changes_a_copy_is_kept(sqlite_path: Path) -> None:
    store = a_store(f"sqlite:///{sqlite_path}")
    migrate(store)
    with store.writing() as tx:
        people.get_or_create_client(tx, "Acme", confirmed=True, now=datetime(2026, 11, 23, tzinfo=UTC))
    store.close()
    with sqlite3.connect(sqlite_path) as older:
        older.execute("UPDATE alembic_version SET version_num = '0000'")
    older.close()
    store = a_store(f"sqlite:///{sqlite_path}")
    with pytest.raises(Exception, match="0000"):
        migrate(store)
    store.close()
    with sqlite3.connect(sqlite_path.with_name(f"{sqlite_path.name}.backup-0000")) as kept:
        assert kept.execute("SELECT name FROM client").fetchall() == [("Acme",)]
    kept.close()
    with sqlite3.connect(sqlite_path) as untouched:
        assert untouched.execute("SELECT count(*) FROM client").fetchone() == (1,)
    untouched.close()


def test_a_database_of_a_newer_version_is_left_as_it_is_and_that_is_said(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = a_store(database_url)
    migrate(store)
    made = newest_revision()
    beside = set(store.path.parent.iterdir()) if store.path else set()
    monkeypatch.setattr("bot.store.migrate.newest_revision", lambda: "0001")
    said = f"This database was made by a newer Headsup ({made}); this one knows up to 0001. Update Headsup."
    for use in (migrate, check_revision):
        with pytest.raises(DatabaseError, match=re.escape(said)):
            use(store)
    assert current_revision(store) == made
    assert (set(store.path.parent.iterdir()) if store.path else set()) == beside
    store.close()


def test_of_a_database_that_is_older_or_empty_it_is_said_what_brings_it_up_to_date(database_url: str) -> None:
    store = a_store(database_url)
    with pytest.raises(ConfigurationError, match="Run `headsup migrate` first"):
        check_revision(store)
    migrate(store)
    check_revision(store)
    store.close()


def test_a_database_in_memory_is_refused_because_it_forgets() -> None:
    with pytest.raises(ConfigurationError, match="needs a file"):
        a_store("sqlite://")
