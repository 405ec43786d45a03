"""One installation for all of these tests: PostgreSQL, the workspace, the client's own system, and four processes.

It goes on from test to test like a real one, through dozens of kills: what one test left must not trouble the next.
"""

import sys
import time
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
import pytest_asyncio

pytest.register_assert_rewrite("tests.support.processes_laws", "tests.support.processes_chaos")

from bot.workspace.pace import Pace  # noqa: E402 - after the line above
from bot.workspace.server import WorkspaceServer  # noqa: E402 - after the line above
from tests.support.databases import Databases  # noqa: E402 - after the line above
from tests.support.processes import Fleet  # noqa: E402 - after the line above
from tests.support.processes_client import SECRET, ClientSystem  # noqa: E402 - after the line above
from tests.support.processes_database import Ledger  # noqa: E402 - after the line above
from tests.support.processes_day import Day  # noqa: E402 - after the line above
from tests.support.processes_laws import check_all  # noqa: E402 - after the line above
from tests.support.processes_points import Points  # noqa: E402 - after the line above

READS = ("auth.test", "conversations.list", "conversations.members", "users.info", "conversations.history")
PACE = Pace(per_minute=dict.fromkeys((*READS, "conversations.replies", "conversations.open", "chat.update"), 10_000))
"""Posting is limited as at Slack; reading is not: a fleet restarted every ten seconds would only wait for its tiers."""

HERE = Path(__file__).parent
FLEETS: list[Fleet] = []

SETTINGS = {"TEAM_CALENDAR": "24/7", "UNDO_SECONDS": "1", "LADDER": "60m", "TARGET_FIRST_ANSWER": "14d"}


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Keep groups of tests together: xdist 3.8 writes the group where pytest 9.2 no longer keeps a test's id."""
    yield
    for item in items:
        grouped = vars(item).get("_nodeid")
        if grouped and grouped != item.nodeid:
            item._id = type(item._id).parse(grouped)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Generator[None]:
    """Stop all processes when other tests follow, so that they have the machine to themselves."""
    yield
    if nextitem is None or HERE not in nextitem.path.parents:
        for fleet in FLEETS:
            fleet.drop()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def orbit() -> AsyncIterator[ClientSystem]:
    async with ClientSystem() as system:
        yield system


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def server() -> AsyncIterator[WorkspaceServer]:
    """The workspace outlives every process; whatever Slack would not take, we must not send."""
    async with WorkspaceServer(time.time, pace=PACE, retry_after=(0.1, 0.2, 0.4), journal_capacity=200_000) as found:
        yield found
        assert found.journal.refusals == []


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def fleet(
    databases: Databases, server: WorkspaceServer, orbit: ClientSystem, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Fleet]:
    """Four processes on a migrated database."""
    settings = {**SETTINGS, "WEBHOOK_SECRET": SECRET, "WEBHOOK_CALLBACK_HOSTS": orbit.host}
    found = Fleet(server, Ledger(databases.fresh("postgresql")), tmp_path_factory.mktemp("fleet"), settings)
    FLEETS.append(found)
    try:
        await found.migrate()
        await found.start()
        yield found
    finally:
        await found.close()
        for name, words in found.logs():
            print(f"--- {name}\n{words}", file=sys.stderr)  # noqa: T201 - pytest shows it when a test failed


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def points(fleet: Fleet) -> Points:
    """Where a send can be stopped."""
    found = Points(fleet.ledger)
    await found.install()
    return found


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def _linked(fleet: Fleet, orbit: ClientSystem) -> Day:
    found = Day(fleet, orbit)
    await found.link()
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def day(_linked: Day) -> AsyncIterator[Day]:
    """The team's day, with Acme's channel linked, all processes up and nothing wrong anywhere; the laws hold after."""
    await _linked.mend()
    yield _linked
    await _linked.mend()
    await _linked.quiet()
    await check_all(_linked)
