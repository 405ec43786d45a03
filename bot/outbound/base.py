"""The port of ways out for messages, filled in by wiring; the port of screens is the handlers' (handlers/ports.py)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a message stands at Slack."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What is being sent. `key` is stable over retries: the far side can tell by it that it has this one already.

    `to` is the recipient (a channel, a member, "" for the team channel). `remote` is the message to change instead of
    posting a new one; `thread` the message under whose thread to post. `keys` are all keys that share the message.
    """

    key: str
    to: str = ""
    remote: Remote | None = None
    thread: Remote | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the far side said: where the message stands, if it has such a place."""

    remote: Remote | None = None


class Way(Protocol):
    """A way out. Errors are permanent, temporary or ambiguous (`bot.errors`), never anything else."""

    def freeze(self, snapshot: Any, /) -> bytes:
        """Render a snapshot into the exact bytes that will leave. Pure."""
        ...

    async def send(self, frozen: bytes, reference: Reference, /) -> Receipt:
        """Send once. Raises PermanentSendError, TemporarySendError, AmbiguousSendError or LockedOutError."""
        ...

    async def look(self, reference: Reference, since: datetime, /) -> Receipt | None:
        """Look whether an earlier send arrived, None when nothing is found (or this way cannot look)."""
        ...
