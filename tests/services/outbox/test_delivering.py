"""The delivery loop against the local workspace and its faults: nothing lost, nothing twice."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from bot.clock import Clock
from bot.domain.replies import ReplyState
from bot.outbound.slack_client import build_client
from bot.outbound.slack_ways import Channels, SlackWay
from bot.services import people
from bot.services.arriving import linking
from bot.services.context import Desk, Policy
from bot.services.outbox import delivering, looking, pacing
from bot.services.outbox.delivering import Delivery
from bot.services.reading import asking
from bot.store import Store, outbox, replies
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer
from tests.support.office import Office

SECONDS = 45


@dataclass
class Post:
    """The office's own delivery loop, with the real ways into a workspace."""

    office: Office
    server: WorkspaceServer
    delivery: Delivery
    acme: str

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(SECONDS):
            while not condition():
                await asyncio.sleep(0.02)

    def cards(self) -> list[dict]:
        """Return what stands in the team channel, threads left out."""
        return [m for m in self.server.control.read("#requests")["messages"] if m.get("metadata")]

    def replies(self) -> list[dict]:
        """Return what the bot said in Acme's channel, threads included."""
        return [m for m in self.server.control.messages("#acme-shared") if m.get("metadata")]


@pytest.fixture
async def post(store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Post]:
    monkeypatch.setattr(delivering, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(delivering, "FIRST_BACKOFF", 0.1)
    monkeypatch.setattr(looking, "LOOK_AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.01)
    offset = Clock(wall=time.time)
    async with WorkspaceServer(lambda: offset.now().timestamp(), pace=Pace(enabled=False)) as server:
        state = server.core.state
        client = build_client(server.bot_token, base_url=server.api_url)
        channels = Channels(client, lambda: state.channel("#requests").id)

        def as_text(snapshot: object) -> dict:
            request = getattr(snapshot, "request", "")
            return {
                "text": f"{type(snapshot).__name__} {getattr(request, 'id', request)}",
                "thread_ts": getattr(snapshot, "thread", None),
            }

        way = SlackWay(client, channels, as_text)
        kinds = ("card", "thread", "notice", "nudge", "channel", "answered")
        ways = dict.fromkeys(kinds, way)
        desk = Desk(store, offset, Policy(), freezers={"channel": way.freeze})
        mira = people.Member(id=state.user("@mira").id, name="Mira")
        await desk.do(people.sync_members, members=[mira])
        acme = state.channel("#acme-shared").id
        await desk.do(
            linking.link_channel,
            actor=people.Actor(mira.id),
            channel=acme,
            name="acme-shared",
            client_name="Acme",
        )
        delivery = Delivery(desk, ways)
        running = asyncio.create_task(delivery.run())
        yield Post(Office(desk), server, delivery, acme)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await asyncio.to_thread(desk.close)
        assert server.journal.refusals == []


async def test_a_card_is_posted_once_and_then_changed_in_place(post: Post) -> None:
    request = (await post.office.webhook()).request
    await post.until(lambda: len(post.cards()) == 1)
    for _ in range(10):
        await post.office.desk.do(_want, request=request)
    await post.until(lambda: bool(post.server.journal.calls("chat.update")))
    await post.delivery.settle()
    assert len(post.cards()) == 1


def _want(ctx, *, request: int) -> None:
    with ctx.store.writing() as tx:
        outbox.want_card(tx, request, ctx.now)


@pytest.mark.parametrize("fault", ["lost_answer", "http_500_after", "http_500", "closed", "rate_limited"])
async def test_whatever_goes_wrong_once_a_card_stands_exactly_once(post: Post, fault: str) -> None:
    post.server.control.fault("chat.postMessage", fault, times=1, seconds=1)
    await post.office.webhook()
    await post.until(lambda: len(post.cards()) == 1)
    await asyncio.wait_for(_quiet(post), SECONDS)
    assert len(post.cards()) == 1


async def _problems(post: Post) -> tuple[str, ...]:
    """Return what `/headsup status` says is wrong."""
    return (await post.office.desk.read(asking.health_of)).problems


async def _quiet(post: Post) -> None:
    """Return when nothing waits in the outbox any more."""
    while (await post.office.desk.read(asking.health_of)).outbox_waiting:
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("fault", "ends", "stands"),
    [
        ("lost_answer", ReplyState.SENT, 1),
        ("http_500_after", ReplyState.SENT, 1),
        ("http_500", ReplyState.UNCERTAIN, 0),
        ("rate_limited", ReplyState.SENT, 1),
    ],
)
async def test_a_clients_reply_arrives_at_most_once_and_doubt_goes_to_a_person(
    post: Post, fault: str, ends: ReplyState, stands: int
) -> None:
    request = (await post.office.webhook(callback_url=None, client_name="Acme")).request
    await post.until(lambda: len(post.cards()) == 1)
    mira = people.Member(id=post.server.core.state.user("@mira").id, name="Mira")
    post.server.control.fault("chat.postMessage", fault, times=1, seconds=1, channel=post.acme)
    approved = await post.office.approve(request, "Hello Carla", by=mira)
    post.office.later(seconds=11)
    async with asyncio.timeout(SECONDS):
        while (state := await post.office.desk.read(_state, reply=approved.reply.id)) in {
            ReplyState.HELD,
            ReplyState.SENDING,
        }:
            await asyncio.sleep(0.02)
    assert state is ends
    assert len(post.replies()) == stands


def _state(ctx, *, reply: int) -> ReplyState | None:
    with ctx.store.reading() as tx:
        found = replies.reply(tx, reply)
    return found.state if found else None


async def test_slack_down_loses_nothing_and_doubles_nothing(post: Post) -> None:
    await post.server.go_down()
    for _ in range(3):
        await post.office.webhook()
    await asyncio.sleep(0)
    await post.server.come_back()
    await post.until(lambda: len(post.cards()) == 3)
    await asyncio.wait_for(_quiet(post), SECONDS)
    assert len(post.cards()) == 3


async def test_a_revoked_token_keeps_everything_and_says_so(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "LOCKED_OUT_SECONDS", 0.2)
    post.server.control.fault("chat.postMessage", "error", error="token_revoked", times=0)
    await post.office.webhook()
    await post.until(lambda: bool(post.delivery.locked_out))
    async with asyncio.timeout(SECONDS):
        while not any("Slack refuses our token" in problem for problem in await _problems(post)):
            await asyncio.sleep(0.02)
    post.server.control.clear_faults()
    await post.until(lambda: len(post.cards()) == 1)
    await post.delivery.settle()
    assert post.delivery.locked_out == ""


async def test_a_card_that_somebody_deleted_is_posted_anew(post: Post) -> None:
    request = (await post.office.webhook()).request
    await post.until(lambda: len(post.cards()) == 1)
    await asyncio.wait_for(_quiet(post), SECONDS)
    post.server.control.fault("chat.update", "error", error="message_not_found", times=1)
    await post.office.desk.do(_want, request=request)
    await post.until(lambda: len(post.cards()) == 2)


async def test_removed_from_the_team_channel_the_cards_wait_for_the_way_back(post: Post) -> None:
    post.server.control.fault("chat.postMessage", "error", error="not_in_channel", times=1)
    await post.office.webhook()
    await post.until(lambda: len(post.cards()) == 1)
