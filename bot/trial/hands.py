"""What the agency's people do in a trial before it begins, with the presses that anybody would do."""

import asyncio
import contextlib
from datetime import timedelta

from bot.blocks.languages import LANGUAGES
from bot.domain.people import Actor
from bot.domain.promises import Outcome
from bot.errors import HeadsupError
from bot.running import Running
from bot.services.arriving import linking
from bot.services.reading import asking
from bot.trial.scenario import Client, Line
from bot.workspace.driver import Driver
from bot.workspace.errors import ControlError
from bot.workspace.server import WorkspaceServer

SECONDS = 20.0
"""Real time after which something that should come has not; then the feed goes on without it."""

A_MOMENT = timedelta(seconds=1)


class Hands:
    """The agency's people at work. Every method may be repeated after a crash: it does what is still missing."""

    def __init__(self, process: Running, server: WorkspaceServer, host: str) -> None:
        self._headsup = process.headsup
        self._server = server
        self._host = host
        self._driver = Driver.of(server.control, patience=0.3)

    @property
    def actor(self) -> Actor:
        """Who looks things up: the host."""
        return Actor(self._server.core.state.user(self._host).id)

    async def link(self, client: Client) -> None:
        """Link a client's channel."""
        channel = self._server.core.state.channel(client.channel).id
        if await self._headsup.desk.read(linking.channel_of, channel=channel) is None:
            await self._driver.slash(self._host, f"#{client.channel}", f"/headsup client link {client.name}")

    async def write_profile(self, client: Client) -> None:
        """Fill in a client's profile, as `/headsup client NAME` offers it."""
        await self._clear(self._host)
        await self._driver.slash(self._host, "dm", f"/headsup client {client.name}")
        await self._driver.until(self._host, "dm", client.name, seconds=SECONDS)
        await self._driver.press(self._host, "dm", "Edit profile", message=client.name)
        await self._driver.until(self._host, "modal", client.name, seconds=SECONDS)
        fields = {
            "Language": LANGUAGES[client.language],
            "Time zone": client.tz,
            "Tone": client.tone,
            "What matters to them": client.notes,
        }
        await self._driver.submit(self._host, fields)
        await self._clear(self._host)

    async def acknowledge(self, line: Line, request: int) -> None:
        """Let a member acknowledge a request, and the reply leave: its promise is open afterwards."""
        if await self._has_promise(request):
            return
        await self._clear(line.taken_by)
        await self._driver.press(line.taken_by, self._team_room(), "Acknowledge", message=f"#{request} · ")
        await self._driver.until(line.taken_by, "modal", f"Reply to #{request}", seconds=SECONDS)
        await self._driver.submit(line.taken_by)
        await self._clear(line.taken_by)
        undo = self._headsup.settings.undo_seconds + A_MOMENT
        self._server.control.forward(undo.total_seconds())
        async with asyncio.timeout(SECONDS):
            while not await self._has_promise(request):
                await self._server.control.wait(self._server.core.state.version, timeout=0.1)

    async def _clear(self, person: str) -> None:
        """Close whatever window a person has open, perhaps since a crash."""
        with contextlib.suppress(ControlError):
            await self._server.control.close(person, everything=True)

    def _team_room(self) -> str:
        channel = self._headsup.known.team_channel or ""
        return f"#{self._server.core.state.channel(channel).name}"

    async def _has_promise(self, request: int) -> bool:
        status = await self._headsup.desk.read(asking.status_of, actor=self.actor, request=request)
        return any(promise.outcome is Outcome.OPEN for promise in status.promises)

    async def what_came(self) -> dict[str, int]:
        """Return the clients' words that Headsup has already, each with the number of its request."""
        words: dict[str, int] = {}
        number = 1
        while True:
            try:
                _, said = await self._headsup.desk.read(asking.conversation_of, actor=self.actor, request=number)
            except HeadsupError:
                return words
            words |= {folded(message.text): number for message in said}
            number += 1


def folded(text: str) -> str:
    """Return a text by its words alone, so that it is known again after its way through Slack."""
    return " ".join(text.split())
