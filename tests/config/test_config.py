"""What is set: every problem at once and with its cure, nothing secret shown, and files that say the same."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from wrong_settings import problems

from bot.config import NAMES, Settings, load_settings
from bot.errors import ConfigurationError

ROOT = Path(__file__).parents[2]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_nothing_set_is_a_working_configuration_of_one_process_on_this_machine():
    settings = load_settings({})
    assert not settings.has_slack
    assert settings.on_sqlite
    assert settings.host == "127.0.0.1"
    assert settings.undo_seconds == timedelta(seconds=10)
    assert settings.ladder == (timedelta(minutes=60), timedelta(minutes=15))


def test_every_problem_is_reported_at_once_each_with_its_cure():
    found = problems(
        SLACK_BOT_TOKEN="xapp-1-A1-1-a",
        DATABASE_URL="mysql://somewhere",
        PORT="http",
        LADDER="60m,soon",
        TARGET_FIRST_ANSWER="7",
        WEBHOOK_SECRET="whsec_short",
        LOG_LEVEL="loud",
    )
    text = "\n".join(found)
    for cure in (
        "SLACK_BOT_TOKEN: this looks like the value of SLACK_APP_TOKEN",
        "DATABASE_URL: use sqlite:///headsup.db",
        "PORT=http: write a number from 0 to 65535",
        "LADDER=60m,soon: “soon” is not a duration; write a number and a unit",
        "TARGET_FIRST_ANSWER: “7” is not a duration",
        "WEBHOOK_SECRET: ",
        "LOG_LEVEL: “loud” is not one of debug, info, warning, error",
        "SLACK_APP_TOKEN: a bot token alone hears nothing",
    ):
        assert cure in text
    assert len(found) == 8


def test_the_error_is_one_text_that_a_person_can_read():
    with pytest.raises(ConfigurationError) as caught:
        load_settings({"PORT": "x", "LOG_FORMAT": "xml"})
    assert caught.value.sentence.splitlines()[0] == "2 settings need attention:"
    assert len(caught.value.sentence.splitlines()) == 3


def test_secrets_never_show_in_a_repr_nor_in_an_error():
    env = {
        "SLACK_BOT_TOKEN": "xoxb-very-hidden",
        "SLACK_APP_TOKEN": "xapp-very-hidden",
        "SLACK_SIGNING_SECRET": "very-hidden",
        "DATABASE_URL": "postgresql://headsup:very-hidden@db/headsup?sslpassword=very-hidden",
        "WEBHOOK_SECRET": SECRET,
    }
    settings = load_settings(env)
    shown = repr(settings) + str(settings) + settings.database_shown
    assert "very-hidden" not in shown
    assert SECRET not in shown
    assert settings.database_shown == "postgresql+psycopg://headsup@db/headsup"
    wrong = "\n".join(problems(SLACK_BOT_TOKEN="xoxp-very-hidden", WEBHOOK_SECRET="very-hidden", LOG_LEVEL="info"))
    assert "very-hidden" not in wrong


def test_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        load_settings({}).port = 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("TEAM_CALENDAR", value) for value in ("closed", "Mon-Fri 9-8", "Mon-Fri", "Foo/Bar Mon-Fri 9-17")),
        *(("TEAM_CALENDAR", value) for value in ("Mon 9-17; Tue 9-25", "UTC+2 Mon-Fri 9-17", "Mon-Fri 9-17 Fri 9-15")),
        *(("LADDER", value) for value in ("15m", "60m,59m", "60m,1m", "soon", "20d")),
        *(("TARGET_FIRST_ANSWER", value) for value in ("0m", "30d", "complaint=30m", "1h, foo=3m")),
        *(("TARGET_NEXT_ANSWER", value) for value in ("1h, complaint", "1h, complaint=1h, complaint=2h", "soon")),
        *(("UNDO_SECONDS", value) for value in ("6m", "ten")),
        *(("PORT", value) for value in ("http", "70000")),
        *(("HOST", "example.com"), ("LEAD", "mira,sam"), ("SLACK_TEAM_CHANNEL", "##a")),
        *(("PUBLIC_URL", "h.example.com"), ("SLACK_API_URL", "slack.com"), ("WEBHOOK_CALLBACK_HOSTS", "a.b/c")),
        *(("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml")),
    ],
)
def test_a_wrong_value_is_said_with_its_setting_what_is_wrong_and_what_to_write(name, value):
    (problem,) = problems(**{name: value})
    assert problem.startswith(name)
    named, _, said = problem.partition(": ")
    assert value.replace("; ", ";") in named or any(part in said for part in re.split("[,; ] *", value))
    assert re.search(r"write|for example|such as|one of|did you mean|keep|make one", said, re.IGNORECASE), said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://u:hidden@h/d"),
        ("PUBLIC_URL", "https://u:hidden@h.example.com"),
        ("SLACK_API_URL", "https://u:hidden@h.example.com"),
        ("SLACK_BOT_TOKEN", "xapp-hidden"),
        ("WEBHOOK_SECRET", "hidden"),
        ("PORT", "xoxb-hidden"),
        ("HOST", "xapp-hidden"),
        ("PORT", "whsec_hidden"),
    ],
)
def test_a_value_that_may_hold_a_secret_is_not_repeated(name, value):
    assert "hidden" not in "".join(problems(**{name: value}))


def test_a_long_value_is_cut():
    (problem,) = problems(PORT="9" * 500)
    assert problem.startswith(f"PORT={'9' * 59}…: ")


def test_slack_needs_a_way_to_be_heard_and_a_token_to_speak():
    assert load_settings({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}).socket_mode
    over_http = load_settings({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "abc"})
    assert over_http.has_slack
    assert not over_http.socket_mode
    assert "SLACK_APP_TOKEN is set but the bot token is not" in problems(SLACK_APP_TOKEN="xapp-1")[0]


def test_the_example_names_every_setting_once_with_a_comment_and_changes_nothing():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^([A-Z_]+)=", text) == list(NAMES)
    for name in NAMES:
        before = text.split(f"\n{name}=")[0].rsplit("\n", 1)[-1]
        assert before.startswith("# "), f"{name} has no comment above it"
    assert load_settings({}, ROOT / ".env.example") == Settings()


def test_the_procfile_starts_commands_of_ours():
    lines = (ROOT / "Procfile").read_text().splitlines()
    assert lines == [f"{name}: headsup {name}" for name in ("web", "worker", "bot")]
