"""The Web API over HTTP: who calls, with which token and scopes, how often, with what, and what goes wrong."""

import asyncio
import time
from typing import Any

from aiohttp import web

from bot.workspace.blockkit import Problem
from bot.workspace.checking import refuse
from bot.workspace.core import Core
from bot.workspace.errors import RateLimitedError, SlackError
from bot.workspace.faults import Fault
from bot.workspace.journal import Entry
from bot.workspace.methods import METHODS, Method, read_arguments
from bot.workspace.methods.registry import need
from bot.workspace.models import JSON


async def handle(core: Core, request: web.Request) -> web.StreamResponse:
    """Answer one call."""
    started = time.monotonic()
    name = request.match_info["method"]
    try:
        token, given = await _read(request)
    except ValueError:
        return web.json_response({"ok": False, "error": "invalid_json"})
    entry = core.journal.add("call", name, given)
    fault = core.faults.take(name, given)
    if fault:
        entry.fault = fault.kind
        early = await _before(fault, request)
        if early is not None:
            entry.answer = early
            return _played(fault, early)
    answer, headers = _call(core, name, token, given)
    entry.answer = answer
    entry.ms = round((time.monotonic() - started) * 1000, 3)
    if fault and fault.effect_first:
        await _after(fault, request, entry)
        if fault.kind == "http_500_after":
            return web.json_response({"ok": False, "error": "internal_error"}, status=fault.status)
    status = 429 if answer.get("error") == "ratelimited" else 200
    return web.json_response(answer, status=status, headers=headers)


async def _read(request: web.Request) -> tuple[str, JSON]:
    """The token and the arguments; ValueError when a JSON body is none."""
    given: JSON = dict(request.query)
    in_body = ""
    if request.content_type == "application/json":
        body = await request.json() if request.can_read_body else {}
        if not isinstance(body, dict):
            raise ValueError("not an object")
        given |= body
        given.pop("token", None)
    elif request.can_read_body:
        given |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        in_body = given.pop("token", "")
    header = request.headers.get("Authorization", "")
    token = header.removeprefix("Bearer ") if header else in_body
    if in_body and request.match_info["method"] == "apps.connections.open":
        token = header.removeprefix("Bearer ")
    return token, given


def _call(core: Core, name: str, token: str, given: JSON) -> tuple[JSON, dict[str, str]]:
    headers = {"X-Slack-Req-Id": str(core.journal.last_number)}
    try:
        return {"ok": True, **_run(core, name, token, given, headers)}, headers
    except SlackError as problem:
        return {"ok": False, "error": problem.code, **problem.fields}, headers
    except RateLimitedError as problem:
        return {"ok": False, "error": "ratelimited"}, {**headers, "Retry-After": str(problem.seconds)}


def _run(core: Core, name: str, token: str, given: JSON, headers: dict[str, str]) -> JSON:
    wanted = METHODS.get(name)
    if not wanted:
        raise SlackError("unknown_method", req_method=name)
    _authorise(core, wanted, token, headers)
    wait = core.limits.refuse_call(name, wanted.tier)
    if wait:
        raise RateLimitedError(wait)
    args, wrong = read_arguments(wanted, given)
    refuse(core, name, given, [Problem("invalid_arguments", *sentence.split(": ", 1)) for sentence in wrong])
    return wanted.run(core, args)


def _authorise(core: Core, wanted: Method, token: str, headers: dict[str, str]) -> None:
    """Check the token's kind and its scopes, in Slack's order and words."""
    app = core.state.app
    if not token:
        raise SlackError("not_authed")
    if token not in {core.bot_token, core.app_token}:
        raise SlackError("invalid_auth")
    if (token == core.app_token) != (wanted.caller == "app"):
        raise SlackError("not_allowed_token_type")
    if wanted.caller == "app":
        return
    if not app.installed:
        raise SlackError("account_inactive")
    if app.token_revoked:
        raise SlackError("token_revoked")
    headers["X-OAuth-Scopes"] = ",".join(sorted(app.scopes))
    headers["X-Accepted-OAuth-Scopes"] = ",".join(wanted.scopes)
    if wanted.scopes:
        need(core, *wanted.scopes)


async def _before(fault: Fault, request: web.Request) -> JSON | None:
    """What a fault does before the call takes effect; an answer when it takes none."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.effect_first:
        return None
    if fault.kind == "hang":
        await _hang(request)
    if fault.kind == "closed":
        _cut(request)
    errors = {"rate_limited": "ratelimited", "http_500": "internal_error", "error": fault.error}
    return {"ok": False, "error": errors.get(fault.kind, fault.kind)}


def _played(fault: Fault, answer: JSON) -> web.Response:
    if fault.kind == "rate_limited":
        return web.json_response(answer, status=429, headers={"Retry-After": str(int(fault.seconds) or 1)})
    return web.json_response(answer, status=fault.status if fault.kind == "http_500" else 200)


async def _after(fault: Fault, request: web.Request, entry: Entry) -> None:
    if fault.kind == "slow_after":
        await asyncio.sleep(fault.seconds)
    elif fault.kind == "hang_after":
        await _hang(request)
    elif fault.kind == "lost_answer":
        _cut(request)
    entry.ms = round((time.monotonic() - entry.at) * 1000, 3)


def _cut(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()


async def _hang(request: web.Request) -> None:
    """Say nothing until the client goes away."""
    transport: Any = request.transport
    while transport and not transport.is_closing():  # noqa: ASYNC110 (a transport has no event for its end)
        await asyncio.sleep(0.02)
