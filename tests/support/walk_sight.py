"""What can be seen in a walk: cards and their threads, windows, what clients and members read, what is true."""

from typing import Any

from bot.domain.snapshots.card import Card
from bot.domain.snapshots.status import Status
from bot.services.reading import asking
from tests.support.walk_ground import Ground, until
from tests.support.walk_seeing import words_of

TEAM, ACME, BETA = "#requests", "#acme-shared", "#beta-shared"


class Sight(Ground):
    """Everybody's eyes. Requests go by number, people and channels by name."""

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

    async def window(self, who: str, title: str = "") -> dict[str, Any]:
        """Wait for a person's topmost window to have this title."""

        def look() -> dict[str, Any] | None:
            views = self.control.views(who)
            return views[-1] if views and title in views[-1]["title"]["text"] else None

        found: dict[str, Any] = await until(look, f"the window {title!r} of {who}")
        return found

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

    async def replies_are(self, number: int, states: set[str]) -> bool:
        card = await self.card(number)
        return bool(card.replies) and {str(reply.state) for reply in card.replies} <= states
