"""The Web API over HTTP: who calls, with which token and scopes, how often, with what, and what goes wrong."""

from aiohttp import web

from bot.workspace.blockkit import Problem
from bot.workspace.checking import refuse
from bot.workspace.core import Core
from bot.workspace.errors import RateLimitedError, SlackError
from bot.workspace.methods import METHODS, Method, read_arguments
from bot.workspace.methods.registry import need
from bot.workspace.models import JSON
from bot.workspace.playing import play


async def handle(core: Core, request: web.Request) -> web.StreamResponse:
    """Answer one call."""
    name = request.match_info["method"]
    try:
        token, given = await _read(request)
    except ValueError:
        return web.json_response({"ok": False, "error": "invalid_json"})

    def effect() -> tuple[JSON, web.Response]:
        answer, headers = _call(core, name, token, given)
        status = 429 if answer.get("error") == "ratelimited" else 200
        return answer, web.json_response(answer, status=status, headers=headers)

    return await play(core, request, name, given, effect)


async def _read(request: web.Request) -> tuple[str, JSON]:
    """The token and the arguments; ValueError when a JSON body is none."""
    given: JSON = dict(request.query)
    given.pop("token", None)
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
