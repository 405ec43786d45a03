"""Notes, names and typed words with characters that cannot be seen: they reach no terminal, whatever the command."""

import ast
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from terminal_typing import Type
from typer.testing import CliRunner

from bot import cli
from bot.clock import Clock
from bot.services.context import Context, Policy
from bot.services.people import sync_members
from bot.store import Store
from tests.support.office import MIRA
from tests.test_docs import ROOT

BENT = "Com\u200bpany\u2060 \u202egnituo\u2069\x1b[2J\u3164"
STRAIGHT = "Company gnituo[2J"


@pytest.fixture
def bent(typed: Type, tmp_path: Path) -> Type:
    """Type commands beside a database in which a name and notes hold such characters."""
    typed("set", "UTC Mon-Fri 09:00-17:00")
    store = Store(f"sqlite:///{tmp_path / 'headsup.db'}", elapsed=Clock().monotonic)
    ctx = Context(store=store, now=Clock().now(), policy=Policy())
    sync_members(ctx, members=[replace(MIRA, name="Mi\u200bra \u202eL", handle="mira")])
    store.close()
    typed("day", "2099-12-23", "closed", "--note", BENT)
    typed("day", "2099-12-24", "closed", "--note", BENT, "--member", MIRA.id)
    return typed


def test_a_note_is_said_and_listed_without_them(bent: Type):
    saved = bent("day", "2099-12-23", "closed", "--note", BENT)
    assert saved == f"Wed 23 Dec 2099: closed ({STRAIGHT})\n"
    assert f"Wed 23 Dec 2099  closed  {STRAIGHT}\n" in bent("show")
    assert f"--note '{STRAIGHT}' --member 'Mira L'\n" in bent("reset", "--member", MIRA.id)


def test_a_name_is_said_and_listed_without_them(bent: Type):
    assert bent("show", "--member", MIRA.id).startswith("Mira L works the team's week")
    bent("set", "UTC Mon-Fri 09:00-12:00", "--member", MIRA.id)
    assert "Hours of their own: Mira L.\n" in bent("show")


@pytest.mark.usefixtures("bent")
def test_deadlines_are_explained_without_them():
    said = CliRunner().invoke(cli.app, ["deadline", "tomorrow 12:00", "--member", MIRA.id]).output
    assert "Hours    Mira L works the team's week" in said


@pytest.mark.usefixtures("bent")
def test_what_is_refused_is_said_without_them(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "argv", ["headsup", "calendar", "show", "--member", "Jo\u202enas"])
    with pytest.raises(SystemExit):
        cli.main()
    said = capsys.readouterr().err
    assert said.startswith("There is no “Jonas” in the team; it has Mira L.")


def test_every_command_prints_in_one_place():
    """Only Slack's stand-in, which knows nothing of Headsup, prints by itself."""
    beside = {ROOT / "bot" / "terminal" / "printing.py", *(ROOT / "bot" / "workspace").rglob("*.py")}
    files = {*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")} - beside
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node) in {"typer.echo", "typer.secho", "print"}
    ]
    assert found == []
