"""Engines and transactions for SQLite (one process) and PostgreSQL (any number).

SQLite: WAL, `synchronous=FULL` (a commit survives a power cut), every writing transaction starts IMMEDIATE: one that
starts deferred and reads before it writes fails with "database is locked" when another writer was faster.
"""

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from bot.errors import ConfigurationError

Tx = Connection
"""An open transaction; only `bot.store` knows what can be done with it."""

POOL_SIZE = 4
"""Connections (and service threads) on PostgreSQL; SQLite has one writer."""

ASLEEP_SECONDS = 10
"""The server ends a transaction whose process said nothing for this long (it was stopped, its machine sleeps): others
wait for the rows it holds. Ours talk without a pause; the lease on what was being sent lasts longer."""

CONNECT_SECONDS = 10
"""How long a database server may take to answer a first call; a host that swallows packets never does."""

WAL_TRIES, WAL_SECONDS = 250, 0.02
"""How often, and how far apart, a new file's write-ahead log is asked for: as long as any writer waits (5 s)."""

RETRYABLE = frozenset({"40001", "40P01"})
"""PostgreSQL's serialization failure and deadlock: the transaction did nothing and may simply run again."""


@contextmanager
def savepoint(tx: Tx) -> Iterator[None]:
    """Undo what is done within the block, and nothing else of the transaction, when it raises."""
    with tx.begin_nested():
        yield


def is_over(tx: Tx) -> bool:
    """Tell whether a transaction is no more, all of it: its connection is lost, or SQLite undid it (a full disk)."""
    if tx.invalidated:
        return True
    return tx.dialect.name == "sqlite" and not getattr(tx.connection.dbapi_connection, "in_transaction", False)


def database_url(given: str) -> URL:
    """Return the SQLAlchemy address for what a person or platform writes; `postgres://` means psycopg 3."""
    url = make_url(given)
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url


class Store:
    """One database. `writing()` and `reading()` open transactions; `boot` names this process's elapsed time."""

    def __init__(self, url: str, *, elapsed: Callable[[], float]) -> None:
        self.url = database_url(url)
        if self.url.get_backend_name() == "sqlite" and self.url.database in {None, "", ":memory:"}:
            raise ConfigurationError("DATABASE_URL needs a file: sqlite:///headsup.db. Memory forgets promises.")
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.boot = secrets.token_hex(8) if self.is_sqlite else "server"
        self.workers = 1 if self.is_sqlite else POOL_SIZE
        self._elapsed = elapsed
        if self.is_sqlite:
            self._writer = _sqlite_engine(self.url, "BEGIN IMMEDIATE")
            self._reader = _sqlite_engine(self.url, "BEGIN")
        else:
            self._writer = _postgresql_engine(self.url)
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @property
    def engine(self) -> Engine:
        """The writing engine, for migrations."""
        return self._writer

    @property
    def path(self) -> Path | None:
        """The SQLite file, None for PostgreSQL."""
        return Path(str(self.url.database)) if self.is_sqlite else None

    @contextmanager
    def writing(self) -> Iterator[Tx]:
        """Open a writing transaction; it commits when the block ends and rolls back when it raises."""
        with self._writer.begin() as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """Open a transaction that only reads; all it reads is of one moment (on PostgreSQL: REPEATABLE READ)."""
        with self._reader.begin() as tx:
            yield tx

    def elapsed(self, tx: Tx) -> float:
        """Return elapsed seconds on the clock that leases follow: the server's on PostgreSQL, ours on SQLite."""
        if self.is_sqlite:
            return self._elapsed()
        return float(tx.execute(_SERVER_ELAPSED).scalar_one())

    def is_retryable(self, error: Exception) -> bool:
        """Tell whether a transaction failed only because of others and may run again from its start."""
        return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in RETRYABLE

    def close(self) -> None:
        """Close all connections."""
        self._writer.dispose()
        self._reader.dispose()


_SERVER_ELAPSED = text("SELECT extract(epoch FROM clock_timestamp())")


def _postgresql_engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        connect_args={"connect_timeout": CONNECT_SECONDS},
        pool_size=POOL_SIZE + 2,
        max_overflow=2,
        pool_pre_ping=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.execute(f"SET idle_in_transaction_session_timeout = '{ASLEEP_SECONDS}s'")
        connection.commit()

    return engine


def _use_wal(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. SQLite itself does not wait for another writer then, who may make the same file."""
    for _ in range(WAL_TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            sleep(WAL_SECONDS)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")


def _sqlite_engine(url: URL, begin: str) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False}, pool_size=4, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's own BEGIN below decides, not the driver's implicit one
        for pragma in ("busy_timeout=5000", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        _use_wal(connection)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
