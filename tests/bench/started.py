"""Headsup started as a person starts it, `python -m bot run`, against a workspace of ours."""

import asyncio
import json
import secrets
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from standardwebhooks import Webhook

from bot.workspace.server import WorkspaceServer
from tests.bench.children import clean_environment, stop

SECRET = "whsec_aGVhZHN1cC1iZW5jaC1zZWNyZXQtMTIzNDU2Nzg5MA=="
READY_SECONDS = 60.0
LOOK_SECONDS = 0.01

MAILS = (
    "Since this morning the booking page shows a blank screen on phones. Can you look at it, please?",
    "This is the second time that the invoice has the wrong VAT number. Please send a corrected one.",
    "We love the new site! Could you add a careers page with a small form before our fair on the 12th?",
    "Any news about the newsletter template? You told us on Monday that we would hear from you.",
)


@dataclass(frozen=True)
class Started:
    """A running Headsup: its process, its address, and how long it took until it was ready."""

    process: asyncio.subprocess.Process
    url: str
    seconds: float


@asynccontextmanager
async def started(server: WorkspaceServer, database: str, folder: Path) -> AsyncIterator[Started]:
    """Run Headsup until the block ends.

    Raises:
        RuntimeError: it ended, or was not ready in time; the sentence holds what it printed.
    """
    port = _free_port()
    environment = clean_environment(
        SLACK_BOT_TOKEN=server.bot_token,
        SLACK_APP_TOKEN=server.app_token,
        SLACK_API_URL=server.api_url,
        SLACK_TEAM_CHANNEL="#requests",
        DATABASE_URL=database,
        WEBHOOK_SECRET=SECRET,
        HOST="127.0.0.1",
        LEAD="@sam",
    )
    environment |= {"PORT": str(port)}
    began = time.monotonic()
    with (folder / "headsup.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stdout=log, stderr=log
        )
        try:
            url = f"http://127.0.0.1:{port}"
            await _until_ready(process, url, folder / "headsup.log")
            yield Started(process, url, time.monotonic() - began)
        finally:
            process.terminate()
            await stop(process)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def _until_ready(process: asyncio.subprocess.Process, url: str, log: Path) -> None:
    """Wait until it says that it can do its work: the database is there and Slack is connected."""
    deadline = time.monotonic() + READY_SECONDS
    async with aiohttp.ClientSession() as session:
        while process.returncode is None and time.monotonic() < deadline:
            try:
                async with session.get(f"{url}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(LOOK_SECONDS)
    raise RuntimeError("Headsup did not become ready:\n" + _end_of(log))


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:]


async def send(session: aiohttp.ClientSession, url: str, number: int) -> float:
    """Send one signed webhook; return the milliseconds until it was taken (201).

    Raises:
        RuntimeError: it was answered otherwise.
    """
    body = json.dumps(
        {
            "client": f"Client {number % 20}",
            "from": {"name": f"Writer {number}", "email": f"writer{number}@client.example"},
            "subject": "From the morning",
            "text": f"{MAILS[number % len(MAILS)]} ({number})",
        }
    )
    ident, now = f"msg_{secrets.token_hex(8)}", datetime.now(UTC)
    headers = {
        "content-type": "application/json",
        "webhook-id": ident,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(SECRET).sign(ident, now, body),
    }
    began = time.perf_counter()
    async with session.post(f"{url}/intake/webhook", data=body.encode(), headers=headers) as answer:
        if answer.status != 201:
            raise RuntimeError(f"a webhook was answered {answer.status}: {await answer.text()}")
    return (time.perf_counter() - began) * 1000


async def send_many(url: str, numbers: range, *, at_once: int) -> list[float]:
    """Send many, so many in flight; return the milliseconds of each."""
    left = iter(numbers)
    async with aiohttp.ClientSession() as session:

        async def hand() -> list[float]:
            return [await send(session, url, number) for number in left]

        return [took for taken in await asyncio.gather(*(hand() for _ in range(at_once))) for took in taken]
