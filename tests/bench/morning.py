"""A morning: mails that came in overnight arrive all at once by webhook, each stored before it is answered 201."""

import tempfile
import time
from pathlib import Path

import aiohttp

from bot.store import Store
from bot.store.migrate import migrate
from bot.workspace.server import WorkspaceServer
from tests.bench.measures import Line, Spread, spread
from tests.bench.started import send_many, started
from tests.support.databases import Databases

MAILS = 120
AT_ONCE = 8


async def run_morning(databases: Databases, *, quick: bool) -> list[Line]:
    """Measure on both databases, quickly on SQLite alone, beside an answer that asks nothing (/healthz)."""
    mails = 40 if quick else MAILS
    lines: list[Line] = []
    for kind in ("sqlite",) if quick else ("sqlite", "postgresql"):
        database = databases.fresh(kind)
        store = Store(database, elapsed=time.monotonic)
        migrate(store)
        store.close()
        with tempfile.TemporaryDirectory(prefix="headsup-bench-") as folder:
            async with WorkspaceServer(time.time) as server, started(server, database, Path(folder)) as process:
                bare = await _bare(process.url)
                began = time.perf_counter()
                took = spread(await send_many(process.url, range(mails), at_once=AT_ONCE))
                rate = mails / (time.perf_counter() - began)
        what = f"{kind}: {mails} mails by webhook, {AT_ONCE} at a time"
        lines.append(Line(what, f"{rate:.0f} a second; {took}", f"p50 {took.p50 / bare.p50:.0f} × /healthz ({bare})"))
    return lines


async def _bare(url: str) -> Spread:
    took = []
    async with aiohttp.ClientSession() as session:
        for _ in range(100):
            began = time.perf_counter()
            async with session.get(f"{url}/healthz") as answer:
                await answer.read()
            took.append((time.perf_counter() - began) * 1000)
    return spread(took)
