"""`headsup run` without Slack tokens: the local workspace and Headsup in one process, on one adjustable clock."""

import asyncio
import contextlib
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from pydantic import SecretStr

from bot.alone import alone
from bot.clock import Clock
from bot.config import Settings
from bot.errors import ConfigurationError
from bot.manifest import features
from bot.running import EVERYTHING, Running, move_clock, running
from bot.trial.short import THEIR_PORT
from bot.wiring import Headsup, build
from bot.workspace.address import ADDRESS_FILE, forget_address, write_address
from bot.workspace.server import WorkspaceServer

FOLDER = ADDRESS_FILE.parent
PORT = 7780

Say = Callable[[str], None]


@asynccontextmanager
async def local(settings: Settings, say: Say, *, port: int = PORT) -> AsyncIterator[tuple[Running, WorkspaceServer]]:
    """Run the workspace and Headsup on one adjustable clock. A second start continues where the first one ended."""
    with alone(FOLDER / "lock", "The local workspace"):
        async with _both(settings, say, port) as parts:
            yield parts


@asynccontextmanager
async def _both(settings: Settings, say: Say, port: int) -> AsyncIterator[tuple[Running, WorkspaceServer]]:
    clock = Clock()
    parts: list[Headsup] = []
    loop = asyncio.get_running_loop()

    def moved(seconds: float) -> None:
        clock.move(timedelta(seconds=seconds))
        for headsup in parts:
            loop.call_soon_threadsafe(headsup.spawn, move_clock(headsup, timedelta()), "move the clock")

    server = await _start_workspace(clock, moved, port)
    told = _settings_for(settings, server)
    headsup = build(told, clock=clock)
    parts.append(headsup)
    write_address(server.url)
    try:
        async with _running_somewhere(headsup, parts, say) as process:
            yield process, server
    finally:
        forget_address()
        await server.stop()


async def _start_workspace(clock: Clock, moved: Callable[[float], None], port: int) -> WorkspaceServer:
    for wanted in (port, 0):
        server = WorkspaceServer(
            lambda: clock.now().timestamp(),
            path=FOLDER / "workspace.db",
            port=wanted,
            move_clock=moved,
            features=features(),
        )
        try:
            await server.start()
        except OSError:
            await server.stop()
        else:
            return server
    raise ConfigurationError("The local workspace found no free port on 127.0.0.1.")


def _settings_for(settings: Settings, server: WorkspaceServer) -> Settings:
    """Return the settings with the workspace in Slack's place; what a person set themselves stays."""
    return settings.model_copy(
        update={
            "host": "127.0.0.1",
            "database_url": _database_url(settings),
            "slack_bot_token": SecretStr(server.bot_token),
            "slack_app_token": SecretStr(server.app_token),
            "slack_signing_secret": SecretStr(server.signing_secret),
            "slack_api_url": server.api_url,
            "slack_team_channel": settings.slack_team_channel or "requests",
            "lead": settings.lead or "sam",
            "webhook_secret": settings.webhook_secret or SecretStr(_webhook_secret()),
            "webhook_callback_hosts": settings.webhook_callback_hosts or (f"127.0.0.1:{THEIR_PORT}",),
        }
    )


def _database_url(settings: Settings) -> SecretStr:
    """Return the trial's own database, beside the workspace, so that it never mixes with a real installation's."""
    if "database_url" in settings.model_fields_set:
        return settings.database_url
    return SecretStr(f"sqlite:///{FOLDER / 'headsup.db'}")


def _webhook_secret() -> str:
    """Return this folder's own webhook secret, made at the first start."""
    path = FOLDER / "webhook-secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("whsec_" + b64encode(secrets.token_bytes(24)).decode(), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


@asynccontextmanager
async def _running_somewhere(headsup: Headsup, parts: list[Headsup], say: Say) -> AsyncIterator[Running]:
    """Run on the port that was asked for, or on a free one when it is taken."""
    stack = contextlib.AsyncExitStack()
    async with stack:
        try:
            process = await stack.enter_async_context(running(headsup, EVERYTHING))
        except ConfigurationError as error:
            if "listen" not in error.sentence:
                raise
            say(f"Port {headsup.settings.port} is taken, so the webhook listens on a free one.")
            again = build(headsup.settings.model_copy(update={"port": 0}), clock=headsup.clock)
            parts[:] = [again]
            process = await stack.enter_async_context(running(again, EVERYTHING))
        yield process
