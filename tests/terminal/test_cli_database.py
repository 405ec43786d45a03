"""A database that cannot be used is one sentence with its cure, whatever is started on it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.config import NAMES
from bot.store import Store
from tests.test_docs import ROOT

UNREACHABLE = "postgresql://headsup:hunter22@127.0.0.1:1/headsup"
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1-1-x", "SLACK_APP_TOKEN": "xapp-1-1-x", "SLACK_SIGNING_SECRET": "5" * 32}
NO_SLACK = {"SLACK_API_URL": "http://127.0.0.1:1/api/", "SLACK_TEAM_CHANNEL": "requests", "PORT": "0"}


def run(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**clean, **NO_SLACK, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence (with its cure) that a command ended with."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", ["migrate", "run", "bot", "web", "worker"])
def test_a_server_that_cannot_be_reached(tmp_path: Path, command: str):
    line = told(run(tmp_path, command, DATABASE_URL=UNREACHABLE, **SLACK))
    assert "cannot be reached" in line
    assert "Check that the server runs" in line
    assert "hunter22" not in line


@pytest.mark.parametrize("command", ["migrate", "run"])
def test_a_file_that_is_no_database(tmp_path: Path, command: str):
    (tmp_path / "headsup.db").write_bytes(b"no database, but a letter of several lines\n" * 100)
    line = told(run(tmp_path, command, DATABASE_URL="sqlite:///headsup.db", **SLACK))
    assert "is no SQLite database, or it is damaged" in line
    assert "backup" in line


def test_the_local_trial_says_it_too(tmp_path: Path):
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
    line = told(run(tmp_path, *words, DATABASE_URL=migrated_url, **SLACK))
    assert line.startswith("This database was made by a newer Headsup (9999); this one knows up to 00")
    assert line.endswith(". Update Headsup.")
    kept = store.path.parent.glob(f"{store.path.name}.backup*") if store.path else ()
    assert list(kept) == []


@pytest.mark.parametrize("command", ["migrate", "run"])
def test_a_directory_that_is_not_there(tmp_path: Path, command: str):
    line = told(run(tmp_path, command, DATABASE_URL=f"sqlite:///{tmp_path}/missing/headsup.db", **SLACK))
    assert "there is no directory" in line
    assert "DATABASE_URL" in line
    assert not (tmp_path / "missing").exists()


@pytest.mark.skipif(not Path("/proc/sys").is_dir(), reason="needs a directory that not even root may write to")
@pytest.mark.parametrize("command", ["migrate", "run"])
def test_a_directory_that_cannot_be_written(tmp_path: Path, command: str):
    line = told(run(tmp_path, command, DATABASE_URL="sqlite:////proc/sys/headsup.db", **SLACK))
    assert "cannot be written" in line
    assert "Let this user write" in line
