"""What every test may ask for: databases of both kinds, a clock to be moved, a desk to call services through."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from bot.clock import Clock
from bot.services.context import Desk, Policy
from bot.services.installation import met_ourselves
from bot.services.people import sync_members
from bot.store import Store
from tests.support.databases import Databases
from tests.support.hurried import hurry
from tests.support.office import JONAS, MIRA, SAM, TEAM, Office

pytest_plugins = ["tests.support.browser_found"]

settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # how fast a machine draws examples, the first of all on a fresh one, is no fault


@pytest.fixture(autouse=True)
def _own_logs() -> Iterator[None]:
    """Whatever a test does with the logs ends with it: a command writes them where the test reads, which is closed."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    if structlog.is_configured():
        structlog.reset_defaults()
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)


@pytest.fixture(scope="session", autouse=True)
def _hurried() -> Iterator[None]:
    """Stores share what a long-lived process keeps, and do not wait for the disk."""
    with pytest.MonkeyPatch.context() as patch:
        hurry(patch)
        yield


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Fresh databases of both kinds; PostgreSQL starts once per test process, when first asked for."""
    with Databases(tmp_path_factory.mktemp("databases")) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """An empty database, once of each kind."""
    address = databases.fresh(request.param)
    yield address
    databases.drop(address)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at its start and only moves when told to; elapsed time is real."""
    return Clock(wall=lambda: 1_795_420_800.0)  # 2026-11-23 08:00 UTC, a Monday


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """A database with all tables, once of each kind."""
    address = databases.migrated(request.param)
    yield address
    databases.drop(address)


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    """A migrated database."""
    found = Store(migrated_url, elapsed=time.monotonic)
    yield found
    found.close()


@pytest.fixture
async def desk(store: Store, clock: Clock) -> AsyncIterator[Desk]:
    """Services on a migrated database, without anything that sends."""
    found = Desk(store, clock, Policy(lead="Sam"))
    yield found
    await asyncio.to_thread(found.close)


@pytest.fixture
async def office(desk: Desk) -> Office:
    """A team of three (Sam leads) and short ways to say what happens in a day."""
    await desk.do(sync_members, members=[MIRA, JONAS, SAM])
    await desk.do(met_ourselves, facts={"team": TEAM, "user": "U0BOT", "bot": "B0BOT", "team_name": "Ours"})
    return Office(desk)


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    """Where an SQLite file may be made."""
    return tmp_path / "headsup.db"
