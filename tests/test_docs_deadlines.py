"""docs/deadlines.md, for real: every command is typed as it stands, and what it shows is what comes."""

import asyncio
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import Clock
from bot.config import NAMES
from bot.services.context import Desk, Policy
from bot.services.people import sync_members
from bot.store import Store
from bot.terminal import calendar_commands, database, deadline_command
from tests.support.office import JONAS, MIRA, SAM
from tests.test_docs import ROOT, blocks
from tests.test_docs_walk import Typed, plain

TEXT = (ROOT / "docs/deadlines.md").read_text(encoding="utf-8")
NOON_OF_WRITING = 1_795_348_800.0  # 2026-11-22 12:00 UTC, a Sunday


def standing_clock() -> Clock:
    return Clock(wall=lambda: NOON_OF_WRITING)


def steps() -> list[Typed]:
    typed = [part for body in blocks(TEXT, "console") for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]]
    return [
        Typed(line, tuple(found for piece in shown.split("…\n") if (found := plain(piece))))
        for line, _, shown in (part.partition("\n") for part in typed)
    ]


def introduce_the_team(folder: Path) -> None:
    store = Store(f"sqlite:///{folder / 'headsup.db'}", elapsed=Clock().monotonic)
    desk = Desk(store, standing_clock(), Policy(lead="Sam"))
    asyncio.run(desk.do(sync_members, members=[MIRA, JONAS, SAM]))
    desk.close()


def test_the_commands_say_what_the_document_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///headsup.db")
    for module in (database, calendar_commands, deadline_command):
        monkeypatch.setattr(module, "Clock", standing_clock)
    found = [step for step in steps() if step.line.startswith("headsup ")]
    assert sum(bool(step.shown) for step in found) >= 5
    for number, step in enumerate(found):
        result = CliRunner().invoke(app, shlex.split(step.line)[1:])
        assert result.exit_code == 0, f"{step.line}: {result.output} {result.exception!r}"
        assert step.is_in(result.output), f"{step.line}\nshould show {step.shown}\nbut says\n{result.output}"
        if number == 0:
            introduce_the_team(tmp_path)
