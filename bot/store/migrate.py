"""Bring a database to the newest schema, once, however many processes ask for it together.

SQLite migrates on an engine of its own with foreign keys off (with them on, rebuilding a parent table deletes every
child row), in one immediate transaction that ends with `foreign_key_check`; a copy of the file is kept beside it.
"""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.pool import NullPool

from bot.errors import ConfigurationError, DatabaseError
from bot.store.engine import Store
from bot.store.trouble import Trouble

LOCK = 0x48454144
"""PostgreSQL's advisory lock for migrations ("HEAD")."""


def newest_revision() -> str:
    """Return the revision that this code needs."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current_revision(store: Store) -> str | None:
    """Return the revision a database is at, None when it is empty."""
    with store.reading() as tx:
        return MigrationContext.configure(tx).get_current_revision()


def newer(revision: str | None) -> Trouble | None:
    """Return what is wrong with a database that a later release has made, None when this one can use or upgrade it."""
    known = newest_revision()
    if revision is None or revision <= known:
        return None
    return Trouble(
        f"This database was made by a newer Headsup ({revision}); this one knows up to {known}.", "Update Headsup."
    )


def check_revision(store: Store) -> None:
    """Refuse a database whose tables are not those of this version.

    Raises:
        ConfigurationError: they are older. DatabaseError: they are newer.
    """
    found = current_revision(store)
    _refuse_newer(found)
    if found != newest_revision():
        raise ConfigurationError("The database needs its tables brought up to date. Run `headsup migrate` first.")


def migrate(store: Store) -> bool:
    """Upgrade to the newest revision; tell whether there was anything to do. Safe to repeat and to race.

    Raises:
        DatabaseError: a newer version made it; nothing was touched.
    """
    if store.is_sqlite:
        return _migrate_sqlite(store)
    with store.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        return _upgrade(connection)


def _migrate_sqlite(store: Store) -> bool:
    current = current_revision(store)
    if current == newest_revision():
        return False
    _refuse_newer(current)
    if current is not None and store.path is not None:
        _back_up(store.path, current)
    engine = create_engine(store.url, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout=30000")
        connection.execute("PRAGMA foreign_keys=OFF")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        changed = _upgrade(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise ConfigurationError(
                f"Migrating the database would leave {len(broken)} rows without their parent; nothing was changed."
            )
    engine.dispose()
    return changed


def _upgrade(connection: Connection) -> bool:
    current = MigrationContext.configure(connection).get_current_revision()
    if current == newest_revision():
        return False
    _refuse_newer(current)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return True


def _refuse_newer(revision: str | None) -> None:
    found = newer(revision)
    if found:
        raise DatabaseError(f"{found.sentence} {found.cure}")


def _back_up(path: Path, revision: str) -> None:
    kept = path.with_name(f"{path.name}.backup-{revision}")
    with sqlite3.connect(path) as source, sqlite3.connect(kept) as copy:
        source.backup(copy)
    source.close()
    copy.close()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
