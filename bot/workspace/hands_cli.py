"""The commands by which one lives in a running workspace: look, write, press, move time, break things."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, NoReturn

import typer

from bot.workspace.address import read_address
from bot.workspace.driver import Driver
from bot.workspace.errors import ControlError, UnclearError
from bot.workspace.hands.naming import quote
from bot.workspace.seen import Seen
from bot.workspace.switches import FAULTS
from bot.workspace.typed import CANNOT_BE_READ

As = Annotated[str, typer.Option("--as", envvar="HEADSUP_AS", help="Who acts: a name such as mira.")]
Url = Annotated[str, typer.Option("--url", envvar="HEADSUP_WORKSPACE_URL", help="Address of the workspace.")]
In = Annotated[str, typer.Option("--in", help='Where: "#channel", dm, modal or home.')]
Message = Annotated[str, typer.Option(help="Which message: last, its number, or some of its words.")]
Fields = Annotated[list[str] | None, typer.Option("--set", help='A field by its label: --set "Your words=Thanks".')]


def show(
    where: Annotated[str, typer.Argument(help='"#channel", dm, modal or home; nothing: an overview.')] = "",
    *,
    message: Message = "",
    as_: As = "",
    url: Url = "",
) -> None:
    """Show a channel, a message, the open window or the Home tab as text."""
    _drive(url, lambda driver: driver.show(as_, where, message) if where else driver.overview(as_))


def say(
    text: Annotated[str, typer.Argument(help='The words, as typed; names become links: "ask @jonas in #general".')],
    *,
    where: In,
    thread: Annotated[str, typer.Option(help="Answer in the thread of: last, a number, or some words.")] = "",
    as_: As = "",
    url: Url = "",
) -> None:
    """Write a message in a channel, a thread or the direct messages with the app."""
    if not text.strip():
        _refuse("a message needs words; nothing was sent")
    _drive(url, lambda driver: driver.say(as_, where, text, thread=thread))


def press(
    label: Annotated[
        str, typer.Argument(help='A button, an option of a menu, or "menu=choice"; "Claim#2": the second of that name.')
    ],
    *,
    where: In = "",
    message: Message = "",
    as_: As = "",
    url: Url = "",
) -> None:
    """Press a button by its label; without --in, in the open window or in the newest message that has it."""
    _drive(url, lambda driver: driver.press(as_, where, label, message=message))


def submit(
    button: Annotated[str, typer.Argument(help="The button that sends; nothing: the window's own.")] = "",
    *,
    fields: Fields = None,
    as_: As = "",
    url: Url = "",
) -> None:
    """Fill in the open window and send it."""
    _drive(url, lambda driver: driver.submit(as_, _named(fields or []), button=button))


def close(*, as_: As = "", url: Url = "") -> None:
    """Dismiss the open window."""
    _drive(url, lambda driver: driver.close(as_))


def slash(
    line: Annotated[list[str], typer.Argument(help='The command as typed, in quotes: "/headsup status #1".')],
    *,
    where: In = "dm",
    as_: As = "",
    url: Url = "",
) -> None:
    """Run a slash command."""
    if not _names_a_command(line):
        _refuse('which command? Write for example "/headsup open"')
    _drive(url, lambda driver: driver.slash(as_, where, " ".join(line)))


def shortcut(
    callback_id: Annotated[str, typer.Argument(help="The shortcut's callback_id.")],
    *,
    where: In = "",
    message: Message = "last",
    as_: As = "",
    url: Url = "",
) -> None:
    """Run a global shortcut, or with --in one from a message's menu."""
    _drive(url, lambda driver: driver.shortcut(as_, callback_id, where, message))


def clock(
    words: Annotated[str, typer.Argument(help="+1h, 15:00, tomorrow 08:30 …; nothing: just say the time.")] = "",
    *,
    as_: As = "",
    url: Url = "",
) -> None:
    """Move the workspace's time forward."""
    _drive(url, lambda driver: driver.clock(words, as_))


def fault(
    name: Annotated[str, typer.Argument(help=f"list, clear, or one of: {', '.join(FAULTS)}.")],
    method: Annotated[str, typer.Argument(help="An API method such as chat.postMessage.")] = "*",
    *,
    seconds: Annotated[float | None, typer.Option(help="How slow, or how long until a retry.")] = None,
    times: Annotated[int | None, typer.Option(help="How many calls; 0: until cleared.")] = None,
    error: Annotated[str | None, typer.Option(help="Slack's name of the error, for the fault error.")] = None,
    channel: Annotated[str | None, typer.Option("--in", help="Only calls for this channel.")] = None,
    url: Url = "",
) -> None:
    """Switch a fault on, list what is on, or clear everything."""
    if name == "list":
        return _drive(url, lambda driver: driver.faults())
    if name == "clear":
        return _drive(url, lambda driver: driver.clear_faults())
    options = {"seconds": seconds, "times": times, "error": error, "channel": channel}
    return _drive(url, lambda driver: driver.fault(name, method, **options))


def _named(fields: list[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for given in fields:
        label, equals, words = given.partition("=")
        if not equals:
            raise typer.BadParameter(f'{quote(given)} names no value; write --set "Label=value"')
        named[label.strip()] = words
    return named


def _drive(url: str, act: Callable[[Driver], Awaitable[str | Seen]]) -> None:
    """Do one thing and print what the person sees; a refusal is one sentence on stderr.

    Its exit code is 2 when the words mean nothing here, so that nothing was done, and else 1.
    """
    if url and not re.match(r"https?://[^\s/]", url):
        _refuse(f"{quote(url)} is no address; write one like http://127.0.0.1:7780")
    try:
        seen = asyncio.run(_act(url or read_address(), act))
    except ControlError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(CANNOT_BE_READ if isinstance(problem, UnclearError) else 1) from None
    typer.echo(str(seen))
    if isinstance(seen, Seen) and seen.errors:
        raise typer.Exit(1)


def _names_a_command(line: list[str]) -> bool:
    command = " ".join(line).strip().partition(" ")[0].removeprefix("/")
    return re.fullmatch(r"[\w-]{1,40}", command) is not None and command.strip("-_") != ""


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(CANNOT_BE_READ)


async def _act(url: str, act: Callable[[Driver], Awaitable[str | Seen]]) -> str | Seen:
    ansi = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    width = min(shutil.get_terminal_size((88, 24)).columns, 100)
    async with Driver.at(url, width=width, ansi=ansi) as driver:
        return await act(driver)
