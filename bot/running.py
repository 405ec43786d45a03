"""Starting, watching and stopping the parts of one process: bot (Socket Mode), web, worker, or all of them."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot import syncing
from bot.alone import alone
from bot.clock_guard import ClockGuard
from bot.clock_jumps import Jumps, follow_clock
from bot.domain.health import Health
from bot.outbound.slack_client import build_client
from bot.quiet_times import QuietTimes
from bot.services import installation
from bot.services.audit import heartbeat
from bot.services.outbox import delivering
from bot.services.reading import asking
from bot.services.settings.calendar_saving import extend_holidays
from bot.store.migrate import check_revision, migrate
from bot.store.trouble import told
from bot.web.app import build_web
from bot.web.server import Serving, serve
from bot.wiring import Headsup

log = structlog.get_logger(__name__)

PING_SECONDS = 2.0
"""A dead link is found after four of these (SDK: aiohttp client)."""

RECONNECT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Roles:
    """What a process does. Delivery runs in every one: the database referees."""

    bot: bool = False
    web: bool = False
    worker: bool = False


EVERYTHING = Roles(bot=True, web=True, worker=True)


@dataclass(slots=True)
class Running:
    """A started process: its parts, and where its web edge listens."""

    headsup: Headsup
    roles: Roles
    quiet: QuietTimes
    serving: Serving | None = None
    socket: AsyncSocketModeHandler | None = None
    connected: asyncio.Event = field(default_factory=asyncio.Event)

    async def health(self) -> Health:
        """Say whether this process can do its work; every problem is a sentence."""
        health = await self.headsup.desk.read(asking.health_of)
        problems = list(health.problems)
        problems += [why for why in (self.headsup.delivery.locked_out, self.headsup.delivery.paused) if why]
        if self.roles.worker and self.headsup.scheduler.is_late():
            problems.append("Planning has not finished for three ticks: promises may slip without word.")
        if self.roles.bot and self.socket is not None and not self.connected.is_set():
            problems.append("Slack is not connected yet.")
        ready = health.ready and len(problems) == len(health.problems)
        beat = await self.headsup.desk.read(heartbeat.last_beat)
        now = self.headsup.clock.wall_now()
        if not self.roles.worker and (beat is None or beat.is_late(now)):
            problems.append("No worker has planned for three ticks: promises may slip without word.")
        age = (now - beat.at).total_seconds() if beat else None
        return replace(health, ready=ready, problems=tuple(problems), tick_age_s=age)


@asynccontextmanager
async def running(headsup: Headsup, roles: Roles) -> AsyncIterator[Running]:
    """Start the parts of a process and stop them in order. Nothing here waits for Slack.

    A database that cannot be used is a DatabaseError, whose sentence names the cure.
    """
    with contextlib.ExitStack() as stack:
        path = headsup.desk.store.path
        stack.enter_context(told(path, headsup.settings.database_shown))
        if path is not None:
            stack.enter_context(alone(path.with_name(f"{path.name}.lock"), f"Headsup on {path.name}"))
        async with _started(headsup, roles) as process:
            yield process


@asynccontextmanager
async def _started(headsup: Headsup, roles: Roles) -> AsyncIterator[Running]:
    await asyncio.to_thread(_check_schema, headsup)
    await syncing.recall(headsup)
    if headsup.settings.slack_on_loopback:  # only the local workspace has a clock that was moved
        headsup.clock.set_offset(await headsup.desk.read(installation.clock_offset))
    await headsup.desk.do(delivering.begin_boot)
    process = Running(headsup, roles, QuietTimes(headsup.desk, headsup.client))
    jumps = Jumps(headsup, process.quiet, plans=roles.worker)
    unlisten = headsup.clock.on_move(jumps.moved)
    try:
        if roles.web:
            process.serving = await _serve(process)
        if roles.bot and headsup.settings.slack_app_token is not None:
            process.socket = _build_socket(process)
            headsup.spawn(_stay_connected(process), "socket mode")
        if roles.worker:
            headsup.scheduler.start()
            headsup.scheduler.every_hour("sync", lambda: syncing.sync(headsup))
            headsup.scheduler.every_hour("holidays", lambda: headsup.desk.do(extend_holidays))
            headsup.spawn(process.quiet.keep(headsup.synced), "do not disturb")
        headsup.spawn(ClockGuard(headsup.clock).watch(jumps.jumped), "clock guard")
        headsup.spawn(headsup.delivery.run(), "delivery")
        headsup.spawn(syncing.sync_until_done(headsup), "sync")
        if headsup.settings.slack_on_loopback:
            headsup.spawn(follow_clock(headsup), "follow the clock")
        yield process
    finally:
        unlisten()
        if process.socket is not None:
            with contextlib.suppress(Exception):  # the link may be half open; we are leaving anyway
                await process.socket.close_async()  # type: ignore[no-untyped-call]
        if process.serving is not None:
            await process.serving.close()
        await headsup.close()


def _check_schema(headsup: Headsup) -> None:
    if headsup.settings.on_sqlite:
        migrate(headsup.desk.store)
        return
    check_revision(headsup.desk.store)


async def _serve(process: Running) -> Serving:
    headsup, settings = process.headsup, process.headsup.settings
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
    app = build_web(
        do=headsup.desk.do,
        now=headsup.clock.now,
        ready=process.health,
        webhook_secret=secret,
        callback_hosts=settings.webhook_callback_hosts,
        slack=headsup.app.async_dispatch if settings.slack_signing_secret else None,
    )
    return await serve(app, host=settings.host, port=settings.port)


def _build_socket(process: Running) -> AsyncSocketModeHandler:
    headsup, settings = process.headsup, process.headsup.settings
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    opener = build_client(token, base_url=settings.slack_api_url)
    handler = AsyncSocketModeHandler(headsup.app, app_token=token, web_client=opener, ping_interval=PING_SECONDS)
    if settings.slack_on_loopback:
        handler.client.proxy = None

    async def greeted(_client: Any, message: dict[str, Any], _raw: str | None) -> None:
        if message.get("type") == "hello":
            again = process.connected.is_set()
            process.connected.set()
            if again:
                headsup.spawn(syncing.sync_until_done(headsup), "sync after reconnect")

    handler.client.message_listeners.append(greeted)
    return handler


async def _stay_connected(process: Running) -> None:
    """Connect; the SDK's client reconnects by itself afterwards. A start while Slack is down tries again."""
    while process.socket is not None:
        try:
            await process.socket.connect_async()  # type: ignore[no-untyped-call]
        except Exception as error:  # noqa: BLE001 - whatever keeps us from Slack, we keep trying and say so
            log.warning("Slack cannot be reached yet.", action="connect", why=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)
        else:
            return


async def move_clock(headsup: Headsup, forward: timedelta) -> None:
    """Move the clock forward and remember it; what is due by then is planned and delivered at once."""
    headsup.clock.move(forward)
    await headsup.desk.do(installation.clock_moved, offset=headsup.clock.offset)


async def until_stopped() -> None:
    """Return when the process is asked to end (Ctrl-C, SIGTERM)."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await stop.wait()
