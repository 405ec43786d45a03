from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.clock import Clock
from bot.domain.snapshots import Health
from bot.services.context import Desk, Policy
from bot.store import Store
from bot.store.migrate import migrate
from bot.web import build_web, serve

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


async def fine():
    return Health(ready=True, outbox_waiting=3, oldest_waiting_s=1.25)


@pytest.fixture
async def desk(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/web.db")
    migrate(store)
    desk = Desk(store, Clock(), Policy())
    yield desk
    desk.close()


@pytest.fixture
def served(desk):
    """Serve the real application on a free port; gives its address and a client that follows nothing."""

    @asynccontextmanager
    async def start(**replaced):
        parts = {"do": desk.do, "now": desk.clock.now, "ready": fine, "webhook_secret": SECRET, **replaced}
        serving = await serve(build_web(**parts), host="127.0.0.1", port=0)
        try:
            async with aiohttp.ClientSession(base_url=serving.url) as client:
                yield client
        finally:
            await serving.close()

    return start
