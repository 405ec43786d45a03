"""What a long-lived process saves, saved over all tests of one: every test opens its database anew.

`bot.store` compiles a statement once and keeps it for as long as the process lives. A test's store lives for a second,
in which compiling took half of the time; here all stores of a kind of database share what was compiled. And no test
pulls the plug: SQLite need not wait for the disk (see `databases.CARELESS` for PostgreSQL).
"""

import functools
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, make_url

from bot.store import engine as stores


class Compiled(dict[Any, Any]):
    """Compiled statements of one kind of database. SQLAlchemy puts the engine's own dialect first in its keys; all
    engines of a kind are made alike, so the first one's words are everybody's.
    """

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__(key[1:], compiled)


def hurry(patch: pytest.MonkeyPatch) -> None:
    """Let stores share compiled statements, and let SQLite's commits not wait for the disk."""
    patch.setattr(stores, "create_engine", functools.partial(_made, {"sqlite": Compiled(), "postgresql": Compiled()}))


def _made(compiled: dict[str, Compiled], url: Any, **options: Any) -> Engine:
    kind = make_url(url).get_backend_name()
    made = create_engine(url, **options, execution_options={"compiled_cache": compiled[kind]})
    if kind == "sqlite":
        event.listen(made, "checkout", _without_the_disk)
    return made


def _without_the_disk(connection: Any, *_pool: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")
