import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from standardwebhooks import Webhook

from bot.trial.outside import Delivery, Outside, Systems
from bot.trial.scenario import load

SECRET = "whsec_" + "c2VjcmV0" * 5 + "MTIzNA=="
CLIENTS = load("morning").clients
Opened = Callable[[], AbstractAsyncContextManager[Systems]]


@pytest.fixture
def took() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def opened(tmp_path: Path, took: list[tuple[str, str]]) -> Opened:
    """The clients' systems in a folder."""

    @asynccontextmanager
    async def systems() -> AsyncIterator[Systems]:
        found = Systems(
            CLIENTS,
            tmp_path / "outside.jsonl",
            secret=SECRET,
            now=lambda: 1_795_420_800.0,
            took=lambda system, delivery: took.append((system.key, delivery.text)),
        )
        async with found.listening(lambda _sentence: None):
            found.remember_the_port()
            yield found

    return systems


async def post(address: str, ident: str, text: str, *, secret: str = SECRET) -> int:
    body = json.dumps({"type": "reply.sent", "data": {"text": text}})
    now = datetime.now(UTC)
    headers = {
        "webhook-id": ident,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(ident, now, body),
    }
    async with aiohttp.ClientSession() as session, session.post(address, data=body, headers=headers) as answer:
        return answer.status


def told(system: Outside) -> list[tuple[str, bool, bool]]:
    return [(one.text, one.verified, one.again) for one in system.received]


async def test_each_system_keeps_what_it_received_in_order(opened: Opened, took: list[tuple[str, str]]):
    async with opened() as systems:
        orbit, yunfan = systems.all
        assert [await post(systems.address("orbit"), f"msg_{n}", f"reply {n}") for n in (1, 2)] == [204, 204]
        assert await post(systems.address("yunfan"), "msg_3", "您好") == 204
        assert told(orbit) == [("reply 1", True, False), ("reply 2", True, False)]
        assert told(yunfan) == [("您好", True, False)]
        assert took == [("orbit", "reply 1"), ("orbit", "reply 2"), ("yunfan", "您好")]


async def test_a_wrong_signature_is_refused_and_shown_as_that(opened: Opened, took: list[tuple[str, str]]):
    async with opened() as systems:
        assert await post(systems.address("orbit"), "msg_1", "trust me", secret=SECRET.replace("c2Vj", "c2Vk")) == 401
        [delivery] = systems.all[0].received
        assert not delivery.verified
        assert delivery.shown().title == "Turned away: it was not signed by Headsup"
        assert took == []


async def test_the_same_webhook_again_is_acknowledged_and_shown_as_that(opened: Opened, took: list[tuple[str, str]]):
    async with opened() as systems:
        assert [await post(systems.address("orbit"), "msg_1", "once") for _ in range(2)] == [204, 204]
        assert told(systems.all[0]) == [("once", True, False), ("once", True, True)]
        assert systems.all[0].shown().received[1].title.endswith("once more, so nothing was done")
        assert took == [("orbit", "once")]


async def test_a_system_that_there_is_not_takes_nothing(opened: Opened):
    async with opened() as systems:
        assert await post(systems.address("acme"), "msg_1", "hello?") == 404
        assert [one.received for one in systems.all] == [[], []]


async def test_what_was_received_is_there_after_a_restart(opened: Opened, tmp_path: Path):
    async with opened() as systems:
        await post(systems.address("orbit"), "msg_1", "kept")
        port = systems.port
    with (tmp_path / "outside.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"key": "orbit", "at": 1')  # cut off by a crash
    async with opened() as systems:
        assert told(systems.all[0]) == [("kept", True, False)]
        assert systems.port == port
        assert systems.moved_from == ""
        await post(systems.address("orbit"), "msg_1", "kept")
        await post(systems.address("orbit"), "msg_2", "two\u2028lines")
    async with opened() as systems:
        assert told(systems.all[0]) == [("kept", True, False), ("kept", True, True), ("two\u2028lines", True, False)]


async def test_a_body_that_is_no_reply_has_no_words_and_is_kept_whole(opened: Opened):
    async with opened() as systems, aiohttp.ClientSession() as session:
        async with session.post(systems.address("orbit"), data=b"[1]") as answer:
            assert answer.status == 401
        assert systems.all[0].received == [Delivery(1_795_420_800.0, "", verified=False, text="", body="[1]")]
