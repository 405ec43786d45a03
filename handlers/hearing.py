"""What people write in channels: stored before it is acknowledged, so that a failure makes Slack deliver it again."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.errors import HeadsupError
from bot.intake.slack import Deleted, Edited, read_change, read_message
from bot.services import listening
from bot.services.context import Do
from handlers.raw import raw_of


async def message_happened(event: dict[str, Any], ack: AsyncAck, *, do: Do) -> None:
    """Take a message, an edit or a deletion for what it is; what no person said is acknowledged and left alone."""
    change = read_change(event)
    said = None if change is not None else read_message(event)
    try:
        if isinstance(change, Deleted):
            await do(listening.message_deleted, channel=change.channel, ts=change.ts, at=change.at)
        elif isinstance(change, Edited):
            await do(listening.message_edited, channel=change.channel, ts=change.ts, text=change.text, at=change.at)
        elif said is not None:
            await do(listening.channel_message, said=said, raw=raw_of(event))
    except HeadsupError:
        pass  # stored and shown to the team by the service; hearing it again would change nothing
    await ack()


def register(app: AsyncApp, *, do: Do) -> None:
    """Listen for messages in channels, and for nothing that was said to the bot alone."""
    app.event("message")(partial(message_happened, do=do))
