"""The walk in docs/terminal.md, for real: every command is run as it stands, and what it shows is what comes."""

import asyncio
import os
import re
import shlex
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.config import NAMES
from tests.support.processes import free_port
from tests.test_docs import README, ROOT, blocks

TERMINAL = (ROOT / "docs/terminal.md").read_text(encoding="utf-8")

PATIENCE = 30.0
"""Seconds (real) after which what is shown has not come."""

MAY_BE_ASKED_AGAIN = ("show", "slash")

SAME = (
    (r"127\.0\.0\.1:\d+", "ADDRESS"),
    (r"\b\d{1,2}:\d\d(:\d\d)?( (am|pm|noon|midnight))?", "TIME"),
    (r"\b([Tt]oday|[Tt]omorrow|[Yy]esterday)(, \w+day)?\b", "DAY"),
    (r"\bin \d+ s\b", "in SECONDS"),
    (r"[│┃╭╮╰╯─]", " "),
    (r"\s+", " "),
    (r"\bmidnight (tonight, )?at the end of (DAY|\w+day(, \d+ \w+)?)", "TIME DAY"),
)
"""What differs from run to run: where, when, and where lines break."""


def plain(text: str) -> str:
    for pattern, instead in SAME:
        text = re.sub(pattern, instead, text)
    return text.strip()


@dataclass(frozen=True)
class Typed:
    """A line to type, and the pieces that must be shown under it, in this order."""

    line: str
    shown: tuple[str, ...]

    def is_in(self, output: str) -> bool:
        rest = plain(output)
        for piece in self.shown:
            _, found, rest = rest.partition(piece)
            if not found:
                return False
        return True


def steps() -> list[Typed]:
    """What the document tells to type."""
    typed = [part for body in blocks(TERMINAL, "console") for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]]
    return [
        Typed(line, tuple(found for piece in shown.split("…\n") if (found := plain(piece))))
        for line, _, shown in (part.partition("\n") for part in typed)
    ]


@dataclass
class Folder:
    """A fresh folder in which a reader tries Headsup."""

    path: Path
    env: dict[str, str]

    async def run(self, *words: str) -> str:
        """Run a command to its end and return all that it says; it must succeed."""
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *words,
            cwd=self.path,
            env=self.env,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said = (await child.communicate())[0].decode()
        assert child.returncode == 0, f"{shlex.join(words)} says: {said}"
        return said

    async def type(self, step: Typed) -> None:
        """Type a line of the document; looking is repeated until what is shown there has come."""
        words = shlex.split(step.line)[1:]
        deadline = time.monotonic() + PATIENCE
        said = await self.run("-m", "bot", *words)
        while not step.is_in(said):
            again = words[1] in MAY_BE_ASKED_AGAIN and time.monotonic() < deadline
            assert again, f"{step.line}\nshould show {step.shown}\nbut says\n{said}"
            await asyncio.sleep(0.2)
            said = await self.run("-m", "bot", *words)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    ours = {"HOST": "127.0.0.1", "PORT": str(free_port()), "UNDO_SECONDS": "2", "COLUMNS": "88"}
    return Folder(tmp_path, {**clean, **ours, "PYTHONPATH": str(ROOT)})


@asynccontextmanager
async def started(folder: Folder, welcome: Typed) -> AsyncIterator[None]:
    """What the first line starts, from its welcome until Ctrl-C."""
    log = folder.path / "run.log"
    with log.open("wb") as stream:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *shlex.split(welcome.line)[1:], "--port", str(free_port())),
            cwd=folder.path,
            env=folder.env,
            stdout=stream,
            stderr=stream,
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while not welcome.is_in(log.read_text(encoding="utf-8")):
            assert child.returncode is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            await asyncio.sleep(0.1)
        yield
        child.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(child.wait(), PATIENCE) == 0, log.read_text(encoding="utf-8")
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


@pytest.mark.timeout(240)
async def test_the_day_in_a_terminal_is_as_it_is_told(folder: Folder):
    first, *typed = steps()
    assert first.line == "headsup workspace --scenario short"
    folder.env["HEADSUP_AS"] = next(step for step in typed if "HEADSUP_AS=" in step.line).line.partition("=")[2]
    commands = [step for step in typed if step.line.startswith("headsup ")]
    assert sum(bool(step.shown) for step in commands) > len(commands) / 2
    async with started(folder, first):
        what_to_do_next_follows_the_cards((folder.path / "run.log").read_text(encoding="utf-8"))
        for step in commands:
            await folder.type(step)
        await the_webhook_example_is_taken(folder)


def what_to_do_next_follows_the_cards(log: str) -> None:
    """Where to look is said first, what to do next last, where a reader looks; what only Mira was shown not at all."""
    opening, _, cards = log.partition("Headsup runs here")
    assert "Open http://127.0.0.1:" in opening
    shown, _, following = cards.partition("Three clients have asked")
    assert [name for name in ("· Acme", "· Beta GmbH", "· Orbit Travel") if name not in shown] == []
    assert "Next, in a second terminal:" in following
    assert "Only visible to" not in log


async def the_webhook_example_is_taken(folder: Folder) -> None:
    """The README's Python example, against the address of this run."""
    [source] = blocks(README, "python")
    script = folder.path / "ask.py"
    script.write_text(source.replace(":8080/", f":{folder.env['PORT']}/"), encoding="utf-8")
    folder.env["WEBHOOK_SECRET"] = (folder.path / ".headsup/webhook-secret").read_text(encoding="ascii").strip()
    assert re.fullmatch(r'201 \{"request": \d+\}', (await folder.run("ask.py")).strip())
