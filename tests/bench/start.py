"""Cold start until a card could be acknowledged, what of it is importing, and resident memory."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bot.workspace.server import WorkspaceServer
from tests.bench.children import clean_environment
from tests.bench.measures import Line, resident_mb
from tests.bench.started import send_many, started
from tests.support.databases import Databases

AIM_SECONDS = 2.5
AIM_MB = 150.0
TIMES = 3
AT_ONCE = 4


async def run_start(databases: Databases, *, quick: bool) -> list[Line]:
    """Start on an empty database, start again, then let requests arrive."""
    requests, again = (100, 1) if quick else (1000, TIMES)
    python = await _fastest("pass", again)
    importing = await _fastest("import bot.commands", again) - python
    with tempfile.TemporaryDirectory(prefix="headsup-bench-") as name:
        folder, database = Path(name), databases.fresh("sqlite")
        async with WorkspaceServer(time.time) as server:
            async with started(server, database, folder) as process:
                first = process.seconds
            seconds, memory = [], 0.0
            for _ in range(again):
                async with started(server, database, folder) as process:
                    seconds.append(process.seconds)
                    memory = resident_mb(process.process.pid) or 0.0
            async with started(server, database, folder) as process:
                await send_many(process.url, range(requests), at_once=AT_ONCE)
                later = resident_mb(process.process.pid) or 0.0
    return [
        Line(
            "importing (`import bot.commands`, without Python's own start)",
            f"{importing:.2f} s",
            f"{importing / python:.0f} × `python -c pass`",
        ),
        _start_line("cold start until /readyz, new database", first, python),
        _start_line("cold start until /readyz, database there (the best)", min(seconds), python),
        Line("memory after the start", f"{memory:.0f} MB", "", f"< {AIM_MB:.0f} MB", memory < AIM_MB),
        Line(
            f"memory after {requests:,} requests",
            f"{later:.0f} MB",
            f"{later / memory:.2f} × after the start" if memory else "",
            f"< {AIM_MB:.0f} MB",
            later < AIM_MB,
        ),
    ]


def _start_line(what: str, seconds: float, python: float) -> Line:
    ratio = f"{seconds / python:.0f} × `python -c pass`"
    return Line(what, f"{seconds:.2f} s", ratio, f"< {AIM_SECONDS} s", seconds < AIM_SECONDS)


async def _fastest(code: str, times: int) -> float:
    """Return the fewest seconds that Python takes for a piece of code in a process of its own."""
    took = []
    for _ in range(times):
        began = time.monotonic()
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, env=clean_environment())
        await process.wait()
        took.append(time.monotonic() - began)
    return min(took)
