"""The app under test, in a process of its own: bare Bolt, bare Bolt with one raw commit, or Headsup itself."""

import asyncio
import json
import re
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.config import load_settings
from bot.domain.incoming import IncomingMessage, Source
from bot.outbound.slack_client import build_client
from bot.running import PING_SECONDS, Roles, running
from bot.services.arriving import receiving
from bot.services.outbox import pacing
from bot.services.reading import asking
from bot.store import Store
from bot.store.engine import POOL_SIZE
from bot.store.migrate import migrate
from bot.wiring import Headsup, build
from tests.bench.children import READY

TEXT = "The invoice has the wrong VAT number, and our accounting refuses to pay it. Can you send a new one, please?"
SEEDING_SECONDS = 120.0

Commit = Callable[[str], None]


async def main(facts: dict[str, Any]) -> None:
    """Connect, say so, and go on until nobody needs us."""
    kinds = {"bare": _bare, "commit": _with_a_commit, "headsup": _headsup}
    async with kinds[facts["app"]](facts):
        sys.stdout.write(READY + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


@asynccontextmanager
async def _bare(facts: dict[str, Any]) -> AsyncIterator[None]:
    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    async with _connected(facts, acknowledge):
        yield


@asynccontextmanager
async def _with_a_commit(facts: dict[str, Any]) -> AsyncIterator[None]:
    """One row in one transaction before the acknowledgement, in a thread, as durable as Headsup's own."""
    on_sqlite = facts["database"].startswith("sqlite")
    commit = _sqlite_commit(facts["database"]) if on_sqlite else _postgresql_commit(facts["database"])
    threads = ThreadPoolExecutor(1 if on_sqlite else POOL_SIZE)

    async def store_and_acknowledge(ack: AsyncAck, body: dict[str, Any]) -> None:
        await asyncio.get_running_loop().run_in_executor(threads, commit, body["user"]["id"])
        await ack()

    async with _connected(facts, store_and_acknowledge):
        yield


def _sqlite_commit(url: str) -> Commit:
    database = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE press (by TEXT)"):
        database.execute(statement)

    def commit(user: str) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO press VALUES (?)", (user,))
        database.execute("COMMIT")

    return commit


def _postgresql_commit(url: str) -> Commit:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE press (by TEXT)")
    pool = ConnectionPool(url, min_size=POOL_SIZE, open=True)

    def commit(user: str) -> None:
        with pool.connection() as connection:
            connection.execute("INSERT INTO press VALUES (%s)", (user,))

    return commit


@asynccontextmanager
async def _connected(facts: dict[str, Any], listener: Callable[..., Awaitable[None]]) -> AsyncIterator[None]:
    """Run Bolt as Headsup runs it: the same client, the same flags, the same ready answer to "who is this?"."""

    async def authorize(**_facts: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=facts["bot_token"])

    app = AsyncApp(
        client=build_client(None, base_url=facts["api_url"]),
        authorize=authorize,
        signing_secret="socket mode has none",
        process_before_response=True,
    )
    app.action(re.compile(".*"))(listener)
    opener = build_client(facts["app_token"], base_url=facts["api_url"])
    handler = AsyncSocketModeHandler(app, app_token=facts["app_token"], web_client=opener, ping_interval=PING_SECONDS)
    handler.client.proxy = None
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def _headsup(facts: dict[str, Any]) -> AsyncIterator[None]:
    """Headsup with as many requests as asked for, their cards standing; it delivers while it is pressed, too."""
    store = Store(facts["database"], elapsed=time.monotonic)
    migrate(store)
    store.close()
    settings = load_settings(
        {
            "SLACK_BOT_TOKEN": facts["bot_token"],
            "SLACK_APP_TOKEN": facts["app_token"],
            "SLACK_API_URL": facts["api_url"],
            "SLACK_TEAM_CHANNEL": "#requests",
            "DATABASE_URL": facts["database"],
            "LEAD": "@sam",
        }
    )
    async with running(build(settings), Roles(bot=True, worker=True)) as process:
        await process.headsup.synced.wait()
        await process.connected.wait()
        await _fill(process.headsup, facts["requests"])
        yield


async def _fill(headsup: Headsup, count: int) -> None:
    """Receive requests and post their cards as fast as it goes; then the pace is Slack's again."""
    pace, pacing.PACE_SECONDS = pacing.PACE_SECONDS, 0.0
    for number in range(count):
        incoming = IncomingMessage(
            source=Source.WEBHOOK,
            identity=f"bench-{number}",
            text=TEXT,
            at=headsup.clock.now(),
            client_name=f"Client {number % 20}",
            sender_name="Carla Mendes",
            sender_email="carla@client.example",
        )
        await headsup.desk.do(receiving.receive, incoming=incoming, raw=b"{}")
    async with asyncio.timeout(SEEDING_SECONDS):
        while (await headsup.desk.read(asking.health_of)).outbox_waiting:
            await asyncio.sleep(0.05)
    pacing.PACE_SECONDS = pace


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
