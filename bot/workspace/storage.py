"""The workspace's own file: one SQLite table of JSON records, written a moment after they change.

Only what changed is written, on a thread, so that an API call never waits for the disk. What must be real time
(triggers, response URLs, deliveries under way) is not kept: it would be worthless after a restart.
"""

import asyncio
import json
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.workspace.channel_log import ts_key
from bot.workspace.clock import WorkspaceClock
from bot.workspace.errors import ControlError
from bot.workspace.models import App, Message
from bot.workspace.state import KINDS, State

DELAY: Final = 0.25
_TABLE = "CREATE TABLE IF NOT EXISTS record (kind TEXT, key TEXT, body TEXT, UNIQUE (kind, key))"
_UPSERT = "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body"
_OFFSET: Final = "offset"
_Row = tuple[str, str, str | None]


class Storage:
    """Keeps a state in a file; without a path it does nothing."""

    def __init__(self, path: Path | None, state: State, clock: WorkspaceClock) -> None:
        self._path = path
        self._state = state
        self._clock = clock
        self._written_offset = 0.0
        self._writing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    async def load(self) -> None:
        """Replace the state by what the file holds, if it holds anything."""
        if self._path and self._path.exists():
            try:
                rows = await asyncio.to_thread(_read, self._path)
            except sqlite3.DatabaseError as problem:
                raise ControlError(f"{self._path} is not the file of a workspace: {problem}") from problem
            if rows:
                self._fill(rows)

    def start(self) -> None:
        """Write what changes, about every quarter of a second, until `close`."""
        if self._path:
            self._task = asyncio.create_task(self._keep_writing(), name="workspace-storage")

    async def close(self) -> None:
        """Write what is left."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        await self.flush()

    async def flush(self) -> None:
        """Write every change now."""
        if not self._path:
            return
        async with self._writing:
            rows = self._changes()
            if not rows:
                return
            try:
                await asyncio.to_thread(_write, self._path, rows)
            except (sqlite3.Error, OSError):
                self._state.dirty |= {(kind, key): None for kind, key, _ in rows if kind != _OFFSET}
                raise

    def _changes(self) -> list[_Row]:
        state, offset = self._state, self._clock.offset
        if not state.dirty and offset == self._written_offset:
            return []
        rows: list[_Row] = [(_OFFSET, _OFFSET, json.dumps(offset))]
        for kind, key in state.dirty:
            found = state.record(kind, key)
            body = None if found is None else json.dumps(found if isinstance(found, int) else found.to_json())
            rows.append((kind, key, body))
        state.dirty.clear()
        self._written_offset = offset
        return rows

    async def _keep_writing(self) -> None:
        while True:
            await asyncio.sleep(DELAY)
            with suppress(sqlite3.Error, OSError):  # the next turn tries again, and the last one, in close, speaks up
                await asyncio.shield(self.flush())

    def _fill(self, rows: list[tuple[str, str, str]]) -> None:
        state = self._state
        for shelf in (state.teams, state.users, state.channels, state.logs):
            shelf.clear()
        messages: list[Message] = []
        for kind, key, body in rows:
            value = json.loads(body)
            if kind == "counter":
                state.counters[key] = value
            elif kind == _OFFSET:
                self._clock.offset = self._written_offset = value
            elif kind == "message":
                messages.append(Message.from_json(value))
            elif kind == "app":
                state.app = App.from_json(value)
            elif kind in KINDS:
                state.restore(kind, key, KINDS[kind].from_json(value))
        for message in sorted(messages, key=lambda one: ts_key(one.ts)):
            state.logs[message.channel].add(message)
            self._clock.used(ts_key(message.ts))
        state.home_team = state.teams[state.bot_user.team]
        state.dirty.clear()


def _read(path: Path) -> list[tuple[str, str, str]]:
    connection = sqlite3.connect(path)
    try:
        connection.execute(_TABLE)
        return connection.execute("SELECT kind, key, body FROM record ORDER BY rowid").fetchall()
    finally:
        connection.close()


def _write(path: Path, rows: list[_Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute(_TABLE)
            gone = [row[:2] for row in rows if row[2] is None]
            connection.executemany("DELETE FROM record WHERE kind = ? AND key = ?", gone)
            connection.executemany(_UPSERT, [row for row in rows if row[2] is not None])
    finally:
        connection.close()
