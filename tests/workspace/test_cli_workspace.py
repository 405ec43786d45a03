"""`headsup workspace …` as a person types it, against a workspace that really runs."""

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from driver_small_app import connected
from typer.testing import CliRunner, Result

from bot.workspace.address import forget_address, read_address, write_address
from bot.workspace.cli import app
from bot.workspace.errors import ControlError
from bot.workspace.server import WorkspaceServer
from bot.workspace.serving import running

Type = Callable[..., Awaitable[Result]]


@pytest.fixture
async def type_in(
    make_server: Callable[..., Awaitable[WorkspaceServer]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Type]:
    """Type a command in a directory where a workspace with the small app runs."""
    monkeypatch.chdir(tmp_path)
    server = await make_server()
    write_address(server.url)

    async def run(*words: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, list(words))

    async with connected(server):
        yield run


async def test_a_request_is_claimed_and_answered_from_the_terminal(type_in: Type):
    said = await type_in("say", "Our login is broken", "--in", "#acme-shared", "--as", "carla")
    assert (said.exit_code, "Our login is broken" in said.stdout) == (0, True)
    assert "#142 owned by jonas" in (await type_in("press", "claim", "--in", "#requests", "--as", "jonas")).stdout
    assert "╭─ Reply to Acme" in (await type_in("press", "Reply", "--as", "mira")).stdout
    assert "Reply to Acme" in (await type_in("show", "modal", "--as", "mira")).stdout
    refused = await type_in("submit", "Send", "--as", "mira", "--set", "Reply=soon")
    assert (refused.exit_code, "✗ “Soon” is no time." in refused.stdout) == (1, True)
    fields = ("--set", "Reply=We are on it = really", "--set", "When=2026-11-23 15:00")
    assert (await type_in("submit", "--as", "mira", *fields)).stdout == "The window closed.\n"


async def test_commands_home_time_and_faults_answer_in_words(type_in: Type):
    assert "You asked for status #1" in (await type_in("slash", "/headsup", "status", "#1")).stdout
    assert "My queue" in (await type_in("show", "home")).stdout
    assert "#requests" in (await type_in("show")).stdout
    assert "It is" in (await type_in("clock", "+1h")).stdout
    assert (
        "slow (0.5 s) on views.open, 1 time."
        in (await type_in("fault", "slow", "views.open", "--seconds", "0.5")).stdout
    )
    assert "slow" in (await type_in("fault", "list")).stdout
    assert "1 fault cleared." in (await type_in("fault", "clear")).stdout
    assert "Reply to Acme" in (await type_in("shortcut", "new_request")).stdout
    assert "closed" in (await type_in("close")).stdout


async def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(type_in: Type):
    result = await type_in("press", "Delete", "--in", "#requests", "--as", "mira")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "there is nothing to press here\n"


async def test_a_clock_that_should_go_back_says_that_it_only_goes_forward(type_in: Type):
    result = await type_in("clock", "-1h")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "'-1h' is over; time only moves forward\n"


@pytest.mark.parametrize("command", ["say", "press", "show", "slash", "shortcut"])
def test_an_example_with_a_number_sign_can_be_pasted_into_a_shell(command: str):
    """Unquoted, # begins a comment: the shell would drop the rest of the line without a word."""
    shown = CliRunner().invoke(app, [command, "--help"], terminal_width=200).stdout
    words = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert '"' in words
    assert "#" not in re.sub(r'"[^"]*"', "", words)


async def test_a_field_without_a_value_is_a_usage_error(type_in: Type):
    result = await type_in("submit", "--set", "Reply")
    assert result.exit_code == 2
    assert "Label=value" in re.sub(r"\x1b\[[0-9;]*m", "", result.stderr)


def test_without_a_workspace_the_cure_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for arguments in (["show"], ["show", "--url", "http://127.0.0.1:9"]):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 1
        assert "start one with `headsup workspace` or `make run`" in result.stderr


def test_the_address_is_forgotten_by_its_own_process_only(tmp_path: Path):
    note = tmp_path / "deep" / "workspace.json"
    forget_address(note)
    write_address("http://127.0.0.1:1", note)
    assert read_address(note) == "http://127.0.0.1:1"
    note.write_text(json.dumps({"url": "http://127.0.0.1:2", "pid": os.getpid() + 1}))
    forget_address(note)
    assert read_address(note) == "http://127.0.0.1:2"
    note.write_text("{")
    with pytest.raises(ControlError, match="no workspace runs here"):
        read_address(note)


async def test_a_taken_port_is_left_to_who_has_it(tmp_path: Path):
    async with running(tmp_path / "one" / "a.db", "127.0.0.1", 0) as first:
        port = int(first.url.rpartition(":")[2])
        async with running(tmp_path / "two" / "b.db", "127.0.0.1", port) as second:
            assert second.url != first.url
            assert read_address(tmp_path / "two" / "workspace.json") == second.url
    assert not (tmp_path / "two" / "workspace.json").exists()


@pytest.mark.processes
async def test_a_workspace_alone_tells_what_happens_ends_on_ctrl_c_and_goes_on_where_it_was(tmp_path: Path):
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": "1"}
    program = "from bot.workspace.cli import app; app()"

    async def headsup_workspace(*words: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", program, *words), cwd=tmp_path, env=environment, stdout=asyncio.subprocess.PIPE
        )

    async def read_until(process: asyncio.subprocess.Process, words: str) -> None:
        assert process.stdout
        async with asyncio.timeout(45):
            while words not in (await process.stdout.readline()).decode():
                assert not process.stdout.at_eof()

    for shown_before in (False, True):
        alone = await headsup_workspace("--port", "0")
        try:
            await read_until(alone, "Ctrl-C ends it.")
            shown = await headsup_workspace("show", "#requests", "--as", "mira")
            assert ("Good morning" in (await shown.communicate())[0].decode()) == shown_before
            if not shown_before:
                said = await headsup_workspace("say", "Good morning", "--in", "#requests", "--as", "mira")
                assert "Good morning" in (await said.communicate())[0].decode()
                await read_until(alone, "Good morning")
            alone.send_signal(signal.SIGINT)
            async with asyncio.timeout(45):
                assert await alone.wait() == 0
            assert not (tmp_path / ".headsup" / "workspace.json").exists()
        finally:
            with contextlib.suppress(ProcessLookupError):
                alone.kill()
