"""The outbox against Slack's limits: about one message a second into a channel, several hundred a minute in all."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.config import load_settings
from bot.domain.incoming import IncomingMessage, Source
from bot.domain.people import Actor
from bot.domain.replies import Approval, ReplyKind
from bot.running import Roles, running
from bot.services.arriving import linking, receiving
from bot.services.outbox import pacing
from bot.services.reading import asking
from bot.services.replies import replying
from bot.wiring import Headsup, build
from bot.workspace.journal import Entry
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer
from tests.bench.measures import Line
from tests.support.databases import Databases

CHANNELS = 20
SECONDS = 150.0
LOOK_SECONDS = 0.05
LIMIT = 1.0
"""Messages a second into one channel (docs: /reference/methods/chat.postMessage)."""

TEXT = "Could you look at the contact form? It has stopped sending mails since this morning."


@dataclass
class Floor:
    """One workspace that holds to Slack's limits, with Headsup in it."""

    server: WorkspaceServer
    headsup: Headsup

    def team_channel(self) -> str:
        """Return the team channel's id."""
        return self.server.core.state.channel("#requests").id

    async def until_sent(self, count: int, *, to_clients: bool = False) -> list[Entry]:
        """Wait until so many messages stand in the team channel, or in the clients' channels.

        Return those that do, fewer when it takes too long.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                while len(self._taken(to_clients=to_clients)) < count:
                    await asyncio.sleep(LOOK_SECONDS)
        return self._taken(to_clients=to_clients)

    async def until_quiet(self) -> None:
        """Wait until nothing waits to leave; TimeoutError."""
        async with asyncio.timeout(SECONDS):
            while (await self.headsup.desk.read(asking.health_of)).outbox_waiting:
                await asyncio.sleep(LOOK_SECONDS)

    def _taken(self, *, to_clients: bool) -> list[Entry]:
        team = self.team_channel()
        calls = self.server.journal.calls("chat.postMessage")
        return [call for call in calls if call.answer.get("ok") and (call.args["channel"] != team) == to_clients]

    def refused(self) -> int:
        """Count the calls that Slack told to slow down."""
        return sum(call.answer.get("error") == "ratelimited" for call in self.server.journal.calls())


async def run_outbox(databases: Databases, *, quick: bool) -> list[Line]:
    """Measure one channel, then many."""
    cards, each = (4, 3) if quick else (20, 10)
    return [await _one_channel(databases, cards), *await _many_channels(databases, each)]


@asynccontextmanager
async def _floor(databases: Databases, pace: Pace) -> AsyncIterator[Floor]:
    async with WorkspaceServer(time.time, pace=pace) as server:
        settings = load_settings(
            {
                "SLACK_BOT_TOKEN": server.bot_token,
                "SLACK_APP_TOKEN": server.app_token,
                "SLACK_API_URL": server.api_url,
                "SLACK_TEAM_CHANNEL": "#requests",
                "DATABASE_URL": databases.fresh("sqlite"),
                "UNDO_SECONDS": "300",
                "LEAD": "@sam",
            }
        )
        async with running(build(settings), Roles(bot=True)) as process:
            await process.headsup.synced.wait()
            await process.connected.wait()
            yield Floor(server, process.headsup)


async def _one_channel(databases: Databases, cards: int) -> Line:
    async with _floor(databases, Pace()) as floor:
        for number in range(cards):
            incoming = IncomingMessage(
                source=Source.WEBHOOK,
                identity=f"bench-{number}",
                text=TEXT,
                at=floor.headsup.clock.now(),
                client_name="Acme",
                sender_name="Carla",
            )
            await floor.headsup.desk.do(receiving.receive, incoming=incoming, raw=b"{}")
        taken = await floor.until_sent(cards)
        return _line(f"{cards} cards into one channel", floor, taken, cards, LIMIT)


async def _many_channels(databases: Databases, each: int) -> list[Line]:
    """Answer so many requests in each of twenty client channels at once; their cards change meanwhile."""
    async with _floor(databases, Pace(enabled=False)) as floor:
        requests = await _receive(floor, each)
        floor.server.core.limits.pace = Pace()
        for request in requests:
            await _approve(floor, request)
        floor.headsup.clock.move(
            timedelta(minutes=6)
        )  # the time in which they could be undone is over, for all at once
        wanted = len(requests)
        replies = await floor.until_sent(wanted, to_clients=True)
        what = f"{wanted} replies into {CHANNELS} channels, {wanted} cards change meanwhile"
        return [_line(what, floor, replies, wanted, LIMIT * CHANNELS)]


async def _receive(floor: Floor, each: int) -> list[int]:
    """Let people of Acme write in twenty linked channels; return the requests once their cards stand."""
    control, desk = floor.server.control, floor.headsup.desk
    writers = [control.add_user(f"writer{number}", team="Acme") for number in range(each)]
    mira = Actor(floor.server.core.state.user("@mira").id)
    pace, pacing.PACE_SECONDS = pacing.PACE_SECONDS, 0.0
    channels = []
    for number in range(CHANNELS):
        name = f"client-{number}"
        found = control.add_channel(name, ["@mira", "@headsup", *writers], shared_with=["Acme"])
        await desk.do(
            linking.link_channel, actor=mira, channel=found, name=name, client_name=f"Client {number}", shared=True
        )
        channels.append(found)
    for channel, writer in itertools.product(channels, writers):
        control.say(writer, channel, TEXT)
    await floor.until_sent(CHANNELS * each)
    await floor.until_quiet()
    pacing.PACE_SECONDS = pace
    return list(range(1, CHANNELS * each + 1))


async def _approve(floor: Floor, request: int) -> None:
    approval = Approval(
        window=f"V{request}",
        request=request,
        kind=ReplyKind.ACKNOWLEDGEMENT,
        text="Thank you, I am looking at it now.",
        promise_kind=None,
        due_at=None,
        replaces=None,
        latest_reply=0,
    )
    mira = Actor(floor.server.core.state.user("@mira").id)
    await floor.headsup.desk.do(replying.approve_reply, actor=mira, approval=approval)


def _line(what: str, floor: Floor, taken: list[Entry], wanted: int, limit: float) -> Line:
    """Compare with the pace that the limit allows: the first message of a channel waits for nothing."""
    seconds = taken[-1].at - taken[0].at if len(taken) > 1 else 0.0
    first_free = max(1, round(limit))
    rate = (len(taken) - first_free) / seconds if seconds else 0.0
    missing = "" if len(taken) == wanted else f", only {len(taken)} of {wanted} within {SECONDS:.0f} s"
    measured = f"{seconds:.1f} s, {rate:.2f} a second{missing}; told to slow down {floor.refused()} times"
    share = rate / limit
    return Line(
        what, measured, f"{share:.2f} × the limit", "≥ 0.9 × the limit, 0 times", share >= 0.9 and not floor.refused()
    )
