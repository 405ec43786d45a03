from pathlib import Path

import jsonschema
import pytest

from bot.blocks.ids import Shortcut
from bot.config import load_settings
from bot.domain.commands.slash_commands import SLASH
from bot.errors import ConfigurationError
from bot.manifest import APP_METHODS, EVENTS, METHODS, build_manifest, scopes
from tests.slack_uses import listened_to, methods_called

ROOT = Path(__file__).parents[1]
URL = {"type": "string", "pattern": "^https?://", "maxLength": 3000}


def shape(required=(), **properties):
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def text(longest, shortest=1, **more):
    return {"type": "string", "minLength": shortest, "maxLength": longest, **more}


FLAG = {"type": "boolean"}
NAMES = {"type": "array", "maxItems": 100, "uniqueItems": True, "items": text(50)}
LIMITS = shape(
    required=["display_information"],
    _metadata=shape(major_version={"const": 1}, minor_version={"type": "integer"}),
    display_information=shape(
        ["name"],
        name=text(35),
        description=text(140),
        long_description=text(4000, 175),
        background_color={"type": "string", "pattern": "^#([0-9a-fA-F]{3}){1,2}$"},
    ),
    features=shape(
        app_home=shape(home_tab_enabled=FLAG, messages_tab_enabled=FLAG, messages_tab_read_only_enabled=FLAG),
        bot_user=shape(["display_name"], display_name=text(80, pattern="^[A-Za-z0-9._-]+$"), always_online=FLAG),
        shortcuts={
            "type": "array",
            "minItems": 1,
            "maxItems": 10,
            "items": shape(
                ["name", "type", "callback_id", "description"],
                name=text(24),
                type={"enum": ["message", "global"]},
                callback_id=text(255),
                description=text(150),
            ),
        },
        slash_commands={
            "type": "array",
            "minItems": 1,
            "maxItems": 50,
            "items": shape(
                ["command", "description"],
                command=text(32, 2, pattern="^/"),
                url=URL,
                description=text(2000),
                usage_hint=text(1000),
                should_escape=FLAG,
            ),
        },
    ),
    oauth_config=shape(scopes=shape(bot={"type": "array", "maxItems": 255, "uniqueItems": True, "items": text(50)})),
    settings=shape(
        event_subscriptions=shape(request_url=URL, bot_events=NAMES),
        interactivity=shape(["is_enabled"], is_enabled=FLAG, request_url=URL),
        org_deploy_enabled=FLAG,
        socket_mode_enabled=FLAG,
        token_rotation_enabled=FLAG,
    ),
)
"""Slack's limits for the parts that we use (github.com/slackapi/manifest-schema, schema 1.0.0, July 2026)."""

FRESH = {}
SOCKETS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
OVER_HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "abc", "PUBLIC_URL": "https://headsup.example.com"}


def manifest(env):
    return build_manifest(load_settings(env))


@pytest.mark.parametrize("env", [FRESH, SOCKETS, OVER_HTTP])
def test_the_manifest_keeps_slacks_limits(env):
    jsonschema.validate(manifest(env), LIMITS)


def test_over_socket_mode_no_address_is_needed():
    for env in (FRESH, SOCKETS, {**SOCKETS, "PUBLIC_URL": "https://headsup.example.com"}):
        built = manifest(env)
        assert built["settings"]["socket_mode_enabled"]
        assert "request_url" not in str(built)
        assert "url" not in built["features"]["slash_commands"][0]


def test_over_http_every_call_comes_to_the_one_address():
    built = manifest(OVER_HTTP)
    settings, (command,) = built["settings"], built["features"]["slash_commands"]
    addresses = {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        command["url"],
    }
    assert addresses == {"https://headsup.example.com/slack/events"}
    assert not settings["socket_mode_enabled"]


def test_slack_cannot_call_an_address_that_nobody_named():
    with pytest.raises(ConfigurationError, match="PUBLIC_URL"):
        manifest({name: value for name, value in OVER_HTTP.items() if name != "PUBLIC_URL"})


def test_people_arrive_as_ids_and_shortcuts_are_the_ones_that_handlers_know():
    features = manifest(FRESH)["features"]
    assert features["slash_commands"][0]["command"] == SLASH
    assert features["slash_commands"][0]["should_escape"]
    assert {(each["type"], each["callback_id"]) for each in features["shortcuts"]} == {
        ("global", Shortcut.NEW_REQUEST),
        ("message", Shortcut.MAKE_REQUEST),
    }


def test_the_methods_of_the_manifest_are_the_ones_that_are_called():
    files = [*(ROOT / "bot" / "outbound").glob("*.py"), *(ROOT / "bot").glob("*.py")]
    called = methods_called(*(file for file in files if file.name != "manifest.py"))
    assert called - APP_METHODS == set(METHODS)


def test_the_manifest_names_what_handlers_listen_to():
    ear, features = listened_to(), manifest(FRESH)["features"]
    messages = {"message.channels", "message.groups"}
    assert {name for event in ear.names("event") for name in (messages if event == "message" else {event})} == set(
        EVENTS
    )
    assert ear.names("command") == {SLASH} == {each["command"] for each in features["slash_commands"]}
    assert ear.names("shortcut") | ear.names("global_shortcut") | ear.names("message_shortcut") == set(Shortcut)


def test_every_scope_has_a_use_and_none_is_asked_twice():
    asked = scopes()
    assert asked == sorted(set(asked))
    assert "commands" in asked
    assert not any(
        scope.startswith(("admin", "files:write", "users.profile")) or scope.endswith("customize") for scope in asked
    )


def test_the_reader_of_methods_finds_them(tmp_path):
    file = tmp_path / "some.py"
    file.write_text(
        'call(client, "chat.postMessage", text="chat.update or so")\nclient.conversations_history(channel="C1")\n'
        'client.apps_connections_open(app_token="")\nclient.chat_postEphemeral()\n'
    )
    assert methods_called(file) == {
        "chat.postMessage",
        "conversations.history",
        "apps.connections.open",
        "chat.postEphemeral",
    }
