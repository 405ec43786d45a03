"""A desk without threads, on a clock whose wall and elapsed time are moved apart at will; processes die where told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Clock
from bot.services.context import Context, Policy
from bot.store import Store, Tx, leases
from bot.store.outbox import Row


class CrashError(BaseException):
    """The process is gone: nothing of ours catches this."""


@dataclass
class Times:
    """Wall and elapsed seconds."""

    wall: float
    elapsed: float = 1_000.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.elapsed += seconds


class TimedStore(Store):
    """A store whose leases follow our elapsed time on both databases."""

    def __init__(self, url: str, times: Times) -> None:
        super().__init__(url, elapsed=lambda: times.elapsed)
        self._times = times

    def elapsed(self, _tx: Tx) -> float:
        return self._times.elapsed


@dataclass
class Desk:
    """What a process calls services with, one at a time. `stop_at` names a verb and on which side of it we die.

    `hold_up` lets so many elapsed seconds pass before the next call of a verb, as when a process was stopped.
    """

    store: Store
    clock: Clock
    policy: Policy
    times: Times
    freezers: dict[str, Any] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    stop_at: tuple[str, str] | None = None
    hold_up: tuple[str, float] | None = None
    marked: list[tuple[str, bool, bool]] = field(default_factory=list)
    """Of each delivery that was to be noted: its key, whether the row was still ours, whether that was taken."""

    unmarked: Callable[[str], object] = lambda _ts: None
    """Told of each new message (its ts) that stands, and whose delivery nobody lived to note, or came too late to."""

    def context(self) -> Context:
        return Context(store=self.store, now=self.clock.now(), policy=self.policy, freezers=self.freezers)

    async def do(self, verb: Callable[..., Any], /, *args: Any, **facts: Any) -> Any:
        name = verb.__name__
        if self.hold_up is not None and self.hold_up[0] == name:
            seconds, self.hold_up = self.hold_up[1], None
            self.times.pass_by(seconds)
        if self.stop_at == (name, "before"):
            self._in_doubt(name, facts)
            raise CrashError
        held = self._holds(facts["row"]) if name == "sent" else False
        result = verb(self.context(), *args, **facts)
        if name == "sent":
            self.marked.append((facts["row"].key, held, bool(result)))
            if not result:
                self._in_doubt(name, facts)
        if self.stop_at == (name, "after"):
            raise CrashError
        return result

    def _in_doubt(self, name: str, facts: dict[str, Any]) -> None:
        if name == "sent" and not facts["row"].shown and facts["receipt"].remote:
            self.unmarked(facts["receipt"].remote.ts)

    def _holds(self, row: Row) -> bool:
        with self.store.writing() as tx:
            return leases.held_by(tx, row.id, row.token or "") is not None

    writing = do
    read = do
