"""`headsup run` without Slack tokens: the local workspace and Headsup in one process, on one adjustable clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.alone import alone
from bot.clock import Clock
from bot.config import Settings
from bot.manifest import features
from bot.running import EVERYTHING, Running, move_clock, running
from bot.services.arriving import readdressing
from bot.trial.briefing import Briefer, welcoming
from bot.trial.feeding import Feed
from bot.trial.memory import Memory
from bot.trial.outside import Systems
from bot.trial.passing import Passing
from bot.trial.ports import at_a_free_port, first_free
from bot.trial.scenario import USUAL, Scenario, load
from bot.trial.settings import apart, hours_of, settings_for, webhook_secret
from bot.trial.world import world_of
from bot.wiring import Headsup, build
from bot.workspace.address import ADDRESS_FILE, forget_address, write_address
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer

FOLDER = ADDRESS_FILE.parent
PORT = 7780

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial that runs: Headsup, the workspace, what comes in, and the clients' own systems."""

    process: Running
    server: WorkspaceServer
    feed: Feed
    systems: Systems

    @property
    def scenario(self) -> Scenario:
        """What this folder lives."""
        return self.feed.scenario


@asynccontextmanager
async def local(
    settings: Settings,
    say: Say,
    *,
    asked: str = "",
    port: int = PORT,
    folder: Path = FOLDER,
    pace: Pace | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[Trial]:
    """Run the workspace and Headsup on one adjustable clock; nothing comes in before `feed.run()`.

    A second start continues where the first one ended, with the scenario of the first. `say` hears of taken ports
    and of another scenario than the one that was `asked` for. `pace` is Slack's and `clock` this machine's
    unless given.

    Raises ConfigurationError for a scenario that there is not, and when another process lives in the folder.
    """
    settings, wanted = apart(settings), load(asked or USUAL)
    with alone(folder / "lock", "The local workspace"):
        memory = Memory.of(folder / "trial.json")
        scenario = load(memory.scenario) if memory.scenario else wanted
        if asked and scenario is not wanted:
            say(
                f"This folder lives the scenario {scenario.name} already, and goes on with it. "
                f"To live {wanted.name}, remove the folder {folder} or start in another one."
            )
        memory.scenario = scenario.name
        clock = clock or Clock()
        systems = Systems(
            scenario.clients,
            folder / "outside.jsonl",
            secret=webhook_secret(settings, folder),
            now=lambda: clock.now().timestamp(),
        )
        async with (
            systems.listening(say),
            _workspace(scenario, clock, say, port=port, folder=folder, pace=pace) as (server, follow),
        ):
            server.companion.tell(welcoming(server.core))
            told = settings_for(settings, server, systems.host, folder, hours=hours_of(scenario))
            async with _headsup(told, clock, say) as process:
                follow(process.headsup)
                if systems.moved_from:
                    await process.headsup.desk.do(
                        readdressing.callbacks_moved, old=systems.moved_from, new=systems.address("")
                    )
                systems.remember_the_port()
                feed = Feed(process, server, scenario, memory=memory, systems=systems)
                briefer = Briefer(process, server, feed, systems.all, folder)
                process.headsup.spawn(briefer.run(), "brief the pages")
                server.companion.next_stop = Passing(process.headsup, server).next_stop
                yield Trial(process, server, feed, systems)


@asynccontextmanager
async def _workspace(
    scenario: Scenario, clock: Clock, say: Say, *, port: int, folder: Path, pace: Pace | None
) -> AsyncIterator[tuple[WorkspaceServer, Callable[[Headsup], None]]]:
    """Run the workspace; what it yields beside it lets a Headsup remember how far the clock was moved."""
    followers: list[Headsup] = []
    loop = asyncio.get_running_loop()

    def moved(seconds: float) -> None:
        clock.move(timedelta(seconds=seconds))
        for headsup in followers:
            loop.call_soon_threadsafe(headsup.spawn, move_clock(headsup, timedelta()), "move the clock")

    async def start(candidate: int) -> WorkspaceServer:
        server = WorkspaceServer(
            lambda: clock.now().timestamp(),
            path=folder / "workspace.db",
            port=candidate,
            move_clock=moved,
            world=world_of(scenario),
            pace=pace,
            features=features(),
        )
        try:
            await server.start()
        except OSError:
            await server.stop()
            raise
        return server

    server = await at_a_free_port(port, start)
    if port and not server.url.endswith(f":{port}"):
        say(f"Port {port} is taken, so the workspace is at {server.url}.")
    note = folder / ADDRESS_FILE.name
    write_address(server.url, note)
    try:
        yield server, followers.append
    finally:
        followers.clear()
        forget_address(note)
        await server.stop()


@asynccontextmanager
async def _headsup(settings: Settings, clock: Clock, say: Say) -> AsyncIterator[Running]:
    """Run Headsup at the port of its settings, or at the next free one."""
    port = first_free(settings.host, settings.port)
    if port != settings.port:
        say(f"Port {settings.port} is taken, so webhooks come in at port {port}.")
    async with running(build(settings.model_copy(update={"port": port}), clock=clock), EVERYTHING) as process:
        yield process
