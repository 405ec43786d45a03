"""A database that cannot be used is one sentence with its cure, whatever is started on it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import text

from bot import cli
from bot.config import NAMES
from bot.store import Store
from tests.test_docs import ROOT


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    stdout: str
    stderr: str


UNREACHABLE = "postgresql://headsup:hunter22@127.0.0.1:1/headsup"
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1-1-x", "SLACK_APP_TOKEN": "xapp-1-1-x", "SLACK_SIGNING_SECRET": "5" * 32}
NO_SLACK = {"SLACK_API_URL": "http://127.0.0.1:1/api/", "SLACK_TEAM_CHANNEL": "requests", "PORT": "0"}


Run = Callable[..., Ended]
"""Type a command in a folder, with these variables beside those that a clean machine has."""


def in_a_process(folder: Path, *words: str, **env: str) -> Ended:
    """Run it as a person does, in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    done = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**clean, **NO_SLACK, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run what `headsup` runs, in this process: where nothing was opened, no interpreter of its own is needed."""

    def typed(folder: Path, *words: str, **env: str) -> Ended:
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in {**NO_SLACK, **env}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["headsup", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Ended(int(ended.value.code or 0), *capfd.readouterr())

    return typed


def told(done: Ended) -> str:
    """The one sentence (with its cure) that a command ended with."""
    assert done.code == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", ["migrate", "run", "bot", "web", "worker"])
def test_a_server_that_cannot_be_reached(run: Run, tmp_path: Path, command: str):
    line = told(run(tmp_path, command, DATABASE_URL=UNREACHABLE, **SLACK))
    assert "cannot be reached" in line
    assert "Check that the server runs" in line
    assert "hunter22" not in line


@pytest.mark.parametrize("command", ["bot", "web", "worker"])
def test_a_process_of_its_own_ends_with_that_sentence_too(tmp_path: Path, command: str):
    assert "cannot be reached" in told(in_a_process(tmp_path, command, DATABASE_URL=UNREACHABLE, **SLACK))


@pytest.mark.parametrize("command", ["migrate", "run"])
def test_a_file_that_is_no_database(run: Run, tmp_path: Path, command: str):
    (tmp_path / "headsup.db").write_bytes(b"no database, but a letter of several lines\n" * 100)
    line = told(run(tmp_path, command, DATABASE_URL="sqlite:///headsup.db", **SLACK))
    assert "is no SQLite database, or it is damaged" in line
    assert "backup" in line


def test_the_local_trial_says_it_too(run: Run, tmp_path: Path):
    (tmp_path / "headsup.db").write_bytes(b"no database, but a letter of several lines\n" * 100)
    line = told(run(tmp_path, "run", DATABASE_URL="sqlite:///headsup.db"))
    assert "is no SQLite database, or it is damaged" in line


@pytest.mark.parametrize("command", ["migrate", "run", "deadline"])
def test_a_database_that_a_newer_version_made(tmp_path: Path, migrated_url: str, command: str):
    store = Store(migrated_url, elapsed=time.monotonic)
    with store.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    words = [command, "Mon 09:15"] if command == "deadline" else [command]
    line = told(in_a_process(tmp_path, *words, DATABASE_URL=migrated_url, **SLACK))
    assert line.startswith("This database was made by a newer Headsup (9999); this one knows up to 00")
    assert line.endswith(". Update Headsup.")
    kept = store.path.parent.glob(f"{store.path.name}.backup*") if store.path else ()
    assert list(kept) == []


@pytest.mark.parametrize("command", ["migrate", "run"])
def test_a_directory_that_is_not_there(run: Run, tmp_path: Path, command: str):
    line = told(run(tmp_path, command, DATABASE_URL=f"sqlite:///{tmp_path}/missing/headsup.db", **SLACK))
    assert "there is no directory" in line
    assert "DATABASE_URL" in line
    assert not (tmp_path / "missing").exists()


@pytest.mark.skipif(not Path("/proc/sys").is_dir(), reason="needs a directory that not even root may write to")
@pytest.mark.parametrize("command", ["migrate", "run"])
def test_a_directory_that_cannot_be_written(run: Run, tmp_path: Path, command: str):
    line = told(run(tmp_path, command, DATABASE_URL="sqlite:////proc/sys/headsup.db", **SLACK))
    assert "cannot be written" in line
    assert "Let this user write" in line
