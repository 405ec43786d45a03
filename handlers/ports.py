"""What wiring hands to every feature: how services are called, and what answers one person at once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from bot.domain.people import Member, Person

Now = Callable[[], datetime]
"""The clock's now, aware UTC."""


TeamChannel = Callable[[], str | None]
"""The team channel's Slack id, None while it is not known."""


class Screens(Protocol):
    """What answers one person at once: windows, App Home, whispers. Best effort, errors are `HeadsupError`."""

    async def open(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Open a window and return its id; a trigger lives three seconds."""
        ...

    async def push(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Put a window on top of the open one and return its id."""
        ...

    async def update(self, view_id: str, view: Mapping[str, Any], *, seen: str = "") -> str:
        """Change an open window and return the mark (Slack: hash) of what it shows now.

        With `seen`, such a mark, only while the window still shows that. Empty when nothing was changed: the window
        was closed, or shows something newer.
        """
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
        """Ask Slack who a person is: name, zone, whether they are a guest; None when it will not say."""
        ...

    async def file_of(self, ident: str) -> Mapping[str, Any] | None:
        """Ask Slack for a file of which an event said only its id; None when it will not say."""
        ...
