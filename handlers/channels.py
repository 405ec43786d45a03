"""What becomes of channels and of the installation: renamed, shared, archived, a token revoked."""

from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.services.arriving import linking
from bot.services.context import Do

log = structlog.get_logger(__name__)


async def renamed_happened(event: dict[str, Any], ack: AsyncAck, *, do: Do) -> None:
    """Follow a new name."""
    channel = event["channel"]
    await do(linking.channel_renamed, channel=str(channel["id"]), name=str(channel.get("name") or ""))
    await ack()


async def shared_happened(event: dict[str, Any], ack: AsyncAck, *, shared: bool, do: Do) -> None:
    """Note that a channel is (no longer) shared with another organisation."""
    still = shared or bool(event.get("is_ext_shared"))
    await do(linking.channel_shared, channel=str(event["channel"]), shared=still)
    await ack()


async def id_changed_happened(event: dict[str, Any], ack: AsyncAck, *, do: Do) -> None:
    """Follow a channel whose id changed when it was shared."""
    await do(linking.channel_id_changed, old=str(event["old_channel_id"]), new=str(event["new_channel_id"]))
    await ack()


async def archived_happened(event: dict[str, Any], ack: AsyncAck, *, do: Do) -> None:
    """Treat an archived channel as one that we were removed from: nothing comes or goes there."""
    await do(linking.channel_left, channel=str(event["channel"]))
    await ack()


async def unarchived_happened(event: dict[str, Any], ack: AsyncAck, *, do: Do) -> None:
    """Take a channel up again."""
    await do(linking.channel_joined, channel=str(event["channel"]))
    await ack()


async def locked_out_happened(event: dict[str, Any], ack: AsyncAck) -> None:
    """Say in the log that Slack refuses our token from now on; delivery waits, and `/readyz` says why."""
    log.error(
        "Slack revoked the installation. Everything is kept; install the app again and restart with the new tokens.",
        action=str(event.get("type")),
    )
    await ack()


def register(app: AsyncApp, *, do: Do) -> None:
    """Listen for what becomes of channels and of the installation."""
    for renamed in ("channel_rename", "group_rename"):
        app.event(renamed)(partial(renamed_happened, do=do))
    for archived in ("channel_archive", "group_archive"):
        app.event(archived)(partial(archived_happened, do=do))
    for unarchived in ("channel_unarchive", "group_unarchive"):
        app.event(unarchived)(partial(unarchived_happened, do=do))
    app.event("channel_shared")(partial(shared_happened, shared=True, do=do))
    app.event("channel_unshared")(partial(shared_happened, shared=False, do=do))
    app.event("channel_id_changed")(partial(id_changed_happened, do=do))
    for name in ("tokens_revoked", "app_uninstalled"):
        app.event(name)(locked_out_happened)
