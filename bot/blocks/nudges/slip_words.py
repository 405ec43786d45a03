"""How it is said that a time has passed: in words that stay true, since a message is read at any time after it."""

from datetime import datetime, timedelta
from typing import Final

from bot.blocks import phrases
from bot.blocks.words import ago, when
from bot.domain.promises import Promise

_MINUTE: Final = timedelta(minutes=1)


def long_ago(instant: datetime, now: datetime) -> str:
    """Return how long ago something was, counting on; nothing within the first minute: no person counts seconds."""
    return ago(instant) if now - instant >= _MINUTE else ""


def told(promise: Promise) -> str:
    """Return what a client was told, and by when, without an end."""
    return f"We told them that they *{phrases.told(promise.kind)}* {when(promise.due_at, 'by ')}"


def without_word(promise: Promise, now: datetime) -> str:
    """Return that a time passed and no word followed; what they heard before it is not denied."""
    since = long_ago(promise.due_at, now)
    passed = f"That was due {since}" if since else "That time has passed"
    return f"{told(promise)}. {passed}, and they have had no word since."
