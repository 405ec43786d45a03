"""How long Headsup keeps the loop to itself. The workspace and the test share that loop, so each step is put down to
whoever took it."""

import asyncio
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

OTHERS = ("/bot/workspace/", "/tests/")
WORTH_A_LOOK = 0.010


@dataclass
class Steps:
    """The longest steps of Headsup: (seconds, whose), longest first."""

    found: list[tuple[float, str]] = field(default_factory=list)

    @property
    def longest(self) -> float:
        return max((seconds for seconds, _ in self.found), default=0.0)


@contextmanager
def steps_of_headsup() -> Iterator[Steps]:
    """Time every step of the loop, and keep those that neither the workspace nor a test took."""
    steps, run = Steps(), asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        task = getattr(handle._callback, "__self__", None)  # type: ignore[attr-defined]
        before = _files(task)
        started = _now()
        run(handle)
        took = _took(started)
        if took < WORTH_A_LOOK:
            return
        files = before + _files(task)
        if not any(other in file for file in files for other in OTHERS):
            steps.found.append((took, f"{handle!r:.300} {files}"))

    asyncio.Handle._run = timed  # type: ignore[method-assign]
    try:
        yield steps
    finally:
        asyncio.Handle._run = run  # type: ignore[method-assign]
        steps.found.sort(reverse=True)


def _now() -> tuple[float, float, int]:
    """Return seconds, this thread's processor seconds, and how often the machine took the processor from it."""
    return time.perf_counter(), time.thread_time(), resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw


def _took(started: tuple[float, float, int]) -> float:
    """Return how long a step took; where others had the processor meanwhile, only its own time counts."""
    seconds, worked, interrupted = (after - before for after, before in zip(_now(), started, strict=True))
    return worked if interrupted else seconds


def _files(task: Any) -> list[str]:
    """Return the files that a task stands in, from its outermost coroutine to its innermost."""
    files, coroutine = [], task.get_coro() if isinstance(task, asyncio.Task) else None
    while coroutine is not None and hasattr(coroutine, "cr_code"):
        files.append(str(coroutine.cr_code.co_filename))
        coroutine = coroutine.cr_await
    return files
