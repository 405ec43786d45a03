"""response_url: five posts within thirty minutes, to one person unless said otherwise (docs: /interactivity)."""

from typing import Any, Final

from aiohttp import web

from bot.workspace.blockkit import Problem
from bot.workspace.checking import refuse, require_message
from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.models import JSON, Message
from bot.workspace.playing import play
from bot.workspace.posting import change, content, delete, post_from_app, whisper
from bot.workspace.text import escape_posted
from bot.workspace.triggers import ResponseUrl

FIELDS: Final = frozenset(
    {"text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts", "metadata"}
    | {"mrkdwn", "unfurl_links", "unfurl_media"}
)


async def handle(core: Core, request: web.Request) -> web.StreamResponse:
    """Answer a post to a response URL: `ok`, or Slack's error with its status."""
    try:
        args = await request.json()
    except ValueError:
        args = None
    if not isinstance(args, dict):
        return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
    key, given = request.match_info["key"], args

    def effect() -> tuple[JSON, web.Response]:
        try:
            respond(core, key, given)
        except SlackError as problem:
            status = 404 if problem.code in {"used_url", "expired_url"} else 400
            answer = {"ok": False, "error": problem.code, **problem.fields}
            return answer, web.json_response(answer, status=status)
        return {"ok": True}, web.Response(text="ok")

    return await play(core, request, "response_url", given, effect)


def respond(core: Core, key: str, args: JSON) -> None:
    """Take one post to a response URL."""
    url = core.response_urls.take(key)
    unknown = [Problem("invalid_arguments", f"/{name}", "unknown argument") for name in args.keys() - FIELDS]
    refuse(core, "response_url", args, unknown)
    original = _original(core, url)
    if args.get("delete_original"):
        if original:
            _remove(core, original)
    else:
        require_message(core, "response_url", args)
        _say(core, url, args, original if _replaces(args, original) else None)


def _original(core: Core, url: ResponseUrl) -> Message | None:
    log = core.state.logs.get(url.channel)
    return log.messages.get(url.ts) if log and url.ts else None


def _replaces(args: JSON, original: Message | None) -> bool:
    """Without a word about it, an answer to a message that everyone sees stands beside it."""
    return bool(original) and bool(args.get("replace_original", bool(original and original.audience)))


def _remove(core: Core, message: Message) -> None:
    if message.audience:
        core.state.remove_message(message)
    else:
        delete(core, message, core.state.bot_user)


def _say(core: Core, url: ResponseUrl, args: JSON, original: Message | None) -> None:
    if original and original.audience:
        parts = content(args, original.ts)
        fields: dict[str, Any] = {"text": escape_posted(args.get("text") or ""), "blocks": None, "attachments": None}
        original.body = {key: value for key, value in {**original.body, **fields, **parts}.items() if value is not None}
        original.chosen.clear()
        core.state.changed("message", f"{original.channel}/{original.ts}")
    elif original:
        parts = content(args, original.ts)
        text = escape_posted(args.get("text") or "")
        blocks, attachments = parts.get("blocks"), parts.get("attachments")
        change(core, original, core.state.bot_user, text=text, blocks=blocks, attachments=attachments)
    elif args.get("response_type") == "in_channel":
        post_from_app(core, core.state.channels[url.channel], args)
    else:
        whisper(core, url.channel, url.user, args)
