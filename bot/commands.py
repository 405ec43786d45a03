"""What the long-running commands do."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from bot.config import Settings
from bot.errors import ConfigurationError
from bot.running import EVERYTHING, Roles, Running, running, until_stopped
from bot.trial.local import local
from bot.trial.short import feed, sample_cards, their_system
from bot.wiring import build
from bot.workspace.driver import Driver

Say = Callable[[str], None]


def check_roles(settings: Settings, roles: Roles) -> None:
    """Refuse a process that could not do its work, with what is missing."""
    if not settings.has_slack:
        raise ConfigurationError("Set SLACK_BOT_TOKEN first; `headsup run` without it starts the local workspace.")
    if settings.on_sqlite and roles != EVERYTHING:
        raise ConfigurationError(
            "SQLite carries one process only: use `headsup run`, or set DATABASE_URL to a PostgreSQL database."
        )
    if roles.bot and not roles.web and not settings.socket_mode:
        raise ConfigurationError("`headsup bot` speaks Socket Mode: set SLACK_APP_TOKEN, or use `headsup web`.")


async def run_roles(settings: Settings, roles: Roles) -> None:
    """Run some roles against real Slack until the process is asked to end."""
    check_roles(settings, roles)
    async with running(build(settings), roles):
        await until_stopped()


async def run_everything(settings: Settings) -> None:
    """Run all roles against real Slack until the process is asked to end."""
    await run_roles(settings, EVERYTHING)


async def run_local(settings: Settings, say: Say) -> None:
    """Run with the local workspace: show the cards of a first start and what to do next, then tell what happens."""
    async with local(settings, say) as (process, server):
        secret = process.headsup.settings.webhook_secret
        system = await their_system(secret.get_secret_value(), say) if secret else None
        driver = Driver.of(server.control)
        try:
            fed = await feed(process, server)
            if fed:
                say(f"\n{await sample_cards(driver)}")
            say(_welcome(process, fresh=fed))
            async with _following(driver, say):
                await until_stopped()
        finally:
            if system is not None:
                await system.cleanup()
            say("\nStopped. Everything is kept in the folder .headsup; the next start goes on from here.")


@contextlib.asynccontextmanager
async def _following(driver: Driver, say: Say) -> AsyncIterator[None]:
    """Say each new message of the workspace as it comes."""

    async def follow() -> None:
        async for shown in driver.follow("mira"):
            say(f"\n{shown}")

    task = asyncio.create_task(follow())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def _welcome(process: Running, *, fresh: bool) -> str:
    intake = f"{process.serving.url}/intake/webhook" if process.serving else "no address"
    happened = (
        "Three clients have asked for something; their requests stand as cards in #requests."
        if fresh
        else "Everything is as you left it: the cards stand in #requests."
    )
    return (
        f"\nHeadsup runs here with a local stand-in for Slack; webhooks come in at {intake}.\n{happened}\n"
        f'Next, in a second terminal: {_ourselves()} workspace press "Claim" --as mira --in "#requests"'
    )


def _ourselves() -> str:
    """Return how this command is typed from here."""
    if Path(sys.argv[0]).name == "__main__.py":
        return "python -m bot"
    try:
        return str(Path(sys.argv[0]).absolute().relative_to(Path.cwd()))
    except ValueError:
        return "headsup"
