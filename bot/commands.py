"""What the long-running commands do."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from bot.config import Settings
from bot.errors import ConfigurationError
from bot.running import EVERYTHING, Roles, running, until_stopped
from bot.trial.local import PORT, Trial, local
from bot.wiring import build
from bot.workspace.driver import Driver
from bot.workspace.errors import ControlError

Say = Callable[[str], None]

READY_SECONDS = 30.0


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


async def run_local(settings: Settings, say: Say, *, asked: str = "", port: int = PORT) -> None:
    """Run with the local workspace: say where to look, then let the scenario happen."""
    remarks: list[str] = []
    async with local(settings, remarks.append, asked=asked, port=port) as trial:
        remarks += about_ports(settings, port, trial.scenario.name)
        say("\n".join([opening(trial), *(f"\n{remark}" for remark in remarks)]))
        try:
            async with contextlib.AsyncExitStack() as stack:
                if trial.scenario.goes_through_the_night:
                    trial.process.headsup.spawn(_live_the_night(trial, say), "the night")
                else:
                    say(await _first_cards(trial))
                    await stack.enter_async_context(_following(trial, say))
                await until_stopped()
        finally:
            say("\nStopped. Everything is kept in the folder .headsup; the next start goes on from here.")


def opening(trial: Trial) -> str:
    """Return what is said first: where to look, what it is, and how to end it."""
    intake = f"{trial.process.serving.url}/intake/webhook" if trial.process.serving else "no address"
    return (
        f"\nOpen {trial.server.url}/ in a browser.\n\n"
        f"Headsup runs here with a local stand-in for Slack; webhooks come in at {intake}.\n"
        "Nothing leaves this machine, and everything is kept in the folder .headsup.\n"
        "Ctrl-C stops it."
    )


def about_ports(settings: Settings, port: int, scenario: str) -> list[str]:
    """Return a sentence for whoever set PORT and may have meant the page: that has a port of its own."""
    if "port" not in settings.model_fields_set or port != PORT:
        return []
    return [
        (
            f"PORT ({settings.port}) is where webhooks come in. The page has a port of its own: "
            f"headsup workspace --scenario {scenario} --port 8000"
        )
    ]


async def _live_the_night(trial: Trial, say: Say) -> None:
    if not trial.feed.over:
        say("\nA night goes by in half a minute, and what clients wrote in it comes in.")
    if await trial.feed.run():
        say(f"It is morning: {trial.feed.total} requests stand as cards in #requests.")


async def _first_cards(trial: Trial) -> str:
    """Let the scenario happen, and return the team's channel as Mira sees it, with what to do next."""
    driver = Driver.of(trial.server.control)
    next_step = f'Next, in a second terminal: {_ourselves()} workspace press "Claim" --as mira --in "#requests"'
    if not await trial.feed.run():
        return f"\nEverything is as you left it: the cards stand in #requests.\n{next_step}"
    with contextlib.suppress(ControlError):  # whatever is there is shown: a fault may keep a card away
        for client in trial.scenario.clients:
            await driver.until("mira", "#requests", f"· {client.name}", seconds=READY_SECONDS)
    shown = await driver.show("mira", "#requests")
    return (
        f"\n{shown}\n\nThree clients have asked for something; their requests stand as cards in #requests.\n{next_step}"
    )


@contextlib.asynccontextmanager
async def _following(trial: Trial, say: Say) -> AsyncIterator[None]:
    """Say each new message of the workspace as it comes."""

    async def follow() -> None:
        async for shown in Driver.of(trial.server.control).follow("mira"):
            say(f"\n{shown}")

    task = asyncio.create_task(follow())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def _ourselves() -> str:
    """Return how this command is typed from here."""
    if Path(sys.argv[0]).name == "__main__.py":
        return "python -m bot"
    try:
        return str(Path(sys.argv[0]).absolute().relative_to(Path.cwd()))
    except ValueError:
        return "headsup"
