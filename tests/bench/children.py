"""Processes that a bench starts: told what they need on the command line, ready when they say so, gone with us."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.config import NAMES

READY = "ready"
STOP_SECONDS = 10.0


def clean_environment(**settings: str) -> dict[str, str]:
    """Return our environment with exactly these settings of Headsup."""
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    return {**kept, "PYTHONPATH": str(Path.cwd()), **settings}


@asynccontextmanager
async def child(module: str, facts: Mapping[str, Any], *, seconds: float) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m module FACTS` and go on when it prints "ready"; it ends when its standard input closes.

    Raises:
        RuntimeError: it ended before, or was not ready within `seconds`; the sentence holds what it last printed.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        json.dumps(facts),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=clean_environment(),
    )
    reading = None
    try:
        await _until_ready(process, module, seconds)
        reading = asyncio.create_task(_drain(process))
        yield process
    finally:
        if process.stdin is not None:
            process.stdin.close()
        await stop(process)
        if reading is not None:
            await reading


async def _until_ready(process: asyncio.subprocess.Process, module: str, seconds: float) -> None:
    last: list[str] = []
    assert process.stdout is not None
    try:
        async with asyncio.timeout(seconds):
            async for raw in process.stdout:
                said = raw.decode().rstrip()
                if said == READY:
                    return
                last = [*last[-20:], said]
    except TimeoutError:
        last.append(f"(not ready after {seconds:.0f} s)")
    raise RuntimeError(f"{module} did not become ready:\n" + "\n".join(last))


async def _drain(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None
    async for _ in process.stdout:
        pass


async def stop(process: asyncio.subprocess.Process) -> None:
    """Let a process end by itself, else end it."""
    for end in (None, process.terminate, process.kill):
        if end is not None:
            with contextlib.suppress(ProcessLookupError):
                end()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
                return
