"""Where settings are read from: the environment before a file, and names that were meant but misspelt."""

from datetime import timedelta

import pytest
from wrong_settings import problems

from bot.config import load_settings
from bot.errors import ConfigurationError


def test_the_environment_wins_over_dotenv_and_dotenv_is_read_as_written(tmp_path):
    file = tmp_path / ".env"
    file.write_text("# comment\nexport LEAD='mira'\nLOG_LEVEL=debug # for now\nSLACK_TEAM_CHANNEL=\"$HOME\"\n")
    settings = load_settings({"LOG_LEVEL": "error"}, file)
    assert (settings.lead, settings.log_level, settings.slack_team_channel) == ("mira", "error", "$HOME")


def test_a_line_of_dotenv_that_cannot_be_read_is_named(tmp_path):
    file = tmp_path / ".env"
    file.write_text("LEAD=mira\nLOG_LEVEL='debug\n")
    assert any("line 2 is not NAME=value" in each for each in problems(file))
    file.write_bytes(b"LEAD=\xff\xfe\n")
    assert "cannot be read" in problems(file)[0]


def test_a_misspelt_name_in_dotenv_is_found_and_a_foreign_one_is_left_alone(tmp_path):
    file = tmp_path / ".env"
    file.write_text("SLACK_BOT_TOEKN=xoxb-1\nCOMPOSE_PROJECT_NAME=x\nHOSTS=a\n")
    assert problems(file) == ("SLACK_BOT_TOEKN: there is no such setting; did you mean SLACK_BOT_TOKEN?",)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("UNDO_SECOND", "UNDO_SECONDS"),
        ("UNDO_SECONDSS", "UNDO_SECONDS"),
        ("UNDO_SECONS", "UNDO_SECONDS"),
        ("UNDO-SECONDS", "UNDO_SECONDS"),
        ("SLACK_BOT_TOKENS", "SLACK_BOT_TOKEN"),
        ("SLACK_BOT_TOEKN", "SLACK_BOT_TOKEN"),
        ("SLACK_SINGING_SECRET", "SLACK_SIGNING_SECRET"),
        ("LACK_APP_TOKEN", "SLACK_APP_TOKEN"),
        ("WEBHOOK_CALLBACK_HOST", "WEBHOOK_CALLBACK_HOSTS"),
        ("TARGET_FIRST_ANSWERS", "TARGET_FIRST_ANSWER"),
    ],
)
def test_a_slip_in_a_name_of_the_real_environment_is_found(name, meant):
    """One letter too few, too many, another or two changed about; two slips may well be another program's name."""
    (found,) = problems(**{name: "3"})
    assert found.startswith(f"{name}: there is no such setting; did you mean {meant}?")


@pytest.mark.parametrize(
    "name",
    [
        *("PORTS", "POST", "HOSTS", "HOSTX", "LEADS", "LOAD", "LADDERS", "LADER"),
        *("LOGLEVEL", "LOG_LEVELS", "LOG_FORMATS", "DATABASE_URI", "DATABASE_URLS", "PUBLIC_URI"),
        *("SLACK_API_TOKEN", "SLACK_APP_URL", "SLACK_BOT_USER_TOKEN", "SLACK_TOKEN", "SLACK_WEBHOOK_URL"),
        *("UNDO", "UNDO_IN_SECONDS", "SECONDS_UNDO", "WEBHOOK_SECRET_OLD", "MY_UNDO_SECONDS"),
        *("HEADSUP_AS", "HEADSUP_WORKSPACE_URL", "WEBHOOK_URL", "HOSTNAME", "PATH", ""),
    ],
)
def test_short_common_and_other_programs_names_in_the_environment_raise_no_alarm(name):
    """Here an alarm stops the start, and the environment is full of what other programs read."""
    assert load_settings({name: "3"}) == load_settings({})


def test_a_slip_beside_the_right_name_or_without_a_value_is_no_alarm(tmp_path):
    assert load_settings({"UNDO_SECOND": "3", "UNDO_SECONDS": "5"}).undo_seconds == timedelta(seconds=5)
    assert load_settings({"UNDO_SECOND": "3", "UNDO_SECONDS": ""}) == load_settings({})
    assert load_settings({"UNDO_SECOND": " "}) == load_settings({})
    (tmp_path / ".env").write_text("UNDO_SECONDS=5\n")
    assert load_settings({"UNDO_SECOND": "3"}, tmp_path / ".env").undo_seconds == timedelta(seconds=5)


def test_the_same_slip_in_both_places_is_said_once(tmp_path):
    file = tmp_path / ".env"
    file.write_text("UNDO_SECOND=3\n")
    with pytest.raises(ConfigurationError) as caught:
        load_settings({"UNDO_SECOND": "3"}, file)
    assert len(caught.value.facts["problems"]) == 1


def test_a_missing_dotenv_is_no_problem(tmp_path):
    assert load_settings({}, tmp_path / "none") == load_settings({})
