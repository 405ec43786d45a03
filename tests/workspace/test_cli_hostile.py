"""`headsup workspace …` with words that mean nothing: one sentence, exit code 2, and nothing was done."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from driver_small_app import connected
from typer.testing import CliRunner, Result

from bot.workspace.address import write_address
from bot.workspace.cli import app
from bot.workspace.server import WorkspaceServer
from tests.support.hostile_words import HOSTILE

Type = Callable[..., Awaitable[Result]]
TAKEN = {
    ("show", "{}"): ("empty", "two dashes"),  # an overview; two dashes only end the options
    ("say", "{}", "--in", "#requests"): ("long", "digits", "many words", "emoji", "a path"),
    ("press", "Claim", "--in", "{}"): ("empty",),  # wherever it stands
    ("show", "#requests", "--message", "{}"): ("empty", "blank"),  # the last one, and one with a blank in it
    ("press", "Claim", "--in", "#requests", "--message", "{}"): ("empty", "blank"),
    ("show", "--as", "{}"): ("empty",),  # whoever is first
    ("show", "--url", "{}"): ("empty",),  # the one that runs here
    ("submit", "{}"): ("empty", "two dashes"),  # the window's own button
    ("clock", "{}"): ("empty", "two dashes"),  # only says the time
    ("fault", "slow", "--in", "{}"): ("empty",),  # all of them
    ("fault", "slow", "{}"): ("two dashes",),  # the end of the options
    ("close", "{}"): ("two dashes",),
    ("submit", "--set", "Kind={}"): ("empty", "blank"),  # nothing is chosen there
    ("slash", "{}"): ("many words",),  # a command that no app has, with words for it
}
COMMANDS: tuple[tuple[str, ...], ...] = (
    *TAKEN,
    ("say", "hi", "--in", "{}"),
    ("press", "{}", "--in", "#requests"),
    ("submit", "--set", "{}"),
    ("submit", "--set", "{}=x"),
    ("shortcut", "{}", "--in", "#requests", "--message", "nowhere"),
    ("clock", "+{}"),
    ("clock", "+{}h"),
    ("fault", "{}"),
    ("fault", "error", "--error", "{}"),
    ("fault", "slow", "--seconds", "{}"),
    ("fault", "slow", "--times", "{}"),
    ("--scenario", "x{}"),
    ("--port", "{}"),
    ("{}x",),
)


@pytest.fixture
async def type_in(
    make_server: Callable[..., Awaitable[WorkspaceServer]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Type]:
    """Type a command where a workspace with the small app runs, with a card in #requests."""
    monkeypatch.chdir(tmp_path)
    server = await make_server()
    write_address(server.url)

    async def run(*words: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, list(words))

    async with connected(server):
        await run("say", "Our login is broken", "--in", "#acme-shared", "--as", "carla")
        await run("press", "Reply", "--in", "#requests", "--as", "mira")
        yield run


def words_of(result: Result) -> str:
    plain = re.sub(r"\x1b\[[0-9;]*m|[│╭╮╰╯─]", "", result.stderr)
    return " ".join(plain.split())


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
async def test_words_that_mean_nothing_are_one_sentence_and_exit_code_2(type_in: Type, command: tuple[str, ...]):
    for kind, hostile in HOSTILE.items():
        if kind in TAKEN.get(command, ()):
            continue
        result = await type_in(*(word.replace("{}", hostile) for word in command))
        said = words_of(result)
        assert result.exit_code == 2, (kind, result.exit_code, said[-300:], result.stdout[-300:], result.exception)
        assert result.stdout == ""
        assert "Traceback" not in said
        assert 10 < len(said) < 700, (kind, said)
        assert re.search(r"\w", said)


async def test_words_that_are_text_are_said_as_they_are(type_in: Type):
    for kind in ("long", "emoji", "a path"):
        result = await type_in("say", HOSTILE[kind], "--in", "#general", "--as", "mira")
        assert (result.exit_code, result.stderr) == (0, "")
        assert HOSTILE[kind] in re.sub(r"\s", "", result.stdout)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("fault", "slow", "--seconds", "nan"), "a fault lasts from 0 to 3600 seconds"),
        (("fault", "slow", "--seconds", "inf"), "a fault lasts from 0 to 3600 seconds"),
        (("fault", "slow", "--seconds", "-1"), "a fault lasts from 0 to 3600 seconds"),
        (("fault", "slow", "--times", "-1"), "a fault meets a number of calls, or with 0 all until it is cleared"),
        (("fault", "slow", "no method"), "'no method' is no API method; write one like chat.postMessage, or *"),
        (("say", " ", "--in", "#general"), "a message needs words; nothing was sent"),
        (("slash", ""), 'which command? Write for example "/headsup open"'),
        (("show", "--url", "nowhere"), "'nowhere' is no address; write one like http://127.0.0.1:7780"),
    ],
)
async def test_what_is_meant_is_said_with_the_refusal(type_in: Type, words: tuple[str, ...], sentence: str):
    result = await type_in(*words)
    assert (result.exit_code, result.stderr) == (2, f"{sentence}\n")


@pytest.mark.parametrize("name", ["n" * 5_000, "no database.txt", "a folder"])
def test_a_file_that_cannot_be_the_workspaces_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "no database.txt").write_text("a letter of several lines\n" * 200)
    (tmp_path / "a folder").mkdir()
    result = CliRunner().invoke(app, ["--file", name, "--port", "0"])
    assert result.exit_code == 2, (result.exception, result.output[-300:])
    assert "is not the file of a workspace" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert len(result.stderr) < 300
