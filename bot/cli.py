"""The command line `headsup`."""

import asyncio
import json
import sys
from typing import Annotated

import typer

from bot.config import Settings, load_settings
from bot.errors import ConfigurationError, HeadsupError, RefusedError
from bot.logs import set_up_logs
from bot.terminal import calendar_cli
from bot.terminal.printing import say
from bot.trial.scenario import NAMES
from bot.workspace.cli import make_app
from bot.workspace.typed import CANNOT_BE_READ, TypedGroup

app = typer.Typer(
    cls=TypedGroup,
    help="Headsup: tells your clients before a promise slips, not after.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

WRONG_SETTINGS = 2
"""The exit code for settings that are missing or wrong."""


def main() -> None:
    """Run the command line; what a person can mend is a sentence on standard error, never a traceback."""
    try:
        app()
    except ConfigurationError as error:
        say(error.sentence, err=True)
        sys.exit(WRONG_SETTINGS)
    except RefusedError as error:
        say(error.sentence, err=True)
        sys.exit(CANNOT_BE_READ)
    except HeadsupError as error:
        say(error.sentence, err=True)
        sys.exit(1)


def _play(scenario: str, port: int) -> None:
    """Run Headsup beside the local workspace, also where Slack tokens are set: nothing of theirs is used."""
    from bot.commands import run_local

    asyncio.run(run_local(_settings(), say, asked=scenario, port=port))


app.add_typer(make_app(NAMES, _play), name="workspace")
app.add_typer(calendar_cli.app, name="calendar")


def _settings() -> Settings:
    settings = load_settings()
    set_up_logs(log_format=settings.log_format, level=settings.log_level)
    return settings


@app.command()
def run() -> None:
    """Run everything in one process: real Slack when tokens are set, else the local workspace."""
    from bot.commands import run_everything, run_local

    settings = _settings()
    asyncio.run(run_everything(settings) if settings.has_slack else run_local(settings, say))


@app.command()
def bot() -> None:
    """Run only the Socket Mode side: presses, commands, events. Any number may run on one PostgreSQL."""
    _run_role(bot=True)


@app.command()
def web() -> None:
    """Run only the HTTP edge: webhooks, signed Slack events, health. Any number may run on one PostgreSQL."""
    _run_role(web=True)


@app.command()
def worker() -> None:
    """Run only planning and delivery. Any number may run on one PostgreSQL."""
    _run_role(worker=True)


def _run_role(**roles: bool) -> None:
    from bot.commands import run_roles
    from bot.running import Roles

    asyncio.run(run_roles(_settings(), Roles(**roles)))


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema. Safe to run again, and from several machines at once."""
    from bot.clock import Clock
    from bot.store import Store
    from bot.store.migrate import migrate as upgrade
    from bot.store.trouble import told

    settings = _settings()
    store = Store(settings.database_url.get_secret_value(), elapsed=Clock().monotonic)
    with told(store.path, settings.database_shown):
        changed = upgrade(store)
    store.close()
    say(f"{settings.database_shown} is up to date" + (" now." if changed else " already."))


@app.command()
def deadline(
    when: Annotated[str, typer.Argument(help="The due time, such as “Mon 09:15” or “2026-12-24 14:00”.")],
    *,
    lead: Annotated[
        list[str] | None,
        typer.Option(
            "--lead", help="How long before, such as 60m; may be repeated. Nothing: the category's, or LADDER."
        ),
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", help="By the ladder of this category, such as “New work”.")
    ] = None,
    member: Annotated[str | None, typer.Option("--member", help="By whose hours; nothing: the team's.")] = None,
    calendar: Annotated[
        str | None, typer.Option("--calendar", help="By these hours, such as “Europe/Helsinki Mon-Fri 09:00-17:00”.")
    ] = None,
    made: Annotated[str | None, typer.Option("--made", help="When the promise is made; nothing: now.")] = None,
) -> None:
    """Say when the nudges of a due time come by anybody's working hours, and why."""
    from bot.terminal.deadline_command import deadline as explained

    say(explained(when, leads=lead or (), category=category, member=member, calendar=calendar, made=made))


@app.command()
def doctor() -> None:
    """Check tokens, permissions, channels, database and clock; every finding comes with its cure."""
    from bot.clock import Clock
    from bot.doctor import examine, exit_code, show

    set_up_logs(level="error")
    findings = asyncio.run(examine(real_now=Clock().wall_now))
    say(show(findings))
    sys.exit(exit_code(findings))


@app.command()
def manifest() -> None:
    """Print the Slack app manifest: paste it at api.slack.com/apps, "From a manifest"."""
    from bot.manifest import build_manifest

    say(json.dumps(build_manifest(_settings()), indent=2, ensure_ascii=False))
