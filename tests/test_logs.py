import asyncio
import io
import json
import logging

import pytest
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError

from bot.errors import HeadsupError
from bot.logs import describe_error, set_up_logs

SECRET_WORDS = "my grandmother's invoice"


@pytest.fixture
def written():
    """Everything that is logged, as a function that returns it; the machine's own set-up comes back afterwards."""
    root, stream = logging.root, io.StringIO()
    handlers, level = root.handlers[:], root.level

    def start(**options):
        set_up_logs(stream=stream, **options)
        return stream

    yield start
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


async def test_bolts_own_lines_never_hold_what_a_client_wrote(written):
    stream = written(level="debug")

    async def authorize(**_):
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U1")

    app = AsyncApp(authorize=authorize, process_before_response=True, request_verification_enabled=False)

    async def failing(body):
        raise ValueError(body["event"]["text"])

    app.event("message")(failing)
    for event in ({"type": "message", "text": SECRET_WORDS}, {"type": "reaction_added", "text": SECRET_WORDS}):
        body = {
            "type": "event_callback",
            "team_id": "T1",
            "event": {"channel": "C1", "user": "U2", "ts": "1.2", **event},
        }
        await app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
    suggestion = {
        "type": "block_suggestion",
        "action_id": "a",
        "block_id": "b",
        "value": SECRET_WORDS,
        "team": {"id": "T1"},
    }
    await app.async_dispatch(AsyncBoltRequest(body=suggestion, mode="socket_mode"))
    assert SECRET_WORDS not in stream.getvalue()
    assert "Unhandled request" in stream.getvalue()
    assert "ValueError at" in stream.getvalue()


def fail():
    raise HeadsupError(SECRET_WORDS)


def fail_twice():
    try:
        fail()
    except HeadsupError as error:
        raise ValueError(SECRET_WORDS) from error


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_an_error_is_written_by_type_and_place_not_by_its_words(written, log_format):
    stream = written(log_format=log_format)
    try:
        fail_twice()
    except ValueError:
        structlog.get_logger().exception("A row could not be delivered.", request=142)
        logging.getLogger("library").exception("Went wrong: %s", SECRET_WORDS)
    assert SECRET_WORDS not in stream.getvalue()
    assert "ValueError at" in stream.getvalue()
    assert "from HeadsupError at" in stream.getvalue()
    assert "test_logs.py" in stream.getvalue()
    assert "Went wrong" in stream.getvalue()


def test_codes_that_are_nobodys_words_are_kept():
    assert describe_error(SlackApiError("x", {"error": "channel_not_found"})).startswith(
        "SlackApiError[channel_not_found]"
    )
    assert describe_error(SlackApiError("x", {"error": SECRET_WORDS})).startswith("SlackApiError at")
    assert describe_error(ConnectionRefusedError(111, SECRET_WORDS)).startswith("ConnectionRefusedError[111]")


def test_every_error_of_a_group_is_described():
    group = ExceptionGroup(SECRET_WORDS, [ValueError(SECRET_WORDS), KeyError(SECRET_WORDS)])
    assert "ValueError at" in describe_error(group)
    assert "KeyError at" in describe_error(group)
    assert SECRET_WORDS not in describe_error(group)


async def test_a_forgotten_task_does_not_print_its_exception(written):
    stream = written()

    async def forgotten():
        raise ValueError(SECRET_WORDS)

    task = asyncio.ensure_future(forgotten())
    await asyncio.wait([task])
    task.get_loop().call_exception_handler(
        {"message": "Task exception was never retrieved", "future": task, "exception": task.exception()}
    )
    assert SECRET_WORDS not in stream.getvalue()
    assert "Task exception was never retrieved" in stream.getvalue()


def test_fields_with_clients_words_are_hidden_whoever_logs_them(written):
    stream = written(log_format="json")
    structlog.get_logger().info("Received.", text=SECRET_WORDS, subject=SECRET_WORDS, request=142)
    line = json.loads(stream.getvalue())
    assert line["event"] == "Received."
    assert line["request"] == 142
    assert line["text"] == line["subject"] == "(hidden)"
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")


def test_secrets_are_masked_wherever_they_stand(written):
    stream = written()
    for secret in (
        "xoxb-123-abc",
        "xapp-1-A1-9-abcdef",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "postgresql://headsup:hunter22@db/x",
        "https://hooks.slack.com/actions/T1/2/hunter22",
        "wss://wss-primary.slack.com/link/?ticket=hunter22",
    ):
        structlog.get_logger().warning("Using it.", url=secret)
        logging.getLogger("slack_sdk").error("Failed to retrieve %s", secret)
    for part in ("123-abc", "abcdef", "MfKQ9", "hunter22"):
        assert part not in stream.getvalue()


def test_a_broken_log_call_does_not_print_its_arguments(written, capsys):
    stream = written()
    logging.getLogger("library").warning("one %s two %d", SECRET_WORDS)  # noqa: PLE1206 - broken on purpose
    assert SECRET_WORDS not in stream.getvalue() + "".join(capsys.readouterr())
    assert "could not be written" in stream.getvalue()


def test_the_level_holds_for_us_and_libraries_speak_only_from_warnings_on(written):
    stream = written(level="info")
    structlog.get_logger().debug("Ours, unimportant.")
    structlog.get_logger().info("Ours.")
    logging.getLogger("library").info("Theirs, unimportant.")
    logging.getLogger("library").warning("Theirs.")
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    assert "Ours." in lines[0]
    assert "Theirs." in lines[1]


def test_setting_up_twice_writes_each_line_once(written):
    written()
    stream = written(log_format="json")
    structlog.get_logger().info("Once.")
    assert len(stream.getvalue().splitlines()) == 1
