"""What people do in the workspace and what they then see, in the words of the tests."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from bot.domain.people import Actor
from bot.services import people
from bot.services.arriving import linking
from bot.services.context import Desk
from bot.services.nudges import nudging
from bot.services.reading import asking
from bot.wiring import Headsup
from bot.workspace.server import WorkspaceServer

T = TypeVar("T")
DEADLINE = 30.0

TEAM, CLIENT = "#requests", "#acme-shared"


@dataclass
class Floor:
    """One workspace with the bot in it."""

    server: WorkspaceServer
    headsup: Headsup

    @property
    def control(self) -> Any:
        return self.server.control

    @property
    def desk(self) -> Desk:
        return self.headsup.desk

    def user(self, name: str) -> str:
        return self.server.core.state.user(name).id

    def channel(self, name: str) -> str:
        return self.server.core.state.channel(name).id

    async def ready(self) -> None:
        """Wait until the bot is connected and knows the team."""
        await self.control.wait_connected()
        await self.until_async(self._knows_team)

    async def _knows_team(self) -> bool:
        member = await self.desk.read(people.member, user=self.user("@mira"))
        return member is not None and self.headsup.known.team_channel is not None

    async def until(self, look: Callable[[], T]) -> T:
        """Wait until something can be seen, and return it."""

        async def looked() -> T:
            return look()

        return await self.until_async(looked)

    async def until_async(self, look: Callable[[], Any]) -> Any:
        """Wait until something is true, and return it."""
        deadline = time.monotonic() + DEADLINE
        while not (found := await look()):
            assert time.monotonic() < deadline, "what was waited for did not come"
            await asyncio.sleep(0.02)
        return found

    async def link(self) -> None:
        """Link Acme's channel by the command."""
        done = await self.control.slash("@mira", "/headsup", "client link Acme", channel=CLIENT)
        assert done.acked

    async def request(self, text: str = "The invoice has the wrong VAT number. Can you send a new one?") -> int:
        """Let Acme ask for something; return the request's number once its card stands."""
        if await self.desk.read(linking.channel_of, channel=self.channel(CLIENT)) is None:
            await self.link()
        before = {card["ts"] for card in self.cards()}
        self.control.say("@carla", CLIENT, text)
        card = await self.until(lambda: next((c for c in self.cards() if c["ts"] not in before), None))
        return int(card["text"].split()[0].removeprefix("#"))

    def cards(self) -> list[dict[str, Any]]:
        """The cards in the team channel."""
        return [m for m in self.control.read(TEAM)["messages"] if m["text"].startswith("#") and not m["ephemeral"]]

    def card(self, number: int) -> dict[str, Any]:
        """One card as it stands."""
        return next(card for card in self.cards() if card["text"].startswith(f"#{number} "))

    async def press(self, who: str, action: str, number: int, **where: Any) -> Any:
        """Press a button of a request's card."""
        return await self.control.press(who, action, channel=TEAM, ts=self.card(number)["ts"], **where)

    async def on_card(self, number: int, words: str) -> dict[str, Any]:
        """Wait until the card says something."""
        await self.until(lambda: words in shown(self.card(number)))
        return self.card(number)

    async def window(self, who: str, title: str = "") -> dict[str, Any]:
        """Wait for the topmost window of a person."""
        return await self.until(lambda: next((v for v in self._windows(who) if title in v["title"]["text"]), None))

    def _windows(self, who: str) -> list[dict[str, Any]]:
        return list(reversed(self.control.views(self.user(who))))

    async def whispered(self, who: str, words: str, channel: str = TEAM) -> dict[str, Any]:
        """Wait until a person is told something that only they see."""
        return await self.until(
            lambda: next((m for m in self.control.ephemerals(who, channel) if words in shown(m)), None)
        )

    async def owner(self, number: int, who: str = "@mira") -> str | None:
        """Who owns a request."""
        card = await self.desk.read(asking.card_of, actor=Actor(self.user(who)), request=number)
        return card.request.owner

    async def later(self, **span: float) -> None:
        """Move the clock forward and plan what is due by then."""
        self.headsup.clock.move(timedelta(**span))
        await self.desk.do(nudging.plan)

    def undo_passes(self) -> None:
        """Move the clock past the time in which what was sent last could be undone."""
        self.headsup.clock.move(self.desk.policy.undo)

    async def nudged(self, who: str, words: str) -> dict[str, Any]:
        """Wait for a nudge in a person's DM."""
        return await self.until(lambda: next((m for m in self._direct(who) if words in shown(m)), None))

    def _direct(self, who: str) -> list[dict[str, Any]]:
        dm = self.control.dm(who)
        return [message for message in self.control.read(dm)["messages"] if message.get("bot_id")] if dm else []

    async def press_nudge(self, who: str, action: str, words: str = "") -> Any:
        """Press a button of a nudge."""
        message = await self.nudged(who, words)
        return await self.control.press(who, action, channel=self.control.dm(who), ts=message["ts"])

    def client_posts(self) -> list[dict[str, Any]]:
        """What the bot said in the client's channel, threads included."""
        return [post for post in self.control.messages(CLIENT) if post.get("bot_id") and not post.get("is_ephemeral")]


def shown(payload: dict[str, Any]) -> str:
    """Every word of a message or window, fallback text aside."""
    return "\n".join(_texts(payload.get("blocks", [])))


def _texts(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for item in node for text in _texts(item)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if isinstance(node.get("text"), str) else []
    return own + [text for key, item in node.items() if key != "text" or not own for text in _texts(item)]
