"""Reading what was written while we were away: history of linked channels, and the threads of open requests.

Every message goes through the same service as an event, which knows those it has. The mark of a channel moves only
after a whole reading, so a hole left by one lost event is found by the next reading.
"""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.people import LinkedChannel
from bot.errors import HeadsupError, PermanentSendError
from bot.intake.slack import read_message
from bot.outbound import slack_people
from bot.services import people
from bot.services.arriving import catching, linking, listening
from bot.services.context import Desk

log = structlog.get_logger(__name__)

OVERLAP = timedelta(minutes=10)
"""Read this much again before the mark: Slack may still be delivering what was written then."""

FIRST_LOOK = timedelta(hours=1)
"""A newly linked channel is read this far back, not from its beginning."""


async def catch_up(desk: Desk, client: AsyncWebClient) -> int:
    """Read all linked channels; return how many messages were new. One channel's trouble does not stop the others."""
    found = 0
    for link in await desk.read(linking.linked_channels):
        if not link.joined:
            continue
        try:
            found += await _catch_up_channel(desk, client, link)
        except PermanentSendError as error:
            if error.facts.get("code") in {"not_in_channel", "channel_not_found"}:
                await desk.do(linking.channel_left, channel=link.id)
        except HeadsupError as error:
            log.warning("A channel could not be read; it is tried again.", action="catch_up", why=error.sentence)
    return found


async def _catch_up_channel(desk: Desk, client: AsyncWebClient, link: LinkedChannel) -> int:
    started = desk.clock.now()
    mark, threads = await desk.read(catching.where_to_read, channel=link.id)
    oldest = _stamp(max(datetime.fromisoformat(mark) - OVERLAP if mark else started - FIRST_LOOK, _EPOCH))
    messages = [m async for m in slack_people.history(client, link.id, oldest=oldest)]
    for root in threads:
        messages += [m async for m in _thread(client, link.id, root, oldest)]
    names = await desk.read(people.names)
    new = 0
    for message in sorted(messages, key=lambda m: str(m.get("ts", ""))):
        said = read_message(message, channel=link.id, names=names)
        if said is None:
            continue
        raw = json.dumps(message, ensure_ascii=False, sort_keys=True).encode()
        received = await desk.do(listening.channel_message, said=said, raw=raw)
        new += received is not None and not received.duplicate
    await desk.writing(catching.was_read, channel=link.id, at=started)
    return new


async def _thread(client: AsyncWebClient, channel: str, root: str, oldest: str) -> AsyncIterator[dict[str, Any]]:
    try:
        async for message in slack_people.replies(client, channel, root, oldest=oldest):
            yield message
    except PermanentSendError:
        return  # the root was deleted: its thread is gone at Slack, and stays with us


_EPOCH = datetime.fromisoformat("1970-01-02T00:00:00+00:00")


def _stamp(instant: datetime) -> str:
    return f"{instant.timestamp():.6f}"
