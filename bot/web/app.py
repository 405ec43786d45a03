"""The web application: every route, and what holds for all of them."""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import TypeAlias

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.domain.health import Health
from bot.errors import HeadsupError
from bot.intake.webhook import LARGEST_WITH_ATTACHMENTS
from bot.services.context import Do
from bot.web.health import HealthRoutes
from bot.web.intake import WebhookRoute
from bot.web.metrics import Metrics
from bot.web.slack import SlackRoute

SECURITY = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Server": "Headsup",
    "X-Content-Type-Options": "nosniff",
}

SlackDispatch: TypeAlias = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]

log = structlog.get_logger()


def build_web(
    *,
    do: Do,
    now: Callable[[], datetime],
    ready: Callable[[], Awaitable[Health]],
    webhook_secret: str | None = None,
    callback_hosts: Collection[str] = (),
    slack: SlackDispatch | None = None,
    metrics: Metrics | None = None,
) -> web.Application:
    """Build the web application.

    `slack` is `AsyncApp.async_dispatch` of an app that was given a signing secret: it verifies what it is handed.
    None when Slack's events come over Socket Mode. `ready` says whether this process can do its work.
    """
    metrics = metrics or Metrics()
    app = web.Application(client_max_size=LARGEST_WITH_ATTACHMENTS, middlewares=[_counted(metrics), _answered_in_json])
    app.on_response_prepare.append(_secured)
    health = HealthRoutes(ready_check=ready, metrics=metrics)
    intake = WebhookRoute(do=do, now=now, secret=webhook_secret, hosts=tuple(callback_hosts), metrics=metrics)
    app.add_routes(
        [
            web.post("/intake/webhook", intake.take),
            web.post("/slack/events", SlackRoute(slack).take),
            web.get("/healthz", health.alive),
            web.get("/readyz", health.ready),
            web.get("/metrics", health.measured),
        ]
    )
    return app


def _counted(metrics: Metrics) -> Middleware:
    @web.middleware
    async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        resource = request.match_info.route.resource
        metrics.answered(resource.canonical if resource else "other", response.status)
        return response

    return count


@web.middleware
async def _answered_in_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every failure with a JSON reason; what went wrong inside stays inside."""
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        megabytes = LARGEST_WITH_ATTACHMENTS // (1024 * 1024)
        return web.json_response({"error": f"the body is larger than {megabytes} MiB"}, status=413)
    except web.HTTPException as refused:
        headers = {"Allow": refused.headers["Allow"]} if "Allow" in refused.headers else None
        return web.json_response({"error": refused.reason.lower()}, status=refused.status, headers=headers)
    except HeadsupError as error:
        log.exception("A web request failed.", path=request.path)
        return web.json_response({"error": error.sentence}, status=500)
    except Exception:
        log.exception("A web request failed.", path=request.path)
        return web.json_response({"error": (HeadsupError.__doc__ or "").strip()}, status=500)


async def _secured(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(SECURITY)
