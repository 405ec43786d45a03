"""Where every command prints: what cannot be seen, or would move other words about, reaches no terminal."""

import typer

from bot.domain.characters import visible


def say(text: str, *, err: bool = False) -> None:
    """Print a text and a newline, on standard error when it is a complaint."""
    typer.echo(visible(text), err=err)
