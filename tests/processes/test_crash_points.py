"""SIGKILL for every process at every crash point, with one message of each kind on its way at once.

The points are those between a message's being written and its being marked as sent. After the restart each message
stands exactly once; only a client's reply, whose fate nobody can know, waits for a person instead.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from tests.support.processes import until
from tests.support.processes_day import Day
from tests.support.processes_laws import count_of_reply
from tests.support.processes_points import Point, Points

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("processes"),
    pytest.mark.asyncio(loop_scope="session"),
]

HOUR = 3600


@dataclass
class Clients:
    """Three running requests: Acme's in the channel, and two of Orbit's, the second of which carries promises."""

    channel: int
    webhook: int
    promised: int
    done: list["Volley"] = field(default_factory=list)


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def clients(_linked: Day) -> Clients:
    day = _linked
    found = Clients(
        channel=await day.asked_in_channel("Could you add a careers page, please?"),
        webhook=await day.asked_by_webhook("The map on our site shows the wrong street."),
        promised=await day.asked_by_webhook("When do we get the new logo?"),
    )
    await day.press(found.channel, "claim_request")
    return found


@dataclass
class Volley:
    """One message of each kind, all on their way at once: a card, a thread post, a nudge, a reply by either way."""

    day: Day
    clients: Clients
    name: str
    keys: list[str] = field(default_factory=list)

    async def load(self) -> None:
        """Tell a promise whose nudge is due in an hour."""
        words = f"{self.name}: you hear from us."
        await self.day.approve(self.clients.promised, words, due=int(self.day.now()) + 2 * HOUR)
        await until(lambda: self.day.orbit.times(words), "the promise to be told")
        await self.day.quiet()

    async def fire(self) -> None:
        """Write all five, and let them be due."""
        day, ledger = self.day, self.day.fleet.ledger
        await day.approve(self.clients.channel, f"{self.name}: words for Acme.")
        await day.approve(self.clients.webhook, f"{self.name}: words for Orbit.")
        thread = await day.thread_of(self.clients.channel)
        said = day.says(f"{self.name}: one more thing.", thread)
        card = await day.orbit.ask(day.fleet.url, f"{self.name}: a new request.")
        await until(lambda: day.request_of(said), "the client's message to arrive")
        message = await ledger.value("SELECT id FROM message WHERE ts = %s", said)
        promise = await ledger.value(
            "SELECT id FROM promise WHERE request = %s ORDER BY id DESC LIMIT 1", self.clients.promised
        )
        replies = [await ledger.reply(f"{self.name}: words for {name}.") for name in ("Acme", "Orbit")]
        await day.fleet.forward(HOUR + 60)
        mira = day.fleet.server.core.state.user("@mira").id
        nudge = f"nudge:promise:{promise}:1:1.0:{mira}"
        self.keys = [f"card:{card}", f"mirror:{message}", nudge, *(f"reply:{reply['id']}:1" for reply in replies)]
        await until(lambda: ledger.outbox(nudge), "the nudge to be planned")

    async def all_rows(self, column: str, wanted: object) -> bool:
        """Tell whether every one of the five rows has such a value."""
        rows = [await self.day.fleet.ledger.outbox(key) for key in self.keys]
        return all(row is not None and row[column] == wanted for row in rows)

    async def all_arrived(self) -> bool:
        """Tell whether all five are where they belong, marked or not."""
        return sum(await self.arrived()) == len(self.keys)

    async def arrived(self) -> list[int]:
        """Count how often each of the five arrived."""
        ledger = self.day.fleet.ledger
        posted = [count_of_key(self.day, key) for key in self.keys[:3]]
        replies = [await ledger.reply(f"{self.name}: words for {name}.") for name in ("Acme", "Orbit")]
        return [*posted, *(count_of_reply(self.day, reply) for reply in replies)]

    async def reply_states(self) -> list[str]:
        """Return how the reply to Acme and the one to Orbit stand."""
        ledger = self.day.fleet.ledger
        return [(await ledger.reply(f"{self.name}: words for {name}."))["state"] for name in ("Acme", "Orbit")]


@dataclass(frozen=True)
class Case:
    """A point to die at: how to bring everything there, and what then is known of the replies to Acme and to Orbit."""

    at: Callable[[Day, Points], AbstractAsyncContextManager[None]]
    there: Callable[[Volley, Points], Awaitable[bool]]
    replies: tuple[str, str]


@asynccontextmanager
async def written(_day: Day, points: Points) -> AsyncIterator[None]:
    async with points.held(Point.LEASING):
        yield


async def none_is_leased(volley: Volley, points: Points) -> bool:
    return bool(await points.standing()) and await volley.all_rows("state", "pending")


@asynccontextmanager
async def leased(_day: Day, points: Points) -> AsyncIterator[None]:
    async with points.held(Point.BEGINNING):
        yield


async def none_may_begin(volley: Volley, points: Points) -> bool:
    return len(await points.standing()) >= 4 and await volley.all_rows("state", "leased")


@asynccontextmanager
async def begun(day: Day, _points: Points) -> AsyncIterator[None]:
    day.control.fault("chat.postMessage", "hang", times=0)
    day.orbit.behave = "hang"
    yield


async def all_hang(volley: Volley, _points: Points) -> bool:
    return await volley.all_rows("sending", wanted=True) and not any(await volley.arrived())


@asynccontextmanager
async def posted(day: Day, _points: Points) -> AsyncIterator[None]:
    day.control.fault("chat.postMessage", "hang_after", times=0)
    day.orbit.behave = "hang_after"
    yield


async def all_posted(volley: Volley, _points: Points) -> bool:
    return await volley.all_arrived() and await volley.all_rows("shown", 0)


@asynccontextmanager
async def answered(_day: Day, points: Points) -> AsyncIterator[None]:
    async with points.held(Point.MARKING):
        yield


async def none_is_marked(volley: Volley, points: Points) -> bool:
    return len(await points.standing()) >= 5 and await all_posted(volley, points)


CASES = {
    "C1 written": Case(written, none_is_leased, ("sent", "sent")),
    "C2 leased": Case(leased, none_may_begin, ("sent", "sent")),
    "C3 begun": Case(begun, all_hang, ("uncertain", "uncertain")),
    "C4 posted": Case(posted, all_posted, ("sent", "uncertain")),
    "C5 answered": Case(answered, none_is_marked, ("sent", "uncertain")),
}


@pytest.mark.parametrize("point", CASES)
async def test_killed_at_a_crash_point_nothing_is_lost_and_nothing_comes_twice(
    day: Day, points: Points, clients: Clients, point: str
):
    case, volley = CASES[point], Volley(day, clients, point)
    await volley.load()

    async with case.at(day, points):
        await volley.fire()
        await until(lambda: case.there(volley, points), f"all five to be at {point}")
        await day.fleet.kill()
    await day.mend()
    await day.quiet()

    assert await volley.reply_states() == list(case.replies)
    card, mirror, nudge, to_acme, to_orbit = await volley.arrived()
    assert (card, mirror, nudge) == (1, 1, 1)
    assert (to_acme, to_orbit) == ((0, 0) if point == "C3 begun" else (1, 1))
    await decide(volley)
    clients.done.append(volley)
    for every in clients.done:  # C6: what earlier volleys had marked before this kill is sent by nobody again
        assert await every.reply_states() == ["sent", "sent"]
        assert await every.arrived() == [1, 1, 1, 1, 1]


async def decide(volley: Volley) -> None:
    """Let a person decide what nobody could know: to send again what did not arrive, to believe in what did."""
    day = volley.day
    numbers, times = (volley.clients.channel, volley.clients.webhook), (await volley.arrived())[3:]
    for number, state, arrived in zip(numbers, await volley.reply_states(), times, strict=True):
        if state == "uncertain":
            assert day.nudges("@mira", f"#{number}")
            await day.card(number, "Send again")
            await day.press(number, "mark_arrived" if arrived else "retry_reply")
    await until(lambda: settled(volley), "the replies to be settled")
    await day.quiet()


async def settled(volley: Volley) -> bool:
    return await volley.reply_states() == ["sent", "sent"]


def count_of_key(day: Day, key: str) -> int:
    """Count the messages of ours with a key."""
    return sum(key in keys for keys in day.posted_keys())
