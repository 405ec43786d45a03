"""`POST /slack/events`: Slack's signed calls (events, interactions, commands), handed to Bolt, which verifies them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.web.body import read_body


@dataclass(frozen=True, slots=True)
class SlackRoute:
    """Hands Slack's calls to `AsyncApp.async_dispatch`; None when they come over Socket Mode."""

    dispatch: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]] | None

    async def take(self, request: web.Request) -> web.Response:
        """Answer what Bolt answers. A failure is a 5xx: Slack delivers events again, a person presses again."""
        if self.dispatch is None:
            return web.json_response({"error": "Slack's events come over Socket Mode here"}, status=404)
        raw = await read_body(request)
        try:
            body = raw.decode("utf-8")
        except UnicodeDecodeError:
            return web.json_response({"error": "the body is not UTF-8"}, status=400)
        headers: dict[str, str | Sequence[str]] = dict(request.headers)
        answer = await self.dispatch(AsyncBoltRequest(body=body, query=request.query_string, headers=headers))
        return await to_aiohttp_response(answer)
