"""How long one task holds the loop at a time, in seconds of its own work: what others do meanwhile does not count."""

import asyncio
import gc
import time
from contextvars import ContextVar

_timed = ContextVar("timed", default=False)


async def longest_step(monkeypatch, work):
    """Run a coroutine as a task of its own; return its result and the longest time that it or its tasks held the loop.

    Without the garbage collector, whose turn comes to whoever is there.
    """
    run, steps = asyncio.Handle._run, [0.0]

    def timed(handle):
        started = time.thread_time()
        run(handle)
        if handle._context.get(_timed):
            steps.append(time.thread_time() - started)

    before = _timed.set(True)
    task = asyncio.create_task(work)
    _timed.reset(before)
    gc.collect()
    gc.disable()
    try:
        with monkeypatch.context() as patched:
            patched.setattr(asyncio.Handle, "_run", timed)
            return await task, max(steps)
    finally:
        gc.enable()
