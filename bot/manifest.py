"""The app's manifest: what Slack is told about Headsup, with exactly the scopes that it uses.

Scopes follow from two tables, the Web API methods that are called and the events that are listened to; a test compares
both with the code. Limits: github.com/slackapi/manifest-schema; scopes: docs /reference/methods and /reference/events.
"""

from typing import Any

from bot.blocks.ids import Shortcut
from bot.config import Settings
from bot.domain.commands.slash_commands import SLASH
from bot.errors import ConfigurationError

READ_CHANNELS = ("channels:read", "groups:read")
READ_MESSAGES = ("channels:history", "groups:history", "im:history")

METHODS: dict[str, tuple[str, ...]] = {
    "auth.test": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": READ_MESSAGES,
    "conversations.info": READ_CHANNELS,
    "conversations.list": READ_CHANNELS,
    "conversations.members": READ_CHANNELS,
    "conversations.open": ("im:write",),
    "conversations.replies": READ_MESSAGES,
    "dnd.teamInfo": ("dnd:read",),
    "files.info": ("files:read",),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""Web API methods that are called with the bot token, each with the scopes that it needs for where we call it."""

APP_METHODS = frozenset({"apps.connections.open"})
"""Methods that are called with the app-level token; its scope, connections:write, is no part of a manifest."""

EVENTS: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_id_changed": (),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_shared": READ_CHANNELS,
    "channel_unarchive": ("channels:read",),
    "channel_unshared": READ_CHANNELS,
    "dnd_updated_user": ("dnd:read",),
    "group_archive": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": READ_CHANNELS,
    "member_left_channel": READ_CHANNELS,
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}
"""Events that handlers listen to, each with the scopes without which it does not come."""

LONG_DESCRIPTION = (
    "Headsup makes sure that every client who asks for something is heard, knows when they will hear again, and is "
    "told before a promised time slips: with the reason, the new time and a real choice. Requests stand as cards in "
    "the team's channel; one press claims them, an approved reply really leaves, the time in it is a promise, and its "
    "owner is nudged while there is still time to act. Nothing typed in the team's channel ever reaches a client."
)


def scopes() -> list[str]:
    """Return the bot scopes: `commands` for the slash command and shortcuts, and what methods and events need."""
    needed = {scope for table in (METHODS, EVENTS) for scopes in table.values() for scope in scopes}
    return sorted({"commands", *needed})


def build_manifest(settings: Settings) -> dict[str, Any]:
    """Build the manifest: over HTTP when PUBLIC_URL is set and no app-level token, else over Socket Mode.

    Raises:
        ConfigurationError: Slack is to call us, but nobody said where.
    """
    if settings.slack_signing_secret and not settings.socket_mode and settings.public_url is None:
        raise ConfigurationError("PUBLIC_URL: set the https address under which Slack reaches /slack/events.")
    over_http = settings.public_url is not None and not settings.socket_mode
    request_url = {"request_url": f"{settings.public_url}/slack/events"} if over_http else {}
    command_url = {"url": f"{settings.public_url}/slack/events"} if over_http else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Headsup",
            "description": "Tells your clients before a promise slips, not after.",
            "long_description": LONG_DESCRIPTION,
            "background_color": "#1f4f46",
        },
        "features": features(command_url),
        "oauth_config": {"scopes": {"bot": scopes()}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not over_http,
            "token_rotation_enabled": False,
        },
    }


def features(command_url: dict[str, str] | None = None) -> dict[str, Any]:
    """Return what people see of the app in menus: its Home, shortcuts and commands (over HTTP with their `url`)."""
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": True,
        },
        "bot_user": {"display_name": "Headsup", "always_online": True},
        "shortcuts": [
            {
                "name": "New client request",
                "type": "global",
                "callback_id": str(Shortcut.NEW_REQUEST),
                "description": "Take down what a client asked for",
            },
            {
                "name": "Make a client request",
                "type": "message",
                "callback_id": str(Shortcut.MAKE_REQUEST),
                "description": "Make this message a client request",
            },
        ],
        "slash_commands": [
            {
                "command": SLASH,
                **(command_url or {}),
                "description": "Client requests and what was promised",
                "usage_hint": "[open | mine | new | status #142 | away until Mon | back | settings | client | help]",
                "should_escape": True,
            }
        ],
    }
