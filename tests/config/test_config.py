import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import NAMES, OPEN_TO_ALL, Settings, load_settings
from bot.domain.calendars import CalendarRules, rules_text
from bot.errors import ConfigurationError

ROOT = Path(__file__).parents[2]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def problems(**env):
    with pytest.raises(ConfigurationError) as caught:
        load_settings(env)
    return caught.value.facts["problems"]


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
    ("written", "kept"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h:5433/d", "postgresql+psycopg://u:p@h:5433/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:///a.db", "sqlite:///a.db"),
        ("sqlite:////var/lib/headsup.db", "sqlite:////var/lib/headsup.db"),
    ],
)
def test_a_database_address_may_be_written_as_platforms_write_it(written, kept):
    assert load_settings({"DATABASE_URL": written}).database_url.get_secret_value() == kept


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "headsup.db", "postgres://h:port/d"])
def test_a_database_that_would_forget_or_cannot_be_reached_is_refused(url):
    assert problems(DATABASE_URL=url)


@pytest.mark.parametrize(
    ("text", "span"),
    [("10s", 10), ("15m", 900), ("2h", 7200), (" 2H ", 7200), ("1d", 86400)],
)
def test_a_duration_is_a_number_and_a_unit(text, span):
    assert load_settings({"TARGET_FIRST_ANSWER": text} if span >= 60 else {"UNDO_SECONDS": text})
    seconds = load_settings({"LADDER": f"14d,{text}"}).ladder[-1].total_seconds() if span >= 600 else span
    assert seconds == span


@pytest.mark.parametrize("text", ["1.5h", "-5m", "m", "15 m", "\u0661\u0665m", "15", "1h30m", "9999999m"])
def test_anything_else_is_not_a_duration(text):
    assert "not a duration" in problems(TARGET_FIRST_ANSWER=text)[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "15m",
            (
                "LADDER=15m: the first nudge would come 15 min before the due time, too late to act; "
                "write for example 60m,15m"
            ),
        ),
        (
            "60m,59m",
            "LADDER=60m,59m: 60m and 59m are too close; each is at most half of the one before, for example 60m,15m",
        ),
        (
            "60m,0s",
            (
                "LADDER=60m,0s: 0s before is too late to act; the last nudge comes at least 10m before, "
                "for example 60m,15m"
            ),
        ),
        ("15d", "LADDER=15d: 15d before is too early; a nudge comes at most 14 days before, for example 60m,15m"),
        ("60", "LADDER: “60” is not a duration; write a number and a unit, for example 60m,15m"),
        ("60m;15m", "LADDER: “60m;15m” is not a duration; write a number and a unit, for example 60m,15m"),
        (",", "LADDER=,: the list is empty; write its parts with commas between them, for example 60m,15m"),
    ],
)
def test_a_ladder_needs_leads_that_leave_time_to_act_and_lie_apart(text, sentence):
    assert problems(LADDER=text) == (sentence,)


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


def test_a_ladder_is_kept_longest_lead_first_and_without_doubles():
    assert load_settings({"LADDER": "15m, 2h,120m"}).ladder == (timedelta(hours=2), timedelta(minutes=15))


def test_the_undo_time_is_in_seconds_with_or_without_a_unit():
    assert load_settings({"UNDO_SECONDS": "0"}).undo_seconds == timedelta()
    assert load_settings({"UNDO_SECONDS": "20"}).undo_seconds == timedelta(seconds=20)
    assert problems(UNDO_SECONDS="6m")


def test_a_port_from_the_platform_opens_to_all_but_a_port_in_dotenv_does_not(tmp_path):
    assert load_settings({"PORT": "9000"}).host == OPEN_TO_ALL
    assert load_settings({"PORT": "9000", "HOST": "127.0.0.1"}).host == "127.0.0.1"
    (tmp_path / ".env").write_text("PORT=9000\n")
    settings = load_settings({}, tmp_path / ".env")
    assert (settings.host, settings.port) == ("127.0.0.1", 9000)


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1:80", "999.0.0.1", "::g"])
def test_an_address_to_listen_on_is_a_number_or_localhost(host):
    assert problems(HOST=host)


@pytest.mark.parametrize("port", ["-1", "65536", "8080.0", "\u0668\u0660"])
def test_a_port_is_a_number_that_exists(port):
    assert problems(PORT=port)


def test_the_environment_wins_over_dotenv_and_dotenv_is_read_as_written(tmp_path):
    file = tmp_path / ".env"
    file.write_text("# comment\nexport LEAD='mira'\nLOG_LEVEL=debug # for now\nSLACK_TEAM_CHANNEL=\"$HOME\"\n")
    settings = load_settings({"LOG_LEVEL": "error"}, file)
    assert (settings.lead, settings.log_level, settings.slack_team_channel) == ("mira", "error", "$HOME")


def _problems_of(file):
    with pytest.raises(ConfigurationError) as caught:
        load_settings({}, file)
    return caught.value.facts["problems"]


def test_a_line_of_dotenv_that_cannot_be_read_is_named(tmp_path):
    file = tmp_path / ".env"
    file.write_text("LEAD=mira\nLOG_LEVEL='debug\n")
    assert any("line 2 is not NAME=value" in each for each in _problems_of(file))
    file.write_bytes(b"LEAD=\xff\xfe\n")
    assert "cannot be read" in _problems_of(file)[0]


def test_a_misspelt_name_in_dotenv_is_found_and_a_foreign_one_is_left_alone(tmp_path):
    file = tmp_path / ".env"
    file.write_text("SLACK_BOT_TOEKN=xoxb-1\nCOMPOSE_PROJECT_NAME=x\nHOSTS=a\n")
    assert _problems_of(file) == ("SLACK_BOT_TOEKN: there is no such setting; did you mean SLACK_BOT_TOKEN?",)


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


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("#team-requests", "team-requests"),
        ("@mira", "mira"),
        ("Zoë O'Neil", "Zoë O'Neil"),
        ("C0123456789", "C0123456789"),
    ],
)
def test_people_and_channels_are_ids_or_names(written, kept):
    assert load_settings({"LEAD": written, "SLACK_TEAM_CHANNEL": written}).lead == kept


@pytest.mark.parametrize("name", ["#", "##a", "<@U1>", "a\tb", "mira,jonas", "a" * 90])
def test_a_name_is_one_name(name):
    assert "Slack id" in problems(LEAD=name)[0]


def test_slack_needs_a_way_to_be_heard_and_a_token_to_speak():
    assert load_settings({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}).socket_mode
    over_http = load_settings({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "abc"})
    assert over_http.has_slack
    assert not over_http.socket_mode
    assert "SLACK_APP_TOKEN is set but the bot token is not" in problems(SLACK_APP_TOKEN="xapp-1")[0]


def test_addresses_are_https_except_on_this_machine():
    assert load_settings({"PUBLIC_URL": "https://h.example.com/"}).public_url == "https://h.example.com"
    assert load_settings({"SLACK_API_URL": "http://127.0.0.1:9/api"}).slack_api_url == "http://127.0.0.1:9/api/"
    assert load_settings({"SLACK_API_URL": "http://127.0.0.1:9/api"}).slack_on_loopback
    assert not load_settings({}).slack_on_loopback
    assert "write https://h.example.com" in problems(PUBLIC_URL="http://h.example.com")[0]
    for url in ("h.example.com", "https://u:p@h.example.com", "https://h/?a=1", "https://h:port", "ftp://h"):
        assert problems(PUBLIC_URL=url)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("hooks.example.com, 127.0.0.1:9000", ("hooks.example.com", "127.0.0.1:9000")),
        ("Hooks.Example.com,hooks.example.com", ("hooks.example.com",)),
        ("bücher.example", ("xn--bcher-kva.example",)),
        ("[::1]:80", ("[::1]:80",)),
    ],
)
def test_callback_hosts_are_plain_names_with_or_without_a_port(written, kept):
    assert load_settings({"WEBHOOK_CALLBACK_HOSTS": written}).webhook_callback_hosts == kept


@pytest.mark.parametrize(
    "host", ["https://a.example", "*.example.com", "a.example/path", "u@a.example", "a:b:c", "-a.b"]
)
def test_callback_hosts_are_nothing_else(host):
    assert "is not a host" in problems(WEBHOOK_CALLBACK_HOSTS=host)[0]


@pytest.mark.parametrize("secret", ["whsec_", "whsec_!!!!", "whsec_c2hvcnQ=", "abc", "whsec_" + "A" * 200])
def test_a_webhook_secret_has_the_form_and_length_of_the_specification(secret):
    assert "openssl rand" in problems(WEBHOOK_SECRET=secret)[0]


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


def test_the_teams_working_hours_stand_in_one_line_with_a_zone_or_without():
    assert load_settings({}).team_calendar == load_settings({"TEAM_CALENDAR": "Mon-Fri 9-17"}).team_calendar
    written = load_settings(
        {"TEAM_CALENDAR": "Europe/Helsinki Mon-Thu 09:00-12:00 13:00-17:00, Fri 9-15"}
    ).team_calendar
    assert rules_text(written) == "Europe/Helsinki Mon-Thu 09:00-12:00 13:00-17:00, Fri 09:00-15:00"
    assert load_settings({"TEAM_CALENDAR": "24/7"}).team_calendar == CalendarRules()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("closed", "then nobody ever works; write for example Mon-Fri 09:00-17:00"),
        ("Europe/Helsinky Mon-Fri 9-17", "There is no time zone “Europe/Helsinky”; did you mean Europe/Helsinki?"),
        ("Mon-Fri 9-25", "“25” is no time of day; write for example 09:00 or 17:30"),
    ],
)
def test_working_hours_that_cannot_be_are_said_with_a_cure(text, sentence):
    assert problems(TEAM_CALENDAR=text) == (f"TEAM_CALENDAR={text}: {sentence}",)
