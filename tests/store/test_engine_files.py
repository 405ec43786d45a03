"""An SQLite file keeps what was committed through a power cut, and a new one may be opened by several at once."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy

from bot.store import Store, engine, events

FULL = 2
"""What SQLite answers for `PRAGMA synchronous`: https://www.sqlite.org/pragma.html#pragma_synchronous"""


def test_who_opens_a_new_file_waits_for_who_is_writing_to_it(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT)")
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO setting VALUES ('theirs', 'kept')")
    end = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    end.start()
    store = Store(f"sqlite:///{path}", elapsed=time.monotonic)
    with store.reading() as tx:
        assert events.setting(tx, "theirs") == "kept"
        assert tx.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    end.join()
    store.close()
    other.close()


def test_a_commit_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All other tests hurry past the disk; here the store opens its file as it does for people."""
    monkeypatch.setattr(engine, "create_engine", sqlalchemy.create_engine)
    store = Store(f"sqlite:///{tmp_path / 'kept.db'}", elapsed=time.monotonic)
    for opened in (store.writing, store.reading, store.writing):
        with opened() as tx:
            assert tx.exec_driver_sql("PRAGMA synchronous").scalar_one() == FULL
            assert tx.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    store.close()
