"""`headsup calendar` and `headsup deadline` with words that mean nothing: one sentence, exit code 2, nothing saved."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from terminal_typing import Type
from typer.testing import CliRunner

from bot import cli
from tests.support.hostile_words import HOSTILE
from tests.test_docs import ROOT

NO_WORDS = ("two dashes",)
"""They only end the options."""

TAKEN = {
    ("calendar", "{}"): NO_WORDS,
    ("calendar", "show", "{}"): NO_WORDS,
    ("calendar", "reset", "{}"): NO_WORDS,
    ("calendar", "holidays", "{}"): NO_WORDS,
    ("calendar", "day", "2099-12-23", "closed", "--note", "{}"): ("empty", "blank", "emoji", "two dashes", "a path"),
    ("migrate", "{}"): NO_WORDS,
    ("manifest", "{}"): NO_WORDS,
    ("doctor", "{}"): NO_WORDS,
    ("run", "{}"): NO_WORDS,
    ("bot", "{}"): NO_WORDS,
    ("web", "{}"): NO_WORDS,
    ("worker", "{}"): NO_WORDS,
}
COMMANDS: tuple[tuple[str, ...], ...] = (
    *TAKEN,
    ("{}x",),
    ("calendar", "show", "--member", "{}"),
    ("calendar", "reset", "--member", "{}"),
    ("calendar", "set", "{}"),
    ("calendar", "set", "{}", "--member", "mira"),
    ("calendar", "set", "Mon-Fri 9-17", "--member", "{}"),
    ("calendar", "set", "x{} Mon-Fri 9-17"),
    ("calendar", "day", "{}", "closed"),
    ("calendar", "day", "2099-12-23", "{}"),
    ("calendar", "day", "2099-12-23", "closed", "--member", "{}"),
    ("calendar", "holidays", "Finland", "--region", "{}"),
    ("calendar", "holidays", "--year", "{}"),
    ("calendar", "holidays", "--confirm", "{}"),
    ("calendar", "holidays", "--confirm", "2027", "--open", "{}"),
    ("calendar", "holidays", "--open", "{}"),
    ("deadline", "{}"),
    ("deadline", "Mon 09:15", "--lead", "{}"),
    ("deadline", "Mon 09:15", "--category", "{}"),
    ("deadline", "Mon 09:15", "--member", "{}"),
    ("deadline", "Mon 09:15", "--calendar", "{}"),
    ("deadline", "Mon 09:15", "--made", "{}"),
)


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command line as `headsup` does: its exit code, and what it says and complains."""
    monkeypatch.setattr(sys, "argv", ["headsup", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    plain = re.sub(r"\x1b\[[0-9;]*m|[│╭╮╰╯─]", "", said.err)
    return int(ended.value.code or 0), said.out, " ".join(plain.split())


@pytest.mark.parametrize("kind", HOSTILE)
def test_words_that_mean_nothing_are_one_sentence_and_exit_code_2(
    staffed: Type, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    before = staffed()
    for command in COMMANDS:
        if kind in TAKEN.get(command, ()):
            continue
        code, out, said = run(monkeypatch, capsys, *(word.replace("{}", HOSTILE[kind]) for word in command))
        assert (code, out) == (2, ""), (command, said[-300:])
        assert "Traceback" not in said
        assert 10 < len(said) < 700, (command, said)
    assert staffed() == before


def test_a_note_that_is_text_is_said_as_it_is(typed: Type):
    assert typed("day", "2099-12-23", "closed", "--note", "\N{GRINNING FACE} --").endswith("(\N{GRINNING FACE} --)\n")
    assert typed("day", "2099-12-23", "closed", "--note", "x" * 60).endswith(f"({'x' * 60})\n")
    refused = "A note has room for 60 characters; this one has 61."
    assert typed("day", "2099-12-23", "closed", "--note", "x" * 61) == refused


def test_an_empty_name_never_means_the_team(staffed: Type):
    """A variable of the shell that is not set would change everybody's hours."""
    for words in (("show",), ("reset",), ("set", "Mon-Fri 9-12"), ("day", "2099-12-23", "closed")):
        assert staffed(*words, "--member", "").startswith("There is no “” in the team; it has ")


def test_bytes_that_are_no_text_are_refused_by_the_real_command_line(tmp_path: Path):
    for words in ([b"calendar", b"set", b"a\xff\xed\xa0\x80"], [b"workspace", b"show", b"a\xff"]):
        done = subprocess.run(  # noqa: S603 - our own command line
            [sys.executable.encode(), b"-m", b"bot", *words],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith("has characters that no text can hold; type it again without them\n")
        assert len(done.stderr.splitlines()) == 1


def test_help_is_as_before():
    assert CliRunner().invoke(cli.app, ["calendar", "--help"]).exit_code == 0
    assert CliRunner().invoke(cli.app, []).exit_code == 2
