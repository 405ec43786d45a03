"""Running the workspace alone, for an app that runs elsewhere."""

import asyncio
import errno
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from bot.workspace.address import ADDRESS_FILE, forget_address, write_address
from bot.workspace.driver import Driver
from bot.workspace.errors import ControlError
from bot.workspace.ports import PortsTakenError, at_a_free_port
from bot.workspace.server import WorkspaceServer

PORT: Final = 7780


@asynccontextmanager
async def running(path: Path | None, host: str, port: int) -> AsyncIterator[WorkspaceServer]:
    """A workspace at the port, or at the next free one where it is taken; its address is noted while it runs."""
    server = await _start(path, host, port)
    note = path.parent / ADDRESS_FILE.name if path else ADDRESS_FILE
    write_address(server.url, note)
    try:
        yield server
    finally:
        forget_address(note)
        await server.stop()


async def serve(path: Path | None, host: str, port: int, say: Callable[[str], None]) -> None:
    """Run until Ctrl-C or SIGTERM, printing how to connect an app and then every message as it comes."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with running(path, host, port) as server:
        if port and not server.url.endswith(f":{port}"):
            say(f"Port {port} is taken, so this workspace is at {server.url}.")
        say(how_to_connect(server))
        telling = asyncio.create_task(_tell(server, say))
        await stopped.wait()
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


def how_to_connect(server: WorkspaceServer) -> str:
    """The settings with which an app uses this workspace in place of Slack."""
    return (
        f"The workspace listens at {server.url}. An app connects with:\n"
        f"  SLACK_API_URL={server.api_url}\n"
        f"  SLACK_BOT_TOKEN={server.bot_token}\n"
        f"  SLACK_APP_TOKEN={server.app_token}\n"
        f"  SLACK_SIGNING_SECRET={server.signing_secret}\n"
        "Look around with `headsup workspace show`. Ctrl-C ends it."
    )


async def _tell(server: WorkspaceServer, say: Callable[[str], None]) -> None:
    async for message in Driver.of(server.control).follow():
        say(f"\n{message}")


async def _start(path: Path | None, host: str, port: int) -> WorkspaceServer:
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)

    async def listen(candidate: int) -> WorkspaceServer:
        server = WorkspaceServer(now=time.time, path=path, host=host, port=candidate)
        try:
            await server.start()
        except OSError as problem:
            await server.stop()
            if problem.errno == errno.EADDRINUSE:
                raise
            raise ControlError(f"the workspace cannot listen at {host}:{candidate}: {problem.strerror}") from problem
        return server

    try:
        return await at_a_free_port(port, listen)
    except PortsTakenError as problem:
        raise ControlError(f"{problem}; give another one with --port") from problem
