"""Where things are: databases, ports, addresses, people and channels, callback hosts and what signs for them."""

import pytest
from wrong_settings import problems

from bot.config import OPEN_TO_ALL, load_settings


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
