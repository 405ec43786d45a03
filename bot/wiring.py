"""The one place where parts are put together. Nothing here runs until `start`."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks.away.away_posts import build_away_post
from bot.blocks.cards.card import build_card
from bot.blocks.cards.client_post import build_client_post
from bot.blocks.cards.thread import build_thread_post
from bot.blocks.notice import build_notice
from bot.blocks.nudges.nudge import build_nudge
from bot.clock import Clock
from bot.config import Settings
from bot.domain.ladder.nudges import Ladder
from bot.domain.snapshots.client import ClientPost
from bot.domain.snapshots.nudge import Nudge
from bot.outbound.base import Way
from bot.outbound.slack_client import build_client
from bot.outbound.slack_people import Ourselves
from bot.outbound.slack_screens import SlackScreens
from bot.outbound.slack_ways import Channels, SlackWay
from bot.outbound.webhook import WebhookWay
from bot.scheduler import Scheduler
from bot.services.context import Desk, Policy
from bot.services.outbox.delivering import Delivery
from bot.store import Store
from handlers import register_all

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Known:
    """What we learn from Slack after the start; presses are answered before it is known."""

    ourselves: Ourselves | None = None
    team_channel: str | None = None


@dataclass(slots=True)
class Headsup:
    """The parts of one process, put together."""

    settings: Settings
    clock: Clock
    desk: Desk
    delivery: Delivery
    scheduler: Scheduler
    client: AsyncWebClient
    screens: SlackScreens
    app: AsyncApp
    known: Known
    synced: asyncio.Event = field(default_factory=asyncio.Event)
    background: set[asyncio.Task[Any]] = field(default_factory=set)

    def spawn(self, work: Any, name: str) -> asyncio.Task[Any]:
        """Run something beside everything else until the process stops; a failure is logged."""
        task: asyncio.Task[Any] = asyncio.create_task(_logged(work, name), name=name)
        self.background.add(task)
        task.add_done_callback(self.background.discard)
        return task

    async def close(self) -> None:
        """Stop what runs in the background, let services finish, close the database."""
        await self.scheduler.stop()
        for task in list(self.background):
            task.cancel()
        for task in list(self.background):
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await asyncio.to_thread(self.desk.close)


async def _logged(work: Any, name: str) -> Any:
    try:
        return await work
    except asyncio.CancelledError:
        raise
    except Exception:
        log.exception("Something in the background failed.", action=name)
        return None


def policy_of(settings: Settings) -> Policy:
    """Return the team's rules from the settings."""
    return Policy(
        lead=settings.lead,
        team_channel=settings.slack_team_channel,
        ladder=Ladder(leads=settings.ladder),
        calendar=settings.team_calendar,
        undo=settings.undo_seconds,
        first_answer=settings.target_first_answer,
        next_answer=settings.target_next_answer,
    )


def build(settings: Settings, *, clock: Clock | None = None, store: Store | None = None) -> Headsup:
    """Put the parts of one process together. Replacements are for tests and the local workspace."""
    clock = clock or Clock()
    store = store or Store(settings.database_url.get_secret_value(), elapsed=clock.monotonic)
    known = Known()
    client = build_client(_secret(settings.slack_bot_token), base_url=settings.slack_api_url)
    ways = _build_ways(settings, client, clock, lambda: known.team_channel)
    desk = Desk(store, clock, policy_of(settings), freezers={kind: way.freeze for kind, way in ways.items()})
    screens = SlackScreens(client, lambda: known.team_channel)
    app = _build_app(settings, known)
    background: set[asyncio.Task[Any]] = set()
    register_all(
        app,
        do=desk.do,
        read=desk.read,
        screens=screens,
        now=clock.now,
        team_channel=lambda: known.team_channel,
        background=background,
    )
    return Headsup(
        settings=settings,
        clock=clock,
        desk=desk,
        delivery=Delivery(desk, ways),
        scheduler=Scheduler(desk, name=f"{socket.gethostname()}:{os.getpid()}"),
        client=client,
        screens=screens,
        app=app,
        known=known,
        background=background,
    )


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value is not None else ""


def _build_ways(
    settings: Settings, client: AsyncWebClient, clock: Clock, team_channel: Callable[[], str | None]
) -> dict[str, Way]:
    channels = Channels(client, team_channel)

    def to_client(post: ClientPost) -> dict[str, Any]:
        return {**build_client_post(post), "thread_ts": post.thread}

    def nudged(nudge: Nudge) -> dict[str, Any]:
        return dict(build_nudge(nudge, now=clock.now()))

    return {
        "card": SlackWay(client, channels, lambda card: dict(build_card(card, now=clock.now()))),
        "thread": SlackWay(client, channels, lambda post: dict(build_thread_post(post))),
        "notice": SlackWay(client, channels, lambda sentence: dict(build_notice(sentence))),
        "nudge": SlackWay(client, channels, nudged),
        "away": SlackWay(client, channels, lambda post: dict(build_away_post(post))),
        "channel": SlackWay(client, channels, to_client),
        "answered": SlackWay(client, channels, to_client),
        "webhook": WebhookWay(
            secret=_secret(settings.webhook_secret) or None,
            hosts=settings.webhook_callback_hosts,
            real_now=clock.wall_now,
        ),
    }


def _build_app(settings: Settings, known: Known) -> AsyncApp:
    """Build Bolt's app with a ready answer to "who is this?": asking Slack would hang every press when Slack hangs."""
    token = _secret(settings.slack_bot_token)

    async def authorize(**_facts: Any) -> AuthorizeResult:
        ours = known.ourselves
        return AuthorizeResult(
            enterprise_id=None,
            team_id=ours.team if ours else None,
            bot_user_id=ours.user if ours else None,
            bot_id=ours.bot if ours else None,
            bot_token=token,
        )

    return AsyncApp(
        name="headsup",
        client=build_client(None, base_url=settings.slack_api_url),
        authorize=authorize,
        signing_secret=_secret(settings.slack_signing_secret) or "socket-mode-has-no-signatures",
        process_before_response=True,
    )
