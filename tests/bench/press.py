"""Press → acknowledged, measured where Slack would: from sending the envelope to the acknowledgement's frame.

The workspace and the hands that press live in this process, every app in one of its own. The apps take turns in rounds,
so that noise on the machine meets all of them. All press the same card through the same workspace code.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.domain.categories import CATEGORIES
from bot.outbound.slack_client import build_client
from bot.workspace.interactions import Result
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer
from tests.bench.children import child
from tests.bench.measures import Line, Spread, shown_ms, spread
from tests.support.databases import Databases

TEAM = "#requests"
IN_FLIGHT = 20
WARM_UP = 20
START_SECONDS = 150.0
ROUND_SECONDS = 60.0

Press = Callable[[], Awaitable[Result]]


@dataclass
class App:
    """One app under test with its own workspace, and what was measured of it."""

    name: str
    presses: Iterator[Press]
    alone: list[float] = field(default_factory=list)
    together: list[float] = field(default_factory=list)

    async def one(self) -> float:
        """Press once; return the milliseconds until it was acknowledged."""
        result = await next(self.presses)()
        if not result.acked:
            raise RuntimeError(f"{self.name} did not acknowledge a press: {result.error} {result.reason}")
        return result.ms

    async def round(self, alone: int, together: int) -> None:
        """Press so often one at a time, then so often with twenty in flight."""
        self.alone += [await self.one() for _ in range(alone)]
        left = iter(range(together))

        async def hand() -> list[float]:
            return [await self.one() for _ in left]

        for times in await asyncio.gather(*(hand() for _ in range(IN_FLIGHT))):
            self.together += times


async def run_press(databases: Databases, *, quick: bool) -> list[Line]:
    """Measure on both databases, quickly on SQLite alone."""
    rounds, alone, together = (2, 10, 20) if quick else (6, 40, 100)
    lines: list[Line] = []
    for kind in ("sqlite",) if quick else ("sqlite", "postgresql"):
        async with AsyncExitStack() as stack:
            count = rounds * (alone + together) + WARM_UP
            apps = await _start(stack, databases, kind, count)
            for app in apps:
                await app.round(WARM_UP, 0)
                app.alone.clear()
            for number in range(rounds):
                async with asyncio.timeout(ROUND_SECONDS):
                    for app in apps[number % 3 :] + apps[: number % 3]:
                        await app.round(alone, together)
            lines += _lines(kind, apps)
    return lines


async def _start(stack: AsyncExitStack, databases: Databases, kind: str, presses: int) -> list[App]:
    """Start the three apps; the others' workspaces get a copy of Headsup's first card."""
    servers = {name: await stack.enter_async_context(_workspace()) for name in ("bare", "commit", "headsup")}
    starting = []
    for name, server in servers.items():
        facts = {"app": name, "database": databases.fresh(kind), "requests": presses, **_address(server)}
        starting.append(stack.enter_async_context(child("tests.bench.press_app", facts, seconds=START_SECONDS)))
    await asyncio.gather(*starting)
    cards = [card for card in servers["headsup"].control.read(TEAM)["messages"] if card["text"].startswith("#")]
    if len(cards) < presses:
        raise RuntimeError(f"only {len(cards)} of {presses} cards stand")
    copies = [App(name, _presses(servers[name], await _copy(servers[name], cards[0]))) for name in ("bare", "commit")]
    return [*copies, App("headsup", _presses(servers["headsup"], (card["ts"] for card in cards)))]


async def _copy(server: WorkspaceServer, card: dict[str, Any]) -> Iterator[str]:
    """Post a card; return its place as often as it is asked for."""
    client = build_client(server.bot_token, base_url=server.api_url)
    channel = server.core.state.channel(TEAM).id
    posted = await client.chat_postMessage(channel=channel, text=card["text"], blocks=card["blocks"])
    return itertools.repeat(str(posted["ts"]))


@asynccontextmanager
async def _workspace() -> AsyncIterator[WorkspaceServer]:
    async with WorkspaceServer(time.time, pace=Pace(enabled=False), journal_capacity=1000) as server:
        yield server
        if server.journal.refusals:
            raise RuntimeError(f"the workspace refused {server.journal.refusals[0]}")


def _address(server: WorkspaceServer) -> dict[str, str]:
    return {"api_url": server.api_url, "bot_token": server.bot_token, "app_token": server.app_token}


def _presses(server: WorkspaceServer, places: Iterator[str]) -> Iterator[Press]:
    """Claim on one card, another category on the next one, and so on; every press on a request of its own."""
    for number, ts in enumerate(places):
        yield _press(server, ts, claims=number % 2 == 0, number=number)


def _press(server: WorkspaceServer, ts: str, *, claims: bool, number: int) -> Press:
    async def press() -> Result:
        if claims:
            return await server.control.press("@mira", "claim_request", channel=TEAM, ts=ts)
        category = CATEGORIES[number // 2 % len(CATEGORIES)]
        label = f"{category.emoji} {category.name}"
        return await server.control.select("@jonas", "set_category", label, channel=TEAM, ts=ts)

    return press


def _lines(kind: str, apps: list[App]) -> list[Line]:
    lines = []
    for way, times in (("one at a time", "alone"), (f"{IN_FLIGHT} in flight", "together")):
        bare, commit, product = (spread(getattr(app, times)) for app in apps)
        lines += [
            Line(f"{kind}, {way}: bare Bolt (a)", str(bare), "1 × (a)"),
            Line(f"{kind}, {way}: bare Bolt and one raw commit (b)", str(commit), f"{_times(commit, bare)} × (a)"),
            _product_line(f"{kind}, {way}: Headsup", product, bare, commit),
        ]
    return lines


def _product_line(what: str, product: Spread, bare: Spread, commit: Spread) -> Line:
    p50, p99 = product.p50 / commit.p50, product.p99 / commit.p99
    return Line(
        what,
        str(product),
        f"p50 {p50:.1f} × (b), p99 {p99:.1f} × (b); {_times(product, bare)} × (a)",
        f"p50 ≤ 3 × (b), p99 ≤ 5 × (b), p99 < {shown_ms(100)}",
        p50 <= 3 and p99 <= 5 and product.p99 < 100,
    )


def _times(one: Spread, other: Spread) -> str:
    return f"{one.p50 / other.p50:.1f}"
