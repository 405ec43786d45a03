"""What stands in the workspace, read from its messages without touching them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.overview import Place
from bot.intake.slack import WRITTEN_BY_PEOPLE
from bot.workspace.core import Core
from bot.workspace.models import Message

AT_ONCE: Final = 500
"""Messages looked at before everybody else gets a turn: a fraction of a millisecond."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Messages by where they stand: the app's with the keys that their metadata name, people's with their author."""

    posts: Mapping[Place, tuple[str, ...]]
    words: Mapping[Place, str]


async def look(core: Core) -> Standing:
    """Read all channels. It takes turns, so what comes or goes meanwhile may be seen or not."""
    posts: dict[Place, tuple[str, ...]] = {}
    words: dict[Place, str] = {}
    count = 0
    for channel, log in list(core.state.logs.items()):
        for message in list(log.messages.values()):
            count += 1
            if count % AT_ONCE == 0:
                await asyncio.sleep(0)
            body = message.body
            if message.audience:
                continue
            if body.get("bot_id") == core.state.app.bot_id:
                posts[channel, message.ts] = _keys(message)
            elif not body.get("bot_id") and body.get("subtype") in WRITTEN_BY_PEOPLE and body.get("user"):
                words[channel, message.ts] = str(body["user"])
    return Standing(posts, words)


def _keys(message: Message) -> tuple[str, ...]:
    payload: Any = (message.metadata or {}).get("event_payload") or {}
    keys = str(payload.get("keys") or "").split()
    return tuple(keys) or ((str(payload["key"]),) if payload.get("key") else ())
