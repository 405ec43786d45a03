"""One tick (`nudging.plan`) and one poll of delivery that finds nothing, with ever more open promises."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bot.services import delivering, nudging
from bot.services.context import Context, Policy
from bot.store import Store
from bot.store.migrate import migrate
from tests.bench import filling
from tests.bench.measures import Line, Spread, spread
from tests.support.databases import Databases

SIZES = (1_000, 100_000, 1_000_000)
TIMES = 200
DUE = 100
DUE_TIMES = 3
FLAT = 1.5
"""Ticks that differ by less than this are called flat: an index one level deeper, caches, noise."""


async def run_tick(databases: Databases, *, quick: bool) -> list[Line]:
    """Measure on both databases; a million only when there is time."""
    return await asyncio.to_thread(_run, databases, SIZES[:2] if quick else SIZES)


def _run(databases: Databases, sizes: tuple[int, ...]) -> list[Line]:
    lines: list[Line] = []
    for kind in ("sqlite", "postgresql"):
        store = Store(databases.fresh(kind), elapsed=time.monotonic)
        migrate(store)
        ctx = Context(store=store, now=datetime.now(UTC), policy=Policy(lead="Sam"))
        filling.begin(ctx)
        found: dict[str, list[Spread]] = {}
        for size in sizes:
            filling.grow(store, size)
            for what, took in _measure(ctx, size).items():
                found.setdefault(what, []).append(took)
        store.close()
        for what, spreads in found.items():
            pairs = zip(sizes, spreads, strict=True)
            lines += [_line(f"{kind}, {what}, {size:,} open", took, spreads[0]) for size, took in pairs]
    return lines


def _line(what: str, took: Spread, first: Spread) -> Line:
    flat = took.p50 / first.p50
    alone = took is first
    return Line(what, str(took), f"{flat:.2f} × 1,000 open", "" if alone else "flat", None if alone else flat <= FLAT)


def _measure(ctx: Context, size: int) -> dict[str, Spread]:
    def poll() -> None:
        delivering._lease(ctx, token="bench", most=delivering.BATCH)

    found = {"empty tick": _timed(lambda: nudging.plan(ctx), TIMES), "empty poll": _timed(poll, TIMES)}
    due: list[float] = []
    for _ in range(DUE_TIMES):
        filling.make_due(ctx, DUE, of=size)
        due += _timed(lambda: nudging.plan(ctx), 1).values
    found[f"tick with {DUE} due"] = spread(due)
    filling.forget_nudges(ctx)
    return found


def _timed(call: Callable[[], object], times: int) -> Spread:
    took = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return spread(took)
