"""Everything at once, at random but seeded: people work while processes die, sleep, come back, and Slack stumbles."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp

from bot.blocks.ids import Window
from bot.workspace.errors import ControlError
from tests.support.processes import ROLES
from tests.support.processes_day import CLIENT, TEAM, Day, callback_of

MORTALITY = (2, 3, 3, 3)
"""The bot dies less often than the others: without it nobody can press anything, and there would be little to lose."""

PATIENCE = 90.0
"""Seconds that a run may take longer on a busy machine, until something of everything has happened."""

FEWEST_KILLS = 3

FAULTS = ("lost_answer", "closed", "http_500", "http_500_after", "slow_after", "rate_limited")


@dataclass
class Chaos:
    """One run. What was accepted is remembered here: it must be there in the end, once."""

    day: Day
    seed: int
    seconds: float
    asked: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, int] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    tries: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - not for secrets: the same seed tells the same story
        self.until = time.monotonic() + self.seconds

    @property
    def kills(self) -> int:
        return sum(child.kills for child in self.day.fleet.children.values())

    @property
    def lived(self) -> bool:
        """Whether something of everything has happened: words of clients came, a reply was sent, processes died."""
        return bool(self.asked and self.said and self.sent) and self.kills >= FEWEST_KILLS

    async def run(self) -> None:
        """Let everything happen until the time is over and something of everything has happened."""
        self.until = time.monotonic() + self.seconds
        async with asyncio.TaskGroup() as group:
            group.create_task(self._again(self._client_asks, 2.0, 4.0))
            group.create_task(self._again(self._team_works, 0.5, 1.5))
            group.create_task(self._again(self._somebody_dies, 1.5, 4.0))
            group.create_task(self._again(self._slack_stumbles, 1.0, 3.0))

    async def _again(self, what: Callable[[], Awaitable[None]], least: float, most: float) -> None:
        while (now := time.monotonic()) < self.until or (not self.lived and now < self.until + PATIENCE):
            await what()
            await asyncio.sleep(self.random.uniform(least, most))  # people and failures keep no rhythm

    async def _client_asks(self) -> None:
        number = len(self.asked) + len(self.said)
        if self.random.random() < 0.5:
            ident = f"msg_chaos_{self.seed}_{number}"
            self.asked[ident] = f"Chaos {self.seed}, webhook {number}: something is broken."
            await self.send_webhook(ident)
            return
        threads = await self.day.fleet.ledger.rows("SELECT thread FROM request WHERE channel IS NOT NULL")
        thread = self.random.choice([None, *(row["thread"] for row in threads[-3:])])
        self.said.append(self.day.says(f"Chaos {self.seed}, channel {number}: something is broken.", thread))

    async def send_webhook(self, ident: str) -> None:
        """Send a webhook once; what got no answer is sent again later, as senders do."""
        try:
            self.accepted[ident] = await self.day.orbit.ask(self.day.fleet.url, self.asked[ident], ident=ident)
        except (OSError, TimeoutError, aiohttp.ClientError):
            return

    async def _team_works(self) -> None:
        cards = [m for m in self.day.control.read(TEAM)["messages"] if m["text"].startswith("#") and not m["ephemeral"]]
        if not cards:
            return
        card, who = self.random.choice(cards[-6:]), self.random.choice(["@mira", "@jonas"])
        try:
            if self.random.random() < 0.4:
                both = (
                    self.day.control.press(one, "claim_request", channel=TEAM, ts=card["ts"]) for one in ("@mira", who)
                )
                await asyncio.gather(*both)
            else:
                await self._reply(card, who)
        except ControlError:
            return  # the button is gone, or no window came: nobody was there to answer

    async def _reply(self, card: dict[str, str], who: str) -> None:
        if self.day.control.views(who):
            await self.day.control.close(who, everything=True)
        pressed = await self.day.control.press(who, "review_first_suggestion", channel=TEAM, ts=card["ts"])
        deadline = time.monotonic() + 3
        while pressed.acked and not self.day.control.views(who) and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        self.tries += 1  # a Send that was not acknowledged may still count, so no two tries have the same words
        words = f"Chaos {self.seed}, reply {self.tries}."
        promise = {"promise_kind": "hear", "due_at": int(self.day.now()) + self.random.randint(4000, 9000)}
        done = await self.day.send(who, {"text": words, **self.random.choice([{}, promise])})
        if callback_of(done) == Window.SENDING:
            self.sent.append(words)

    async def _somebody_dies(self) -> None:
        child = self.day.fleet.child(self.random.choices(ROLES, MORTALITY)[0])
        if not child.alive:
            await child.start()
        elif self.random.random() < 0.3:
            child.pause()
            await asyncio.sleep(self.random.uniform(0.5, 2.0))  # a process that sleeps for a while
            child.resume()
        else:
            await child.kill()
            if self.random.random() < 0.8:
                await child.start()

    async def _slack_stumbles(self) -> None:
        chance = self.random.random()
        if chance < 0.5:
            method = self.random.choice(
                ["chat.postMessage", "chat.postMessage", "chat.update", "conversations.history"]
            )
            self.day.control.fault(method, self.random.choice(FAULTS), seconds=1)
        elif chance < 0.6:
            self.day.orbit.behave = self.random.choice(["lost_answer", "busy", "ok", "ok"])
        elif chance < 0.7:
            self.day.control.lose_events(1)
        elif chance < 0.8 and self.day.control.connections():
            self.day.control.drop()
        else:
            await self.day.fleet.forward(self.random.choice([60, 900]))

    async def settle(self) -> None:
        """End the chaos: everything is mended, everyone starts anew, senders try again until they are answered."""
        await self.day.fleet.kill()
        await self.day.mend()
        for ident in self.asked.keys() - self.accepted.keys():
            await self.send_webhook(ident)

    async def check_arrivals(self) -> None:
        """Every webhook became one request, every message in the channel stands in one (L1)."""
        assert self.accepted.keys() == self.asked.keys()
        assert len(set(self.accepted.values())) == len(self.accepted)
        channel = self.day.fleet.server.core.state.channel(CLIENT).id
        query = "SELECT count(*) FROM message WHERE channel = %s AND ts = %s"
        missing = [ts for ts in self.said if await self.day.fleet.ledger.value(query, channel, ts) != 1]
        assert missing == []
        cards = await self.day.fleet.ledger.rows("SELECT id FROM request")
        assert [row["id"] for row in cards if len(self.day.cards(row["id"])) != 1] == []

    async def check_approvals(self) -> None:
        """Every Send that was acknowledged is a reply, exactly one (L6)."""
        query = "SELECT count(*) FROM reply WHERE text = %s"
        counts = {words: await self.day.fleet.ledger.value(query, words) for words in self.sent}
        assert {words: count for words, count in counts.items() if count != 1} == {}
