"""A scenario's lines come in, each once in the life of a folder, each at its own time of the night."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

import aiohttp
import structlog

from bot.errors import HeadsupError
from bot.running import Running
from bot.services.reading import asking
from bot.trial.arriving import Arriving
from bot.trial.hands import Hands, folded
from bot.trial.memory import Memory
from bot.trial.night import WAKES, evening_for, moment
from bot.trial.outside import Systems
from bot.trial.scenario import Client, Line, Scenario
from bot.workspace.errors import ControlError
from bot.workspace.server import WorkspaceServer

log = structlog.get_logger(__name__)

LATE = timedelta(hours=4)
"""A night that was interrupted goes on if its next line is no later than this; else it goes on the next night."""


class Feed:
    """Lets a scenario happen in a folder that is new, and goes on where it was interrupted.

    What came in is remembered line by line. What a crash may have left unremembered is looked for in what Headsup
    has, before it is said again.
    """

    def __init__(
        self, process: Running, server: WorkspaceServer, scenario: Scenario, *, memory: Memory, systems: Systems
    ) -> None:
        self.scenario = scenario
        self._process, self._server, self._memory = process, server, memory
        self._hands = Hands(process, server, scenario.host)
        self._arriving = Arriving(process, server, scenario, systems)
        self._known: dict[str, int] = {}

    @property
    def total(self) -> int:
        """How many requests come in altogether."""
        return self.scenario.requests

    @property
    def come_in(self) -> int:
        """How many of them have come in."""
        done = set(self._memory.done)
        return sum(line.opens and line.id in done for line in self.scenario.lines)

    @property
    def over(self) -> bool:
        """Whether everything has happened."""
        return self._memory.ended

    @property
    def banner(self) -> str:
        """What to say while it goes on; nothing afterwards."""
        if self.over:
            return ""
        begins = "The night goes by" if self.scenario.goes_through_the_night else "It begins"
        return f"{begins}: {self.come_in} of {self.total} requests have come in"

    async def run(self) -> bool:
        """Let happen what has not happened yet; tell whether anything did. A folder that lived before stays as it is.

        May be cancelled anywhere and run again, also by another process.
        """
        await self._process.connected.wait()
        await self._process.headsup.synced.wait()
        if self.over or await self._lived_before():
            return False
        if self._memory.done:
            self._known = await self._hands.what_came()
        self._choose_the_night()
        for client in self.scenario.clients:
            if client.channel:
                await self._once(f"link {client.name}", partial(self._hands.link, client))
        for line in self.scenario.lines:
            await self._happen(line)
        if self._memory.evening is not None:
            self._go_to(moment(self._memory.evening, WAKES))
        self._end()
        return True

    async def _lived_before(self) -> bool:
        """Tell whether the folder lived before anything was remembered in it; then it is left alone for good."""
        if self._memory.done or not (await self._process.headsup.desk.read(asking.setup_of)).linked:
            return False
        self._end()
        return True

    def _end(self) -> None:
        self._memory.ended = True
        self._memory.keep()

    def _choose_the_night(self) -> None:
        """Begin with the next night that can be lived whole; a night that was interrupted is lived on."""
        left = [line.at for line in self.scenario.lines if line.id not in self._memory.done and line.at is not None]
        if not left:
            return
        now, evening = self._process.headsup.clock.now(), self._memory.evening
        if evening is None or moment(evening, left[0]) + LATE < now:
            self._memory.evening = evening_for(now, left[0])
            self._memory.keep()

    async def _happen(self, line: Line) -> None:
        if line.at is not None and self._memory.evening is not None and line.id not in self._memory.done:
            self._go_to(moment(self._memory.evening, line.at))
        if line.client.channel:
            await self._introduce(line.client)
        await self._once(line.id, partial(self._arrive, line))
        await self._introduce(line.client)
        if line.taken_by:
            await self._once(f"taken {line.id}", partial(self._take, line))

    async def _introduce(self, client: Client) -> None:
        """Write a client's profile: before their first words when their channel is linked, else after them."""
        if client.language:
            await self._once(f"profile {client.name}", partial(self._hands.write_profile, client))

    async def _arrive(self, line: Line) -> None:
        words = folded(line.text)
        if words not in self._known:
            self._known[words] = await self._arriving.arrive(line)

    async def _take(self, line: Line) -> None:
        if number := self._known.get(folded(line.text)):
            await self._hands.acknowledge(line, number)

    async def _once(self, ident: str, do: Callable[[], Awaitable[None]]) -> None:
        """Do something unless it was done. What a fault or a person, who may play along, keeps from it is left out."""
        if ident in self._memory.done:
            return
        try:
            await do()
        except (ControlError, HeadsupError, TimeoutError, aiohttp.ClientError) as error:
            log.warning("Something of the scenario was left out.", action="feed", what=ident, why=type(error).__name__)
        self._memory.mark(ident)

    def _go_to(self, instant: datetime) -> None:
        """Move the clock forward to this moment, if it is not there yet."""
        ahead = (instant - self._process.headsup.clock.now()).total_seconds()
        if ahead > 0:
            self._server.control.forward(ahead)
