"""`headsup workspace`: run the local workspace, alone or in a scenario; with hands for one that runs."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.workspace.address import ADDRESS_FILE
from bot.workspace.errors import ControlError
from bot.workspace.hands.naming import enumerate_names, quote
from bot.workspace.hands_cli import clock, close, fault, press, say, shortcut, show, slash, submit
from bot.workspace.serving import PORT, serve
from bot.workspace.typed import CANNOT_BE_READ, TypedGroup

_DATABASE: Final = ADDRESS_FILE.with_name("workspace.db")
_HOST: Final = "127.0.0.1"


def make_app(scenarios: Sequence[str] = (), play: Callable[[str, int], None] | None = None) -> typer.Typer:
    """The command line of the workspace. Whoever has an app to try beside it hands in scenarios.

    `play` lives one until Ctrl-C, given its name and the wanted port of the workspace.
    """
    app = typer.Typer(
        cls=TypedGroup,
        help="The local workspace: a stand-in for Slack on this machine, and hands to use it.",
        invoke_without_command=True,
        no_args_is_help=False,
    )
    offered = f"Live a scenario with the app: {', '.join(scenarios) or 'there is none'}. Without: the workspace alone."

    @app.callback()
    def run(
        ctx: typer.Context,
        scenario: Annotated[str, typer.Option(help=offered)] = "",
        port: Annotated[
            int, typer.Option(min=0, max=65535, help="Port; the next free one is taken when it is in use.")
        ] = PORT,
        host: Annotated[str, typer.Option(help="Address to listen at.")] = _HOST,
        file: Annotated[Path, typer.Option(help="Where the workspace keeps itself.")] = _DATABASE,
    ) -> None:
        """Run the workspace until Ctrl-C, alone or in a scenario; the commands below use one that runs."""
        if ctx.invoked_subcommand is not None:
            return
        if not scenario:
            _serve_alone(file, host, port)
        elif scenario not in scenarios or play is None:
            _refuse(f"there is no scenario {quote(scenario)}; there is {enumerate_names(scenarios) or 'none here'}")
        elif (host, file) != (_HOST, _DATABASE):
            _refuse(f"--host and --file are for the workspace alone; a scenario lives in the folder {_DATABASE.parent}")
        else:
            play(scenario, port)

    for command in (show, say, press, submit, close, slash, shortcut, clock, fault):
        lenient = {"ignore_unknown_options": command is clock}  # -1h is no option, and gets its own answer
        app.command(context_settings=lenient)(command)
    return app


def _serve_alone(file: Path, host: str, port: int) -> None:
    try:
        asyncio.run(serve(file, host, port, typer.echo))
    except ControlError as problem:
        _refuse(str(problem))
    except (OSError, sqlite3.Error) as problem:
        _refuse(f"{quote(str(file))} is not the file of a workspace: {getattr(problem, 'strerror', None) or problem}")


def _refuse(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(CANNOT_BE_READ)


app = make_app()
