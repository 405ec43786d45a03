"""Events: which ones the app is told of, and the envelope they come in (docs: /apis/events-api)."""

from typing import Final

from bot.workspace.core import Core
from bot.workspace.ids import make_secret
from bot.workspace.models import JSON, Channel, User

_MESSAGES: Final = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}

SCOPES: Final = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "dnd_updated_user": "dnd:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "app_home_opened": "",
    "app_uninstalled": "",
    "tokens_revoked": "",
}
"""The scope without which an event does not come; channels:read for every event that is not named."""


def emit(core: Core, event: JSON, channel: Channel | None = None, sender: User | None = None) -> None:
    """Tell the app, if it subscribed, has the scope and is where it happened.

    For someone of another organisation the outer team_id is theirs; only `authorizations` names the team that
    installed the app (slackapi/java-slack-sdk#629).
    """
    app, state = core.state.app, core.state
    name = _MESSAGES[channel.kind] if event["type"] == "message" and channel else event["type"]
    scope = SCOPES.get(name, "channels:read")
    if name not in app.subscriptions or (scope and scope not in app.scopes):
        return
    if not app.installed and name not in {"app_uninstalled", "tokens_revoked"}:
        return
    number = state.count("event")
    team = sender.team if sender and channel and channel.shared_with else state.home_team.id
    event = {**event, "event_ts": event.get("event_ts") or core.clock.next_ts()}
    payload = {
        "token": "verification",
        "team_id": team,
        "context_team_id": state.home_team.id,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": "Ev0" + make_secret(f"event/{core.signing_secret}/{number}", 9).upper() + str(number),
        "event_time": int(float(event["event_ts"])),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": state.home_team.id,
                "user_id": app.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.shared_with),
        "event_context": f"4-{make_secret(f'context/{number}', 32)}",
    }
    core.delivery.send_event(app, payload)


def emit_message(core: Core, event: JSON, channel: Channel, sender: User | None = None) -> None:
    """A message event in a channel, which the app hears as a member only."""
    if core.state.app.bot_user in channel.members:
        kind = {"channel": "channel", "group": "group", "im": "im"}[channel.kind]
        emit(core, {"type": "message", **event, "channel": channel.id, "channel_type": kind}, channel, sender)
