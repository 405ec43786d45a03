"""One tick (`nudging.plan`) and one poll of delivery that finds nothing, with ever more open promises.

Databases of all sizes are filled first and then take turns, so that noise on the machine meets all of them.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.services.context import Context, Policy
from bot.services.nudges import nudging
from bot.services.outbox import delivering
from bot.store import Store
from bot.store.migrate import migrate
from tests.bench import filling
from tests.bench.measures import Line, Spread, spread
from tests.support.databases import Databases

SIZES = (1_000, 100_000, 1_000_000)
QUICK_SIZES = (1_000, 20_000)
ROUNDS = 10
TIMES = 20
DUE = 100
MANY_DUE = 1000
DUE_ROUNDS = 3
MEASURED = (
    ("empty tick", "tick"),
    ("empty poll", "poll"),
    (f"tick with {DUE} due", "due"),
    (f"tick with {MANY_DUE:,} due", "many_due"),
)
FLAT = 1.5
"""Ticks that differ by less than this are called flat: an index one level deeper, caches, noise."""


@dataclass
class Filled:
    """A database with so many open promises, and what was measured of it."""

    size: int
    ctx: Context
    tick: list[float] = field(default_factory=list)
    poll: list[float] = field(default_factory=list)
    due: list[float] = field(default_factory=list)
    many_due: list[float] = field(default_factory=list)

    def round(self) -> None:
        """Tick and poll a few times while nothing is due."""
        self.tick += [_timed(lambda: nudging.plan(self.ctx)) for _ in range(TIMES)]
        self.poll += [_timed(self._poll) for _ in range(TIMES)]

    def round_with_due(self) -> None:
        """Tick once while a hundred promises are due, and once while a thousand are, as on a Monday morning."""
        for count, took in ((DUE, self.due), (MANY_DUE, self.many_due)):
            filling.make_due(self.ctx, count, of=self.size)
            took.append(_timed(self._plan_all))

    def _plan_all(self) -> None:
        """Plan as a tick does: small parts until nothing is left."""
        while nudging.plan(self.ctx).more:
            pass

    def _poll(self) -> None:
        delivering._lease(self.ctx, token="bench", most=delivering.BATCH)


async def run_tick(databases: Databases, *, quick: bool) -> list[Line]:
    """Measure on both databases; a million only when there is time."""
    return await asyncio.to_thread(_run, databases, QUICK_SIZES if quick else SIZES)


def _run(databases: Databases, sizes: tuple[int, ...]) -> list[Line]:
    lines: list[Line] = []
    for kind in ("sqlite", "postgresql"):
        filled = [_fill(databases.fresh(kind), size) for size in sizes]
        for number in range(ROUNDS):
            for one in filled[number % len(filled) :] + filled[: number % len(filled)]:
                one.round()
        for _ in range(DUE_ROUNDS):
            for one in filled:
                one.round_with_due()
        for one in filled:
            one.ctx.store.close()
        for what, times in MEASURED:
            first = spread(getattr(filled[0], times))
            lines += [_line(f"{kind}, {what}, {one.size:,} open", spread(getattr(one, times)), first) for one in filled]
    return lines


def _fill(database: str, size: int) -> Filled:
    store = Store(database, elapsed=time.monotonic)
    migrate(store)
    ctx = Context(store=store, now=datetime.now(UTC), policy=Policy(lead="Sam"))
    filling.begin(ctx)
    filling.grow(store, size)
    return Filled(size, ctx)


def _line(what: str, took: Spread, first: Spread) -> Line:
    if took == first:
        return Line(what, str(took), "1")
    times = took.p50 / first.p50
    return Line(what, str(took), f"{times:.2f} × {SIZES[0]:,} open", f"flat: ≤ {FLAT} ×", times <= FLAT)


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000
