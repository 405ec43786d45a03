"""Is the process alive, can it do its work, and how does it do."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiohttp import web

from bot.domain.health import Health
from bot.errors import HeadsupError
from bot.web.metrics import Metrics

READY_SECONDS = 5
"""How long the look at our own health may take before its length is itself the problem."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRoutes:
    """What platforms and monitors ask."""

    ready_check: Callable[[], Awaitable[Health]]
    metrics: Metrics

    async def alive(self, _request: web.Request) -> web.Response:
        """Answer 200 while the loop turns; looks at nothing else."""
        return web.json_response({"alive": True})

    async def ready(self, _request: web.Request) -> web.Response:
        """Answer 200 when the work can be done, else 503 with each problem as a sentence."""
        health = await self._look()
        body = {
            "ready": health.ready,
            "problems": list(health.problems),
            "outbox_waiting": health.outbox_waiting,
            "oldest_waiting_s": round(health.oldest_waiting_s, 1),
        }
        return web.json_response(body, status=200 if health.ready else 503)

    async def measured(self, _request: web.Request) -> web.Response:
        """Answer with all metrics in Prometheus' text format."""
        self.metrics.see(await self._look())
        body, content_type = self.metrics.render()
        return web.Response(body=body, headers={"Content-Type": content_type})

    async def _look(self) -> Health:
        try:
            async with asyncio.timeout(READY_SECONDS):
                return await self.ready_check()
        except TimeoutError:
            return Health(ready=False, problems=(f"The database did not answer within {READY_SECONDS} seconds.",))
        except HeadsupError as error:
            return Health(ready=False, problems=(error.sentence,))
        except Exception:
            log.exception("The look at our own health failed.")
            return Health(ready=False, problems=("The database cannot be reached.",))
