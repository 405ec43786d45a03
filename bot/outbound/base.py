"""The ports that wiring fills in: ways out for messages, and screens for what answers a person at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.people import Member, Person


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


class Screens(Protocol):
    """What answers one person at once. Best effort, never the outbox; errors are `HeadsupError`."""

    async def open(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Open a window and return its id. A trigger lives three seconds."""
        ...

    async def push(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Put a window on top of the open one and return its id."""
        ...

    async def update(self, view_id: str, view: Mapping[str, Any]) -> None:
        """Change an open window."""
        ...

    async def publish(self, user: str, view: Mapping[str, Any]) -> None:
        """Show a person's App Home."""
        ...

    async def whisper(
        self,
        channel: str,
        user: str,
        text: str,
        blocks: list[dict[str, Any]] | None = None,
        thread: str | None = None,
    ) -> None:
        """Say something in a channel that only this person sees."""
        ...

    async def respond(
        self, response_url: str, text: str, blocks: list[dict[str, Any]] | None = None, *, replace: bool = False
    ) -> None:
        """Answer a command or press through its response URL."""
        ...

    async def lookup(self, user: str) -> Member | None:
        """Ask Slack about a person: a member of the team channel comes back as one, everybody else as None."""
        ...

    async def person_of(self, user: str) -> Person | None:
        """Ask Slack what a person is called and where they live, whoever they are; None when it will not say."""
        ...

    async def file_of(self, ident: str) -> Mapping[str, Any] | None:
        """Ask Slack for a file of which an event said only its id; None when it will not say."""
        ...
