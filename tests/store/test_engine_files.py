"""A new SQLite file may be opened by several at once."""

import sqlite3
import threading
import time
from pathlib import Path

from bot.store import Store, events


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
