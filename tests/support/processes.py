"""Real operating-system processes of Headsup on one PostgreSQL database, against one local workspace.

They get nothing but environment variables and signals, as on a server; what they did is read from the workspace, from
the client's own system and from the database.
"""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from bot.workspace.server import WorkspaceServer
from tests.support.processes_database import Ledger

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
ROLES = ("bot", "web", "worker1", "worker2")
PATIENCE = 45.0
"""Seconds (real) after which a test says that something did not come: a busy machine starts a process in ten."""


async def until(look: Callable[[], T | Awaitable[T]], what: str, *, seconds: float = PATIENCE) -> T:
    """Wait until something is true, and return it; `what` says what was waited for when it never comes."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if isinstance(found, Awaitable):
            found = await found
        if found:
            return found
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what}"
        await asyncio.sleep(0.05)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Child:
    """One process: `python -m bot ROLE`. Its output is kept in `log`."""

    name: str
    env: dict[str, str]
    log: Path
    process: asyncio.subprocess.Process | None = None
    kills: int = 0

    @property
    def role(self) -> str:
        return self.name.rstrip("0123456789")

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def start(self) -> None:
        """Start it; one that runs is left alone."""
        if self.alive:
            return
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                self.role,
                cwd=self.log.parent,
                env=self.env,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """End it as a power cut would, stopped or not."""
        if self.process is not None and self.process.returncode is None:
            self.signal(signal.SIGKILL)
            await self.process.wait()
            self.kills += 1

    async def end(self) -> int:
        """Ask it to end, as a deployment does, and return its exit code."""
        assert self.process is not None
        self.signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    def pause(self) -> None:
        """Stop it where it is: a machine that sleeps, a long pause of the virtual machine."""
        self.signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.signal(signal.SIGCONT)

    def signal(self, number: int) -> None:
        """Send a signal; one that is gone already needs none."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    def said(self) -> str:
        """Return what it wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""


@dataclass
class Fleet:
    """All processes of one installation, its database, its workspace."""

    server: WorkspaceServer
    ledger: Ledger
    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    children: dict[str, Child] = field(default_factory=dict)

    @property
    def control(self) -> Any:
        return self.server.control

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def child(self, name: str) -> Child:
        """Return a process of this name, made when first asked for."""
        if name not in self.children:
            self.children[name] = Child(name, self._env(name), self.folder / f"{name}.log")
        return self.children[name]

    def _env(self, name: str) -> dict[str, str]:
        """Return the whole environment of a process: nothing is inherited that could change what Headsup does."""
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TMPDIR") if key in os.environ}
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "PGAPPNAME": name,  # so that the database can say who waits there
            "SLACK_BOT_TOKEN": self.server.bot_token,
            "SLACK_APP_TOKEN": self.server.app_token,
            "SLACK_API_URL": self.server.api_url,
            "SLACK_TEAM_CHANNEL": "#requests",
            "DATABASE_URL": self.ledger.url,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "LEAD": "@sam",
            "TEAM_CALENDAR": "24/7",  # these tests run at any hour of any day
            "LOG_FORMAT": "json",
            **self.settings,
        }

    async def migrate(self) -> None:
        """Run `headsup migrate`, as before every deployment."""
        done = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "migrate", cwd=self.folder, env=self._env("migrate"),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await done.communicate()
        assert done.returncode == 0, said.decode()

    async def start(self, *names: str) -> None:
        """Start processes (all four when none is named) and wait until each can do its work."""
        wanted = names or ROLES
        await asyncio.gather(*(self.child(name).start() for name in wanted))
        for name in wanted:
            await until(lambda name=name: self.is_up(name), f"{name} to be up\n{self.child(name).said()[-2000:]}")

    async def is_up(self, name: str) -> bool:
        """Tell whether a process is ready; one that ended by itself fails the test with its words."""
        child = self.child(name)
        assert child.alive, f"{name} ended by itself:\n{child.said()[-4000:]}"
        if not await self.ledger.knows_the_team():
            return False
        if child.role == "web":
            return await self.answers("/readyz")
        if child.role == "bot":
            return bool(self.control.connections())
        return name in await self.ledger.connected()

    async def answers(self, path: str) -> bool:
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{self.url}{path}") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def kill(self, *names: str) -> None:
        """Kill processes (all that live when none is named), and wait until the database has let go of them.

        A lost connection lets the database undo what was not committed; one that waits for a lock is ended by hand,
        because the server would only notice at its next word to the client.
        """
        gone = names or tuple(name for name, child in self.children.items() if child.alive)
        await asyncio.gather(*(self.child(name).kill() for name in gone))
        await self.ledger.forget_connections(gone)
        if any(self.child(name).role == "bot" for name in gone):
            await until(lambda: not self.control.connections(), "the workspace to notice that the bot is gone")

    async def restart(self, *names: str) -> None:
        """Start processes that were killed, after their leases ran out (not in real time: a minute each)."""
        await self.ledger.let_leases_run_out()
        await self.start(*names)

    async def forward(self, seconds: float) -> None:
        """Move the clock of the workspace and of every process."""
        self.control.forward(seconds)
        await self.ledger.move_clock(self.server.core.clock.offset)

    def drop(self) -> None:
        """Kill everything at once, without waiting for it."""
        for child in self.children.values():
            if child.alive:
                child.signal(signal.SIGKILL)

    async def close(self) -> None:
        """Leave nothing behind, whatever state things are in."""
        await asyncio.gather(*(child.kill() for child in self.children.values()))

    def logs(self) -> Iterator[tuple[str, str]]:
        """Yield the last words of every process."""
        for name, child in self.children.items():
            yield name, child.said()[-6000:]
