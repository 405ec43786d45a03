"""In the folder of a trial the doctor looks at the trial, which has a database of its own."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor import Finding, Level, examine, exit_code, show
from bot.services.context import Context, Policy
from bot.services.settings import calendar_saving
from bot.store import Store
from bot.store.migrate import migrate
from bot.trial.memory import Memory
from bot.trial.settings import OFFICE
from bot.workspace.server import WorkspaceServer


def real_now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def begin(folder: Path) -> Store:
    """Let a trial have begun in this folder."""
    Memory(folder / ".headsup" / "trial.json", scenario="morning").keep()
    store = Store(f"sqlite:///{folder / '.headsup' / 'headsup.db'}", elapsed=time.monotonic)
    migrate(store)
    return store


def is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())


async def examined(**env: str) -> dict[str, Finding]:
    findings = await examine(env=env, real_now=real_now)
    assert exit_code(findings) == 0, show(findings)
    return {finding.subject: finding for finding in findings}


async def test_the_trials_own_database_is_looked_at_and_said(folder: Path):
    begin(folder).close()
    found = await examined()
    assert found["trial"] == Finding(
        "trial",
        Level.NOTE,
        "a trial lives in this folder, in .headsup with a database of its own; that one is looked at.",
        "`headsup run` goes on with it. To begin anew, remove the folder .headsup.",
    )
    assert found["database"].level is Level.GOOD
    assert ".headsup/headsup.db is at revision" in found["database"].sentence
    assert "the team works Europe/Helsinki Mon-Fri 09:00-17:00" in found["working hours"].sentence
    assert "no worker is running" in found["planning"].sentence
    assert not (folder / "headsup.db").exists()


async def test_hours_saved_in_a_trial_are_its_own_and_no_setting_is_blamed(folder: Path):
    store = begin(folder)
    ctx = Context(store=store, now=real_now(), policy=Policy())
    calendar_saving.save_team_calendar(ctx, actor=None, rules=OFFICE, based_on=0)
    store.close()
    found = await examined()
    assert found["working hours"].level is Level.GOOD
    assert "TEAM_CALENDAR" not in found["working hours"].sentence
    assert "no longer counts" in (await examined(TEAM_CALENDAR="24/7"))["working hours"].sentence


async def test_a_database_that_was_named_is_looked_at_instead(folder: Path):
    begin(folder).close()
    other = Store(f"sqlite:///{folder / 'other.db'}", elapsed=time.monotonic)
    migrate(other)
    other.close()
    found = await examined(DATABASE_URL="sqlite:///other.db")
    assert "other.db is at revision" in found["database"].sentence
    assert "trial" not in found


async def test_where_nothing_was_begun_it_is_said_which_command_makes_which_database(folder: Path):
    found = await examined()
    assert found["database"].level is Level.NOTE
    assert found["database"].sentence == (
        "there is none yet. `headsup run` makes the trial's, .headsup/headsup.db; with tokens of Slack headsup.db."
    )
    assert "not there yet" in (await examined(DATABASE_URL="sqlite:///mine.db"))["database"].sentence
    assert is_empty(folder)


async def test_with_tokens_it_is_the_real_one(folder: Path):
    begin(folder).close()
    async with WorkspaceServer(now=time.time) as slack:
        env = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
        }
        findings = await examine(env=env, real_now=real_now)
    assert "headsup.db is not there yet" in show(findings)
    assert "trial" not in {finding.subject for finding in findings}
