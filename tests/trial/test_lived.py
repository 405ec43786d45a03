"""What commands from outside see of the trial that lives in a folder."""

from pathlib import Path

import pytest

from bot.config import Settings, load_settings
from bot.trial.lived import lived_in
from bot.trial.memory import Memory
from bot.trial.settings import AROUND, OFFICE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which a trial has begun."""
    (tmp_path / "headsup.db").touch()
    Memory(tmp_path / "trial.json", scenario="short").keep()
    return tmp_path


def test_a_trial_has_its_own_database_and_the_hours_of_its_agency(folder: Path):
    told = lived_in(Settings(), folder)
    assert told is not None
    assert told.database_url.get_secret_value() == f"sqlite:///{folder / 'headsup.db'}"
    assert told.team_calendar == AROUND
    Memory(folder / "trial.json", scenario="morning").keep()
    told = lived_in(Settings(), folder)
    assert told is not None
    assert told.team_calendar == OFFICE


def test_what_was_set_stays(folder: Path):
    told = lived_in(load_settings({"TEAM_CALENDAR": "Mon-Fri 10-18", "DATABASE_URL": "sqlite:///other.db"}), folder)
    assert told is not None
    assert told.database_url.get_secret_value() == "sqlite:///other.db"
    assert told.team_calendar.tz is None


def test_no_trial_lives_where_none_was_begun_or_where_slack_is_real(folder: Path, tmp_path: Path):
    assert lived_in(Settings(), tmp_path / "elsewhere") is None
    real = load_settings({"SLACK_BOT_TOKEN": "xoxb-1-1-x", "SLACK_APP_TOKEN": "xapp-1-1-x"})
    assert lived_in(real, folder) is None
