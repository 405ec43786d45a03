import io
import logging
from contextlib import asynccontextmanager

import aiohttp
import pytest
import structlog

from bot.domain.health import Health
from bot.logs import set_up_logs
from bot.web import build_web, serve

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


async def fine():
    return Health(ready=True, outbox_waiting=3, oldest_waiting_s=1.25)


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


@pytest.fixture
def logged():
    """All that is logged, at the most talkative level."""
    handlers, level, stream = logging.root.handlers[:], logging.root.level, io.StringIO()
    set_up_logs(level="debug", stream=stream)
    yield stream
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.reset_defaults()
