"""Stops processes at exact points of a send, from outside: a trigger in the database waits where the test says.

A process that stands at a point is then killed or stopped. The product knows nothing of it; to it the database is slow.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import IntEnum

from tests.support.processes_database import Ledger


class Point(IntEnum):
    """Where a row's first send can be stopped (docs: the crash points C1 to C5; the others need no trigger)."""

    LEASING = 1
    """C1: written, and nobody has taken it."""
    BEGINNING = 2
    """C2: leased; that the call may begin is not committed."""
    BEGUN = 3
    """C3: that the call may begin is being committed; the call is not made."""
    MARKING = 5
    """C5: delivered; that it is, is not committed."""


INSTALL = """
CREATE FUNCTION crash_point() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.shown = 0 AND OLD.remote_ts IS NULL THEN
        IF OLD.state = 'pending' AND NEW.state = 'leased' THEN PERFORM pg_advisory_xact_lock_shared(1); END IF;
        IF NEW.sending AND NOT OLD.sending THEN PERFORM pg_advisory_xact_lock_shared(2); END IF;
        IF NEW.shown > 0 THEN PERFORM pg_advisory_xact_lock_shared(5); END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION commit_point() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sending AND NOT OLD.sending AND OLD.shown = 0 THEN PERFORM pg_advisory_xact_lock_shared(3); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER crash_point BEFORE UPDATE ON outbox FOR EACH ROW EXECUTE FUNCTION crash_point();
CREATE CONSTRAINT TRIGGER commit_point AFTER UPDATE ON outbox DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION commit_point();
"""


@dataclass
class Points:
    """The points of one database."""

    ledger: Ledger

    async def install(self) -> None:
        """Put the triggers in place."""
        await self.ledger.rows(INSTALL)

    @asynccontextmanager
    async def held(self, point: Point) -> AsyncIterator[None]:
        """Stop every process that comes to this point, until the block ends."""
        async with await self.ledger.connect(autocommit=True) as connection:
            await connection.execute("SELECT pg_advisory_lock(%s)", (int(point),))
            yield

    async def cut(self) -> None:
        """Cut the connections of everyone who stands at a held point, as a failing database does."""
        await self.ledger.rows(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity JOIN pg_locks USING (pid)
               WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"""
        )

    async def standing(self) -> list[str]:
        """Return the names of the processes that stand at a held point, one for each row that they stand with."""
        found = await self.ledger.rows(
            """SELECT application_name AS name FROM pg_stat_activity JOIN pg_locks USING (pid)
               WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"""
        )
        return sorted(row["name"] for row in found)
