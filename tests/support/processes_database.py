"""What the tests read from, and do to, the database that all processes share: from outside, in plain SQL."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row


@dataclass
class Ledger:
    """One PostgreSQL database."""

    url: str

    def connect(self, *, autocommit: bool) -> Any:
        """Open a connection of the test's own; waiting for a lock ends in an error, not in a hanging test."""
        return psycopg.AsyncConnection.connect(
            self.url,
            autocommit=autocommit,
            row_factory=dict_row,
            application_name="test",
            options="-c lock_timeout=15s",
        )

    async def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Run one statement and return its rows."""
        async with await self.connect(autocommit=True) as connection:
            done = await connection.execute(query, values)
            return await done.fetchall() if done.description else []

    async def value(self, query: str, *values: Any) -> Any:
        """Return the first column of the first row, None when there is none."""
        found = await self.rows(query, *values)
        return next(iter(found[0].values())) if found else None

    async def knows_the_team(self) -> bool:
        """Tell whether a process has learned from Slack where the team is and who is in it."""
        members = await self.value("SELECT count(*) FROM member WHERE active")
        return bool(members) and bool(await self.value("SELECT value FROM setting WHERE key = 'team_channel'"))

    async def connected(self) -> set[str]:
        """Return the names of the processes that are connected."""
        mine = "SELECT application_name AS name FROM pg_stat_activity WHERE datname = current_database()"
        return {row["name"] for row in await self.rows(mine)}

    async def forget_connections(self, names: Collection[str]) -> None:
        """End what killed processes left waiting in the database."""
        end = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND application_name = ANY(%s)"""
        async with asyncio.timeout(10):
            while await self.connected() & set(names):
                await self.rows(end, list(names))
                await asyncio.sleep(0.02)

    async def let_leases_run_out(self) -> None:
        """Do what a minute without a word from the lease's holder does."""
        await self.rows(
            """UPDATE outbox SET lease_until = 0
               WHERE id IN (SELECT id FROM outbox WHERE state = 'leased' FOR UPDATE SKIP LOCKED)"""
        )

    async def move_clock(self, seconds: float) -> None:
        """Move the clock of every process to this many seconds before the wall; they follow within a second."""
        await self.rows(
            """INSERT INTO setting (key, value) VALUES ('clock_offset', %s)
               ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
            str(seconds),
        )

    async def waiting(self) -> list[dict[str, Any]]:
        """Return what has still to leave."""
        return await self.rows("SELECT * FROM outbox WHERE state IN ('pending', 'leased') ORDER BY id")

    async def outbox(self, key: str) -> dict[str, Any] | None:
        """Return the outbox row with a key."""
        return next(iter(await self.rows("SELECT * FROM outbox WHERE key = %s", key)), None)

    async def reply(self, words: str) -> dict[str, Any]:
        """Return the newest reply with these words in it."""
        found = await self.rows("SELECT * FROM reply WHERE text LIKE %s ORDER BY id DESC", f"%{words}%")
        return found[0]
