"""A walk: people live through their day in the workspace, in words close to theirs.

Nothing between them and Headsup is faked: real HTTP, real WebSocket, real services on a real database. Time runs, and
`later` moves it forward for everyone.
"""

import contextlib
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.config import load_settings
from bot.services.arriving import linking
from bot.workspace.driver import Driver
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer
from tests.support.processes_client import SECRET, ClientSystem
from tests.support.walk_ground import until
from tests.support.walk_sight import ACME, BETA, TEAM, Sight

__all__ = ["ACME", "BETA", "TEAM", "Walk", "Walking", "until", "walking"]

Walking = Callable[..., contextlib.AbstractAsyncContextManager["Walk"]]
"""Makes a walk on this test's database, which has all tables; see `walking`."""


class Walk(Sight):
    """Everybody's hands. Requests go by number, people and channels by name."""

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

    async def press(self, who: str, action: str, number: int, **more: Any) -> Any:
        """Press a button of a card by its action."""
        return await self.control.press(who, action, channel=TEAM, ts=self.cards()[number]["ts"], **more)

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

    async def press_nudge(self, who: str, action: str, words: str = "") -> Any:
        """Press a button of a nudge."""
        message = await self.nudged(who, words)
        return await self.control.press(who, action, channel=self.control.dm(who), ts=message["ts"])


@contextlib.asynccontextmanager
async def walking(
    database_url: str,
    *,
    socket: bool = True,
    started: bool = True,
    clock: Clock | None = None,
    pace: Pace | None = None,
    **settings: Any,
) -> AsyncIterator[Walk]:
    """Put everything together, and at the end look that Slack would have refused nothing of what was sent.

    The database has all tables. Without `socket` Slack's events come signed over HTTP.
    """
    clock = clock or monday_morning()
    async with (
        ClientSystem() as orbit,
        WorkspaceServer(
            lambda: clock.now().timestamp(),
            pace=pace or Pace(enabled=False),
            retry_after=(0.05, 0.1, 0.2),
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
            "TEAM_CALENDAR": "24/7",
            "WEBHOOK_SECRET": SECRET,
            "WEBHOOK_CALLBACK_HOSTS": orbit.host,
            **({"SLACK_APP_TOKEN": server.app_token} if socket else {}),
            **settings,
        }
        walk = Walk(server, orbit, clock, load_settings(env), Driver.of(server.control, patience=5.0))
        try:
            if started:
                await walk.start()
            yield walk
        finally:
            await walk.stop()
        assert server.journal.refusals == []


def monday_morning(wall: Callable[[], float] = time.time) -> Clock:
    """Return a clock on which it is the next Monday, 08:00 UTC: a walk never meets midnight by accident."""
    clock = Clock(wall)
    now = clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    clock.move(midnight + timedelta(days=7 - now.weekday(), hours=8) - now)
    return clock
