"""Whom the words of a message name."""

import re
from typing import Final

from bot.workspace.models import Message
from bot.workspace.remembering import Memory
from bot.workspace.state import State

_MENTION: Final = re.compile(r"<@(\w+)")
_MEMORY: Final[Memory[tuple[str, str], frozenset[str]]] = Memory()


def mentioned(state: State, message: Message) -> frozenset[str]:
    """The ids of whom a message's words, or those in its blocks, name; looked for once in each version of it."""
    stamp = state.stamps.get(("message", f"{message.channel}/{message.ts}"), 0)
    return _MEMORY.answer(state, (message.channel, message.ts), (stamp,), lambda: _named_in(message))


def _named_in(message: Message) -> frozenset[str]:
    return _names(message.body.get("text"), message.body.get("blocks"), message.body.get("attachments"))


def _names(*parts: object) -> frozenset[str]:
    """Without recursion: a message may hold ten thousand elements, as deep as somebody cared to nest them."""
    found: set[str] = set()
    left = list(parts)
    while left:
        part = left.pop()
        if isinstance(part, str):
            found.update(_MENTION.findall(part) if "<@" in part else ())
        elif isinstance(part, dict):
            if part.get("type") == "user" and isinstance(part.get("user_id"), str):
                found.add(part["user_id"])
            left.extend(part.values())
        elif isinstance(part, list):
            left.extend(part)
    return frozenset(found)
