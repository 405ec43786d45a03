"""Playing the faults that are switched on around a call."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

from aiohttp import web

from bot.workspace.channel_log import ts_key
from bot.workspace.clock import MICROS
from bot.workspace.core import Core
from bot.workspace.faults import Fault
from bot.workspace.journal import Entry
from bot.workspace.models import JSON

Effect = Callable[[], tuple[JSON, web.Response]]
"""What the call does: returns its answer for the journal and the response."""

_ERRORS: Final = {"rate_limited": "ratelimited", "http_500": "internal_error"}


async def play(core: Core, request: web.Request, name: str, args: JSON, effect: Effect) -> web.StreamResponse:
    """Note the call in the journal, run it, and let it meet the fault that is on for it."""
    started = time.monotonic()
    entry = core.journal.add("call", name, args)
    fault = core.faults.take(name, args)
    if fault:
        entry.fault = fault.kind
        refused = await _before(fault, request)
        if refused is not None:
            return _note(entry, refused, started, _refusal(fault, refused))
    answer, response = effect()
    if not fault:
        return _note(entry, answer, started, response)
    entry.answer = answer
    if fault.kind == "stale":
        answer = _stale(core, fault, answer)
        response = web.json_response(answer)
    elif fault.effect_first:
        response = await _after(fault, request, response)
    return _note(entry, answer, started, response)


def _note(entry: Entry, answer: JSON, started: float, response: web.Response) -> web.Response:
    entry.answer = answer
    entry.ms = round((time.monotonic() - started) * 1000, 3)
    return response


async def _before(fault: Fault, request: web.Request) -> JSON | None:
    """What a fault does before the call takes effect; an answer when it takes none."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault.kind in {"slow", "stale"} or fault.effect_first:
        return None
    if fault.kind == "hang":
        await _hang(request)
    if fault.kind == "closed":
        _cut(request)
    return {"ok": False, "error": _ERRORS.get(fault.kind) or fault.error or fault.kind}


def _refusal(fault: Fault, answer: JSON) -> web.Response:
    if fault.kind == "rate_limited":
        return web.json_response(answer, status=429, headers={"Retry-After": str(int(fault.seconds) or 1)})
    return web.json_response(answer, status=fault.status if fault.kind == "http_500" else 200)


async def _after(fault: Fault, request: web.Request, response: web.Response) -> web.Response:
    if fault.kind == "slow_after":
        await asyncio.sleep(fault.seconds)
    elif fault.kind == "hang_after":
        await _hang(request)
    elif fault.kind == "lost_answer":
        _cut(request)
    elif fault.kind == "http_500_after":
        return web.json_response({"ok": False, "error": "internal_error"}, status=fault.status)
    return response


def _stale(core: Core, fault: Fault, answer: JSON) -> JSON:
    """An answer from a copy that lags: messages of the last seconds are not in it yet."""
    edge = (core.clock.now() - fault.seconds) * MICROS
    return {**answer, "messages": [one for one in answer.get("messages", []) if ts_key(one["ts"]) < edge]}


def _cut(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()


async def _hang(request: web.Request) -> None:
    """Say nothing until the client goes away."""
    transport: Any = request.transport
    while transport and not transport.is_closing():  # noqa: ASYNC110 (a transport has no event for its end)
        await asyncio.sleep(0.02)
