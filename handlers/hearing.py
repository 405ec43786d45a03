"""What people write in channels: stored before it is acknowledged, so that a failure makes Slack deliver it again."""

from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.domain.incoming import ChannelMessage
from bot.errors import HeadsupError
from bot.intake.slack import Deleted, Edited, read_change, read_file, read_message
from bot.services import people
from bot.services.arriving import listening
from bot.services.context import Do
from handlers.ports import Screens
from handlers.raw import raw_of

log = structlog.get_logger(__name__)

TAKEN = "taken"


async def message_happened(
    event: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext, *, do: Do, read: Do
) -> None:
    """Take a message, an edit or a deletion for what it is; what no person said is acknowledged and left alone."""
    names = await read(people.names) if "<@" in str(event.get("text") or event.get("message")) else None
    change = read_change(event, names=names)
    said = None if change is not None else read_message(event, names=names)
    try:
        if isinstance(change, Deleted):
            await do(listening.message_deleted, channel=change.channel, ts=change.ts, at=change.at)
        elif isinstance(change, Edited):
            await do(listening.message_edited, channel=change.channel, ts=change.ts, text=change.text, at=change.at)
        elif said is not None:
            received = await do(listening.channel_message, said=said, raw=raw_of(event))
            context[TAKEN] = received is not None and not received.duplicate
    except HeadsupError:
        pass  # stored and shown to the team by the service; hearing it again would change nothing
    await ack()


async def message_taken(
    event: dict[str, Any], context: AsyncBoltContext, *, do: Do, read: Do, screens: Screens
) -> None:
    """Ask Slack for what the event left out: who a new contact is, and the files of a shared channel."""
    said = read_message(event) if context.get(TAKEN) else None
    if said is None:
        return
    try:
        await _ask_who(said, do=do, read=read, screens=screens)
        await _ask_for_files(said, do=do, screens=screens)
    except HeadsupError as error:
        log.info("Slack did not say more about a message.", action="hear", why=error.sentence)


async def _ask_who(said: ChannelMessage, *, do: Do, read: Do, screens: Screens) -> None:
    if not await read(people.is_new_here, user=said.user):
        return
    person = await screens.person_of(said.user)
    if person is not None:
        await do(people.contact_seen, user=said.user, person=person)


async def _ask_for_files(said: ChannelMessage, *, do: Do, screens: Screens) -> None:
    if not any(file.id and not file.url for file in said.attachments):
        return
    known = []
    for file in said.attachments:
        facts = await screens.file_of(file.id) if file.id and not file.url else None
        known.append(read_file(facts) if facts else file)
    await do(listening.files_known, channel=said.channel, ts=said.ts, attachments=known)


def register(app: AsyncApp, *, do: Do, read: Do, screens: Screens) -> None:
    """Listen for messages in channels, and for nothing that was said to the bot alone."""
    app.event("message")(
        ack=partial(message_happened, do=do, read=read),
        lazy=[partial(message_taken, do=do, read=read, screens=screens)],
    )
