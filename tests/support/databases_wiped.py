"""Make a used PostgreSQL database like the migrated one it is a copy of, or say that it cannot be."""

import contextlib
import time
from dataclasses import dataclass
from typing import Self

import psycopg

GOODBYE_SECONDS = 5
"""How long connections that were closed may take to leave; one that stays was left open by the test."""

MADE = {
    "pg_class": "oid",
    "pg_attribute": "attrelid",
    "pg_attrdef": "oid",
    "pg_constraint": "oid",
    "pg_index": "indrelid",
    "pg_namespace": "oid",
    "pg_proc": "oid",
    "pg_trigger": "oid",
    "pg_type": "oid",
}
"""Where the server writes down what a database is made of, and whose row it is. Every change is a new row's version."""

OURS = 16384
"""The first number that the server gives to what is not its own (FirstNormalObjectId)."""

KEPT = "alembic_version"

SHAPE = f"SELECT (SELECT string_agg(version_num, ',') FROM {KEPT}), " + ", ".join(  # noqa: S608 - names of ours
    f"(SELECT (count(*), sum(xmin::text::bigint))::text FROM {name} WHERE {whose} >= {OURS})"  # noqa: S608 - likewise
    for name, whose in MADE.items()
)

OTHERS = (
    "SELECT 1 FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)

TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"

SEQUENCES = "SELECT setval(seqrelid, seqstart, false) FROM pg_sequence"


@dataclass(frozen=True, slots=True)
class Wipe:
    """What a migrated database is made of, and the statement that takes all rows out of a copy."""

    shape: tuple[str, ...] = ()
    emptying: str = ""

    @classmethod
    def of(cls, address: str) -> Self:
        """Look at a migrated database; only alembic's table has rows there."""
        with contextlib.closing(psycopg.connect(address, autocommit=True)) as connection:
            tables = [name for (name,) in connection.execute(TABLES) if name != KEPT]
            filled = [name for name in tables if connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()]  # noqa: S608 - names of ours
            assert not filled, f"wiping would lose what migrations wrote into {filled}"
            emptying = ";".join(f'DELETE FROM "{name}"' for name in tables)  # noqa: S608 - names of ours
            return cls(_shape(connection), emptying)

    def wiped(self, address: str) -> bool:
        """Take all rows out and let numbers begin anew; False when somebody is in it or it is made otherwise now."""
        with contextlib.closing(psycopg.connect(address, autocommit=True)) as connection:
            if not _alone(connection) or _shape(connection) != self.shape:
                return False
            connection.execute("SET session_replication_role = replica")  # the order of tables does not matter then
            connection.execute(f"{self.emptying};{SEQUENCES}")
            return True


def _shape(connection: psycopg.Connection) -> tuple[str, ...]:
    try:
        return connection.execute(SHAPE).fetchone() or ()
    except psycopg.errors.UndefinedTable:  # without its revision it is no migrated database any more
        return ()


def _alone(connection: psycopg.Connection) -> bool:
    deadline = time.monotonic() + GOODBYE_SECONDS
    while connection.execute(OTHERS).fetchone():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True
