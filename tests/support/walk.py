"""A walk: the local workspace, the whole of Headsup and a client's own system in one loop, on one clock that moves.

Nothing between them is faked: real HTTP, real WebSocket, real services on a real database. Time runs, and `later` moves
it forward for everyone.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import func, select

from bot.clock import Clock
from bot.config import Settings, load_settings
from bot.domain.people import Actor
from bot.domain.snapshots import Card, Status
from bot.running import EVERYTHING, Running, move_clock, running
from bot.services import asking, linking, people
from bot.services.context import Context, Desk
from bot.store import Store, outbox
from bot.store.migrate import migrate
from bot.wiring import Headsup, build
from bot.workspace.driver import Driver
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer
from tests.support.processes_client import SECRET, ClientSystem
from tests.support.walk_seeing import words_of

T = TypeVar("T")

Walking = Callable[..., contextlib.AbstractAsyncContextManager["Walk"]]
"""Makes a walk on this test's database; see `walking`."""

TEAM, ACME, BETA = "#requests", "#acme-shared", "#beta-shared"
DEADLINE = 15.0
"""Seconds (real) after which a test says that something did not come."""


async def until(look: Callable[[], Any], what: str, *, seconds: float = DEADLINE) -> Any:
    """Wait until something is true and return it; `look` may be a coroutine function."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what}"
        await asyncio.sleep(0.02)


@dataclass
class Walk:
    """One installation, lived through by its people. Requests go by number, people and channels by name."""

    server: WorkspaceServer
    orbit: ClientSystem
    clock: Clock
    settings: Settings
    driver: Driver
    process: Running | None = None
    _stack: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    @property
    def control(self) -> Any:
        return self.server.control

    @property
    def headsup(self) -> Headsup:
        assert self.process is not None, "Headsup is not running"
        return self.process.headsup

    @property
    def desk(self) -> Desk:
        return self.headsup.desk

    @property
    def url(self) -> str:
        """Where Headsup's own web edge listens."""
        assert self.process is not None
        assert self.process.serving is not None
        return self.process.serving.url

    # -- Headsup comes and goes ----------------------------------------------------------------------------------------

    async def start(self, *, meet: bool = True) -> None:
        """Start Headsup; with `meet` wait until it is connected and knows the team."""
        headsup = build(self.settings, clock=self.clock)
        self.process = await self._stack.enter_async_context(running(headsup, EVERYTHING))
        if self.settings.slack_app_token is None:
            await self.control.events_url(f"{self.url}/slack/events")
        if meet:
            await until(self.knows_the_team, "the team to be known")

    async def stop(self) -> None:
        """Stop Headsup in order; the workspace, the client and the database stay."""
        stack, self._stack, self.process = self._stack, contextlib.AsyncExitStack(), None
        await stack.aclose()

    async def knows_the_team(self) -> bool:
        assert self.process is not None
        heard = self.process.socket is None or self.process.connected.is_set()
        member = await self.desk.read(people.member, user=self.id("@mira"))
        return bool(heard and member is not None and self.headsup.synced.is_set())

    # -- who and where -------------------------------------------------------------------------------------------------

    def id(self, who: str) -> str:
        """Return the Slack id of a person (@name) or channel (#name)."""
        state = self.server.core.state
        return str(state.channel(who).id if who.startswith("#") else state.user(who).id)

    def actor(self, who: str = "@mira") -> Actor:
        return Actor(self.id(who), self.server.core.state.home_team.id)

    # -- time ----------------------------------------------------------------------------------------------------------

    async def later(self, **span: float) -> None:
        """Move everybody's clock forward; what is due by then is planned and delivered."""
        await move_clock(self.headsup, timedelta(**span))

    # -- clients -------------------------------------------------------------------------------------------------------

    async def link(self, channel: str = ACME, client: str = "Acme") -> None:
        """Link a channel to its client, as a member does it."""
        done = await self.control.slash("@mira", "/headsup", f"client link {client}", channel=channel)
        assert not done.error, done.error
        assert await self.desk.read(linking.channel_of, channel=self.id(channel)) is not None

    async def asked(
        self,
        text: str = "The invoice has the wrong VAT number. Can you send a new one?",
        *,
        channel: str = ACME,
        who: str = "@carla",
    ) -> int:
        """Let a client write in their channel; return the new request's number once its card stands."""
        if await self.desk.read(linking.channel_of, channel=self.id(channel)) is None:
            await self.link(channel, "Acme" if channel == ACME else "Beta GmbH")
        before = set(self.numbers())
        self.control.say(who, channel, text)
        return int(await until(lambda: next(iter(set(self.numbers()) - before), None), f"a card for {text[:40]!r}"))

    async def asked_by_webhook(self, text: str, **facts: Any) -> int:
        """Let a client's own system ask; return the request's number once its card stands."""
        number = await self.orbit.ask(self.url, text, **facts)
        await until(lambda: number in self.numbers(), f"the card of #{number}")
        return number

    # -- the team's room -----------------------------------------------------------------------------------------------

    def cards(self) -> dict[int, dict[str, Any]]:
        """Return the cards in the team channel by number; two for one request fail."""
        found: dict[int, dict[str, Any]] = {}
        for message in self.control.read(TEAM)["messages"]:
            head = str(message.get("text", "")).split(" ", 1)[0]
            if message.get("bot_id") and not message["ephemeral"] and head.startswith("#") and head[1:].isdigit():
                assert int(head[1:]) not in found, f"two cards for {head}"
                found[int(head[1:])] = message
        return found

    def numbers(self) -> list[int]:
        return list(self.cards())

    async def on_card(self, number: int, words: str, *, gone: bool = False) -> dict[str, Any]:
        """Wait until a card says something (or says it no more); return it."""
        await until(
            lambda: number in self.cards() and (words in words_of(self.cards()[number])) is not gone,
            f"{words!r} {'to leave' if gone else 'on'} the card of #{number}",
        )
        return self.cards()[number]

    def thread(self, number: int) -> list[dict[str, Any]]:
        """Return what stands in the thread of a card."""
        return list(self.cards()[number]["replies"])

    async def in_thread(self, number: int, words: str) -> dict[str, Any]:
        """Wait until the thread of a card says something."""

        def look() -> dict[str, Any] | None:
            return next((post for post in self.thread(number) if words in words_of(post)), None)

        found: dict[str, Any] = await until(look, f"{words!r} in the thread of #{number}")
        return found

    async def press(self, who: str, action: str, number: int, **more: Any) -> Any:
        """Press a button of a card by its action."""
        return await self.control.press(who, action, channel=TEAM, ts=self.cards()[number]["ts"], **more)

    async def window(self, who: str, title: str = "") -> dict[str, Any]:
        """Wait for a person's topmost window to have this title."""

        def look() -> dict[str, Any] | None:
            views = self.control.views(who)
            return views[-1] if views and title in views[-1]["title"]["text"] else None

        found: dict[str, Any] = await until(look, f"the window {title!r} of {who}")
        return found

    async def review(self, number: int, *, who: str = "@mira", suggestion: str = "first") -> dict[str, Any]:
        """Press a suggestion and return the review window."""
        await self.press(who, f"review_{suggestion}_suggestion", number)
        return await self.window(who, f"Reply to #{number}")

    async def approve(
        self, number: int, text: str = "", *, due: timedelta | None = None, kind: str = "hear", who: str = "@mira"
    ) -> None:
        """Approve a reply with these words, due that far from now; nothing has left yet."""
        await self.review(number, who=who)
        values: dict[str, Any] = {"promise_kind": "none"}
        if due is not None:
            values = {"promise_kind": kind, "due_at": int((self.clock.now() + due).timestamp())}
        sent = await self.control.submit(who, {**values, **({"text": text} if text else {})})
        if (sent.payload or {}).get("view", {}).get("callback_id") == "review_reply":
            sent = await self.control.submit(who)  # something was found in the words; the person means them
        assert not sent.error, (sent.error, sent.errors)
        assert not sent.errors, sent.errors
        await self.control.close(who, everything=True)

    async def send(self, number: int, text: str = "Thank you, I am on it.", **how: Any) -> None:
        """Approve a reply, let its hold pass, and wait until the client has it."""
        await self.approve(number, text, **how)
        await self.later(seconds=self.settings.undo_seconds.total_seconds() + 1)
        await until(lambda: self.replies_are(number, {"sent"}), f"the reply to #{number} to be sent")

    async def replies_are(self, number: int, states: set[str]) -> bool:
        card = await self.card(number)
        return bool(card.replies) and {str(reply.state) for reply in card.replies} <= states

    # -- what people read ----------------------------------------------------------------------------------------------

    def client_posts(self, channel: str = ACME) -> list[dict[str, Any]]:
        """Return what Headsup said in a client's channel, threads included, oldest first."""
        return [m for m in self.control.messages(channel) if m.get("bot_id") and not m.get("ephemeral")]

    async def client_reads(self, words: str, channel: str = ACME) -> dict[str, Any]:
        """Wait until these words of ours stand in a client's channel."""

        def look() -> dict[str, Any] | None:
            return next((post for post in self.client_posts(channel) if words in words_of(post)), None)

        found: dict[str, Any] = await until(look, f"{words!r} in {channel}")
        return found

    def direct(self, who: str) -> list[dict[str, Any]]:
        """Return what Headsup wrote to a person alone."""
        dm = self.control.dm(who)
        return [m for m in self.control.read(dm)["messages"] if m.get("bot_id")] if dm else []

    async def nudged(self, who: str, words: str = "") -> dict[str, Any]:
        """Wait for a nudge that says something."""

        def look() -> dict[str, Any] | None:
            return next((m for m in reversed(self.direct(who)) if words in words_of(m)), None)

        found: dict[str, Any] = await until(look, f"{who} to be nudged about {words!r}")
        return found

    async def press_nudge(self, who: str, action: str, words: str = "") -> Any:
        """Press a button of a nudge."""
        message = await self.nudged(who, words)
        return await self.control.press(who, action, channel=self.control.dm(who), ts=message["ts"])

    async def told(self, who: str, words: str, channel: str = TEAM) -> dict[str, Any]:
        """Wait until a person is told something that only they see."""

        def look() -> dict[str, Any] | None:
            return next((m for m in self.control.ephemerals(who, channel) if words in words_of(m)), None)

        found: dict[str, Any] = await until(look, f"{who} to be told {words!r}")
        return found

    # -- what is true --------------------------------------------------------------------------------------------------

    async def card(self, number: int) -> Card:
        """Return a card's snapshot from the database."""
        return await self.desk.read(asking.card_of, actor=self.actor(), request=number)

    async def status(self, number: int) -> Status:
        return await self.desk.read(asking.status_of, actor=self.actor(), request=number)

    async def outcomes(self, number: int) -> list[str]:
        """Return how the promises of a request stand, oldest first."""
        return [str(promise.outcome) for promise in (await self.status(number)).promises]

    async def outcomes_are(self, number: int, wanted: list[str]) -> None:
        """Wait until the promises of a request stand so, oldest first."""

        async def look() -> bool:
            return await self.outcomes(number) == wanted

        await until(look, f"the promises of #{number} to be {wanted}")

    async def quiet(self) -> None:
        """Wait until everything that is due has left and nothing passes between Headsup and the workspace."""
        await until(self._nothing_due, "the outbox to be empty")
        await self.control.settle()

    async def _nothing_due(self) -> bool:
        return await self.desk.read(_count_due) == 0


def _count_due(ctx: Context) -> int:
    waiting = outbox.o.state.in_(["pending", "leased"]) & (outbox.o.not_before <= ctx.now)
    with ctx.store.reading() as tx:
        return int(tx.execute(select(func.count()).where(waiting)).scalar_one())


@contextlib.asynccontextmanager
async def walking(
    database_url: str,
    *,
    socket: bool = True,
    started: bool = True,
    clock: Clock | None = None,
    pace: Pace | None = None,
    ack_seconds: float = 3.0,
    **settings: Any,
) -> AsyncIterator[Walk]:
    """Put everything together, and at the end look that Slack would have refused nothing of what was sent.

    Without `socket` Slack's events come signed over HTTP.
    """
    clock = clock or monday_morning()
    await asyncio.to_thread(_make_tables, database_url)
    async with (
        ClientSystem() as orbit,
        WorkspaceServer(
            lambda: clock.now().timestamp(),
            pace=pace or Pace(enabled=False),
            retry_after=(0.05, 0.1, 0.2),
            ack_seconds=ack_seconds,
        ) as server,
    ):
        env = {
            "SLACK_BOT_TOKEN": server.bot_token,
            "SLACK_SIGNING_SECRET": server.signing_secret,
            "SLACK_API_URL": server.api_url,
            "SLACK_TEAM_CHANNEL": "requests",
            "DATABASE_URL": database_url,
            "HOST": "127.0.0.1",
            "PORT": "0",
            "LEAD": "sam",
            "WEBHOOK_SECRET": SECRET,
            "WEBHOOK_CALLBACK_HOSTS": orbit.host,
            **({"SLACK_APP_TOKEN": server.app_token} if socket else {}),
            **settings,
        }
        walk = Walk(server, orbit, clock, load_settings(env), Driver.of(server.control, patience=1.0))
        try:
            if started:
                await walk.start()
            yield walk
        finally:
            await walk.stop()
        assert server.journal.refusals == []


def monday_morning() -> Clock:
    """Return a clock on which it is the next Monday, 08:00 UTC: a walk never meets midnight by accident."""
    clock = Clock()
    now = clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    clock.move(midnight + timedelta(days=7 - now.weekday(), hours=8) - now)
    return clock


def _make_tables(database_url: str) -> None:
    store = Store(database_url, elapsed=time.monotonic)
    migrate(store)
    store.close()
