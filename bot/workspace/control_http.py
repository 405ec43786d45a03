"""The control interface over HTTP, for programs on this machine only."""

import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.workspace.control import Control
from bot.workspace.control.arguments import checked
from bot.workspace.errors import ControlError
from bot.workspace.models import JSON

QUERIES: Final = frozenset(
    {"state", "read", "messages", "ephemerals", "views", "home", "journal", "refusals", "clock", "faults"}
    | {"clock_for", "connections", "wait", "settle", "unread", "wait_connected"}
)
"""Verbs that change nothing: GET with query arguments, or POST."""

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names of this machine to itself."""


def _verbs(control: Control) -> dict[str, Callable[..., Any]]:
    names = [name for name in dir(control) if not name.startswith("_") and name != "core"]
    return {name: getattr(control, name) for name in names}


def guard(request: web.Request) -> None:
    """Only this machine, and no page of another origin: a browser must not be talked into pressing buttons.

    It stands before every request, because the tokens are no secrets.
    """
    host = urlsplit(f"//{request.host}").hostname
    if host not in LOOPBACK:
        raise _refused(403, "the workspace answers on loopback names only")
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        raise _refused(403, "the workspace does not answer pages of another origin")
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        raise _refused(403, "the workspace does not answer pages of another site")


def _refused(status: int, sentence: str) -> web.HTTPException:
    kinds: dict[int, type[web.HTTPException]] = {403: web.HTTPForbidden, 404: web.HTTPNotFound, 400: web.HTTPBadRequest}
    return kinds[status](text=json.dumps({"ok": False, "error": sentence}), content_type="application/json")


async def handle(control: Control, request: web.Request) -> web.Response:
    """Answer `POST /control/VERB` with a JSON object of arguments: `ok` with a `result`, or not ok with an `error`."""
    name = request.match_info["verb"]
    verb = _verbs(control).get(name)
    if not verb or (request.method == "GET" and name not in QUERIES):
        raise _refused(404, f"there is no verb {name} for {request.method}")
    arguments = await _arguments(request)
    try:
        arguments = checked(verb, arguments, in_words=request.method == "GET")
        bound = inspect.signature(verb).bind(**arguments)
        found = verb(*bound.args, **bound.kwargs)
        result = await found if isinstance(found, Awaitable) else found
    except (ControlError, TypeError, ValueError, KeyError) as problem:
        raise _refused(400, str(problem)) from problem
    return web.json_response({"ok": True, "result": _plain(result)})


async def _arguments(request: web.Request) -> JSON:
    if request.method == "GET":
        return dict(request.query)
    if request.content_type != "application/json":
        raise _refused(400, "send a JSON object with content type application/json")
    try:
        body = await request.json() if request.can_read_body else {}
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise _refused(400, "send a JSON object")
    return body


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.to_json() if hasattr(value, "to_json") else value
