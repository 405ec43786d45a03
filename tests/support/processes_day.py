"""What people do and see while the processes run: over HTTP and Slack only."""

from dataclasses import dataclass
from typing import Any

from bot.blocks.ids import Window
from tests.support.processes import PATIENCE, Fleet, until
from tests.support.processes_client import ClientSystem

TEAM, CLIENT = "#requests", "#acme-shared"


@dataclass
class Day:
    """A team, a client in a shared channel (Acme: Carla), and a client with a system of their own (Orbit)."""

    fleet: Fleet
    orbit: ClientSystem

    @property
    def control(self) -> Any:
        return self.fleet.control

    async def mend(self) -> None:
        """End every fault, and start whatever does not run."""
        self.control.clear_faults()
        self.orbit.behave = "ok"
        for child in self.fleet.children.values():
            if child.alive:
                child.resume()
        await self.fleet.restart()

    # -- clients ask ---------------------------------------------------------------------------------------------------

    async def link(self) -> None:
        """Link Acme's channel by the command."""
        done = await self.control.slash("@mira", "/headsup", "client link Acme", channel=CLIENT)
        assert done.acked
        await until(lambda: self.fleet.ledger.value("SELECT id FROM channel"), "the channel to be linked")

    async def asked_by_webhook(self, text: str, **facts: Any) -> int:
        """Let Orbit's system ask for something; return the request's number once its card stands."""
        number = await self.orbit.ask(self.fleet.url, text, **facts)
        await self.card(number)
        return number

    async def asked_in_channel(self, text: str) -> int:
        """Let Carla write in Acme's channel; return the request's number once its card stands."""
        ts = self.says(text)
        number = await until(lambda: self.request_of(ts), f"{text!r} to arrive")
        await self.card(number)
        return number

    def says(self, text: str, thread: str | None = None) -> str:
        """Let Carla write in Acme's channel; return the message's ts."""
        return str(self.control.say("@carla", CLIENT, text, thread_ts=thread)["ts"])

    async def request_of(self, ts: str) -> int | None:
        """Return the request that a message belongs to, None before it arrived."""
        found = await self.fleet.ledger.value("SELECT request FROM message WHERE ts = %s", ts)
        return None if found is None else int(found)

    async def thread_of(self, number: int) -> str:
        """Return the ts of the client's thread of a request."""
        return str(await self.fleet.ledger.value("SELECT thread FROM request WHERE id = %s", number))

    # -- the team's channel --------------------------------------------------------------------------------------------

    def cards(self, number: int) -> list[dict[str, Any]]:
        """Return the cards of a request; it should be one."""
        posts = [message for message in self.control.read(TEAM)["messages"] if not message["ephemeral"]]
        return [post for post in posts if post["text"].startswith(f"#{number} ")]

    async def card(self, number: int, words: str = "") -> dict[str, Any]:
        """Wait until the card of a request stands and says something; return it."""
        return await until(
            lambda: next((card for card in self.cards(number) if words in shown(card)), None),
            f"{words!r} on the card of #{number}",
        )

    async def press(self, number: int, action: str, *, who: str = "@mira") -> Any:
        """Press a button of a card."""
        card = await self.card(number)
        return await self.control.press(who, action, channel=TEAM, ts=card["ts"])

    async def press_nudge(self, who: str, number: int, action: str) -> None:
        """Press a button of a nudge; several requests may share one message, so the button's value says which."""
        nudge = await self.nudged(who, f"#{number} ")
        for block in nudge["blocks"]:
            for element in block.get("elements", []):
                if element.get("action_id") == action and f"request={number}" in element["value"].split("&"):
                    dm, block_id = self.control.dm(who), block["block_id"]
                    done = await self.control.press(who, action, channel=dm, ts=nudge["ts"], block_id=block_id)
                    assert done.acked, done.error
                    return
        raise AssertionError(f"no button {action} for #{number}")

    async def approve(self, number: int, text: str, *, due: int | None = None, who: str = "@mira") -> None:
        """Press the first suggestion and send these words instead, with a promise (Unix seconds) or without one."""
        await self.press(number, "review_first_suggestion", who=who)
        await self.window(who, f"Reply to #{number}")
        promise = {"promise_kind": "hear", "due_at": due} if due else {"promise_kind": "none"}
        await self.submit(who, {"text": text, **promise})

    async def submit(self, who: str, values: dict[str, Any]) -> None:
        """Send the topmost window, look that nothing was refused, and close it."""
        sent = await self.send(who, values)
        assert sent.acked, sent.error
        assert not sent.errors, sent.errors
        await self.control.close(who, everything=True)

    async def send(self, who: str, values: dict[str, Any]) -> Any:
        """Press Send, and once more when the window comes back with remarks about the words."""
        sent = await self.control.submit(who, values)
        return await self.control.submit(who) if callback_of(sent) == Window.REVIEW else sent

    async def window(self, who: str, title: str) -> dict[str, Any]:
        """Wait for a window of a person."""
        return await until(
            lambda: next((view for view in self.control.views(who) if title in view["title"]["text"]), None),
            f"the window {title!r} of {who}",
        )

    # -- what arrives --------------------------------------------------------------------------------------------------

    def client_reads(self, words: str) -> int:
        """Count how often these words of ours stand in Acme's channel and its threads."""
        ours = [m for m in self.control.messages(CLIENT) if m.get("bot_id") and not m.get("is_ephemeral")]
        return sum(words in shown(message) for message in ours)

    def team_reads(self, words: str) -> int:
        """Count how often these words stand in the team's channel and its threads."""
        return sum(words in shown(message) for message in self.control.messages(TEAM))

    def posted_keys(self) -> list[list[str]]:
        """Return the keys of every message that was ever posted, whether or not we were told so."""
        calls = self.fleet.server.journal.calls("chat.postMessage")
        return [call.args["metadata"]["event_payload"]["keys"].split() for call in calls if call.answer.get("ok")]

    def nudges(self, who: str, words: str = "") -> list[dict[str, Any]]:
        """Return the nudges in a person's DM that say something."""
        dm = self.control.dm(who)
        messages = self.control.read(dm)["messages"] if dm else []
        return [message for message in messages if message.get("bot_id") and words in shown(message)]

    async def nudged(self, who: str, words: str) -> dict[str, Any]:
        """Wait for a nudge."""
        return (await until(lambda: self.nudges(who, words), f"{who} to be nudged about {words!r}"))[0]

    async def quiet(self, *, seconds: float = PATIENCE) -> None:
        """Wait until everything that had to leave has left."""

        async def done() -> bool:
            return not await self.fleet.ledger.waiting()

        await until(done, "the outbox to be empty", seconds=seconds)

    def now(self) -> float:
        """Return the time that everyone here follows."""
        return float(self.fleet.server.core.clock.now())


def callback_of(sent: Any) -> str:
    """Return which window the answer to a submission shows, "" for none."""
    return str(((sent.payload or {}).get("view") or {}).get("callback_id", ""))


def shown(payload: dict[str, Any]) -> str:
    """Return every word of a message or window, one text after another; the fallback text when there are no blocks."""
    return "".join(_texts(payload["blocks"])) if payload.get("blocks") else str(payload.get("text", ""))


def _texts(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for item in node for text in _texts(item)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if isinstance(node.get("text"), str) else []
    return own + [text for key, item in node.items() if key != "text" or not own for text in _texts(item)]
