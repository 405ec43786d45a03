"""Rate limits, always in real time."""

import asyncio

import pytest
from slack_helpers import refused, slack_client

from bot.workspace import pace as pace_module
from bot.workspace.pace import Pace


@pytest.fixture
def clock(monkeypatch):
    """The real time of the limits, held still."""
    now = [1000.0]
    monkeypatch.setattr(pace_module.time, "monotonic", lambda: now[0])
    return now


def limits(**options):
    return pace_module.Limits(Pace(**options))


def test_a_channel_takes_a_short_burst_and_then_one_a_second(clock):
    some = limits(post_burst=3)
    assert [some.refuse_post("C1") for _ in range(4)] == [0, 0, 0, 1]
    assert some.refuse_post("C2") == 0
    clock[0] += 1.0
    assert [some.refuse_post("C1") for _ in range(2)] == [0, 1]
    clock[0] += 10
    assert [some.refuse_post("C1") for _ in range(4)] == [0, 0, 0, 1]


def test_a_strict_channel_refuses_every_second_one_within_a_second(clock):
    some = limits(strict=True)
    answers = []
    for _ in range(6):
        answers.append(some.refuse_post("C1"))
        clock[0] += 0.5
    assert answers == [0, 1, 0, 1, 0, 1]


def test_the_workspace_has_a_cap_of_its_own(clock):
    some = limits(posts_per_minute=5)
    assert [some.refuse_post(f"C{number}") for number in range(6)] == [0, 0, 0, 0, 0, 60]
    clock[0] += 60
    assert some.refuse_post("C9") == 0


@pytest.mark.parametrize(("tier", "allowed"), [(1, 1), (2, 20), (3, 50), (4, 100)])
def test_a_tier_allows_so_many_calls_a_minute_for_each_method(clock, tier, allowed):
    some = limits()
    assert [some.refuse_call("a", tier) for _ in range(allowed)] == [0] * allowed
    clock[0] += 20
    assert some.refuse_call("a", tier) == 40
    assert some.refuse_call("b", tier) == 0
    clock[0] += 40
    assert some.refuse_call("a", tier) == 0


async def test_too_fast_is_429_with_retry_after_and_no_effect(make_server):
    server = await make_server(pace=Pace(strict=True))
    client = slack_client(server)
    channel = server.core.state.channel("#requests").id
    await client.chat_postMessage(channel=channel, text="one")
    problem = await refused(client.chat_postMessage(channel=channel, text="two"))
    assert (problem.status_code, problem.headers["Retry-After"]) == (429, "1")
    server.control.forward(3600)
    again = await refused(client.chat_postMessage(channel=channel, text="a moved clock frees nobody"))
    assert len(server.control.messages("#requests")) == 1
    await asyncio.sleep(int(again.headers["Retry-After"]))
    await client.chat_postMessage(channel=channel, text="three")


async def test_life_outside_the_marketplace_is_one_history_call_a_minute_with_fifteen_messages(make_server):
    server = await make_server(pace=Pace(history_limit=15, per_minute={"conversations.history": 1}))
    client = slack_client(server)
    for number in range(20):
        server.control.say("@mira", "#requests", str(number))
    channel = server.core.state.channel("#requests").id
    page = await client.conversations_history(channel=channel, limit=200)
    assert (len(page["messages"]), page["has_more"]) == (15, True)
    assert (await refused(client.conversations_history(channel=channel))).status_code == 429
