"""Words as they are typed in a terminal: what no text can hold is refused before anything else looks at them."""

import re
from collections.abc import Iterable
from typing import Any, Final, cast

import typer
from typer.core import TyperGroup

from bot.workspace.hands.naming import quote

CANNOT_BE_READ: Final = 2
"""The exit code for words that mean nothing here; what was understood and refused, or went wrong, has 1."""

_NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")
"""NUL, and halves of surrogate pairs: what bytes that are no UTF-8 become in Python's `sys.argv`."""

_LONG: Final = re.compile(r"(\S{59})\S{2,}")
_MOST: Final = 300
_UsageError: Final = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])
"""What `typer.BadParameter` is one of: typer itself does not export it."""


class TypedGroup(TyperGroup):
    """A group of commands that takes text only, and of much text says the beginning in what it refuses."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse what is no text, of all commands of the group, with a sentence and exit code 2."""
        refuse_what_is_no_text(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; words in a usage error are said in short."""
        try:
            return super().invoke(ctx)
        except _UsageError as error:
            short = _LONG.sub(r"\1…", error.message)
            error.message = short if len(short) <= _MOST else f"{short[:_MOST]}…"
            raise


def refuse_what_is_no_text(words: Iterable[str]) -> None:
    """Say which of the words is no text, and end with exit code 2."""
    for word in words:
        if _NO_TEXT.search(word):
            typer.echo(f"{quote(word)} has characters that no text can hold; type it again without them", err=True)
            raise typer.Exit(CANNOT_BE_READ)
