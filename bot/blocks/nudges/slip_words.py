"""How it is said that a time has passed: in words that stay true, since a message is read at any time after it."""

from datetime import datetime, timedelta
from typing import Final

from bot.blocks import phrases
from bot.blocks.words import ago, when
from bot.domain.promises import Promise
from bot.domain.targets import Target

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


def aim_passed(standing: Target, missed: Target | None, now: datetime) -> str:
    """Return that our own aim has passed, the first one of those in a row; nothing while it is ahead or rests."""
    if standing.paused_at is not None:
        return ""
    passed = missed or (standing if standing.due_at <= now else None)
    return f"Our own aim {when(passed.due_at, 'was ')}, and has passed." if passed else ""
