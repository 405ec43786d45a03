"""A bad day at Slack: each fault, and what the caller and the channel see of it."""

import asyncio
import time

import aiohttp
import pytest
from slack_helpers import eventually, refused, slack_client
from slack_sdk.errors import SlackApiError

from bot.workspace.errors import ControlError


@pytest.fixture
def post(server):
    """Post one message with a one-second timeout."""
    client = slack_client(server)
    client.timeout = 1
    channel = server.core.state.channel("#requests").id
    return lambda: client.chat_postMessage(channel=channel, text="x")


def posted(server):
    return len(server.control.messages("#requests"))


@pytest.mark.parametrize(("kind", "committed"), [("closed", 0), ("lost_answer", 1)])
async def test_a_lost_connection_before_or_after_the_effect_looks_the_same(server, post, kind, committed):
    server.control.fault("chat.postMessage", kind)
    with pytest.raises(aiohttp.ClientError):
        await post()
    assert posted(server) == committed
    await post()
    assert posted(server) == committed + 1


@pytest.mark.parametrize(("kind", "committed"), [("hang", 0), ("hang_after", 1)])
async def test_a_call_that_hangs_ends_with_the_callers_patience(server, post, kind, committed):
    server.control.fault("chat.postMessage", kind)
    with pytest.raises(asyncio.TimeoutError):
        await post()
    assert posted(server) == committed


@pytest.mark.parametrize(("kind", "committed"), [("http_500", 0), ("http_500_after", 1)])
async def test_a_server_error_says_nothing_about_the_effect(server, post, kind, committed):
    server.control.fault("chat.postMessage", kind, status=503)
    with pytest.raises(SlackApiError) as caught:
        await post()
    assert caught.value.response.status_code == 503
    assert posted(server) == committed


@pytest.mark.parametrize(("kind", "meanwhile"), [("slow", 0), ("slow_after", 1)])
async def test_a_slow_call_is_answered_late(server, post, kind, meanwhile):
    server.control.fault("chat.postMessage", kind, seconds=0.3)
    started = time.monotonic()
    waiting = asyncio.create_task(post())
    await eventually(lambda: server.journal.calls("chat.postMessage"))
    await eventually(lambda: posted(server) == meanwhile)
    assert not waiting.done()
    assert (await waiting)["ok"]
    assert time.monotonic() - started >= 0.3
    assert posted(server) == 1


async def test_a_slow_call_takes_effect_even_when_its_caller_has_given_up(server, post):
    server.control.fault("chat.postMessage", "slow", seconds=1.2)
    with pytest.raises(asyncio.TimeoutError):
        await post()
    assert posted(server) == 0
    await eventually(lambda: posted(server) == 1)


async def test_an_ordered_rate_limit_says_how_long(server, post):
    server.control.fault("chat.postMessage", "rate_limited", seconds=7)
    problem = await refused(post())
    assert (problem.status_code, problem.headers["Retry-After"], problem["error"]) == (429, "7", "ratelimited")
    assert posted(server) == 0


async def test_an_error_by_name_for_one_channel_a_number_of_times(server, post, client):
    requests, shared = (server.core.state.channel(name).id for name in ("#requests", "#acme-shared"))
    server.control.fault("*", "error", error="fatal_error", times=2, channel="#requests")
    await client.chat_postMessage(channel=shared, text="elsewhere")
    for _ in range(2):
        assert (await refused(post()))["error"] == "fatal_error"
    assert server.control.faults() == []
    await post()
    assert [call.fault for call in server.journal.calls() if call.args["channel"] == requests] == ["error", "error", ""]


async def test_a_fault_lasts_until_it_is_cleared(server, post):
    fault = server.control.fault("chat.postMessage", "error", error="internal_error", times=0)
    for _ in range(3):
        await refused(post())
    assert server.control.faults()[0]["played"] == 3
    assert server.control.clear_faults(fault["id"]) == 1
    await post()


async def test_faults_that_make_no_sense_are_refused(server):
    with pytest.raises(ControlError, match="there is no fault"):
        server.control.fault("*", "gremlins")
    with pytest.raises(ControlError, match="needs the name"):
        server.control.fault("*", "error")
    with pytest.raises(ControlError, match="colour"):
        server.control.fault("*", "hang", colour="red")


async def test_slack_goes_down_and_comes_back_at_the_same_address(server, post):
    url = server.url
    await server.go_down()
    with pytest.raises(aiohttp.ClientConnectorError):
        await post()
    await server.come_back()
    assert server.url == url
    await post()
    assert posted(server) == 1


async def test_a_reading_can_lag_behind_what_was_written(server, client):
    now = [1_800_000_000.0]
    server.core.clock._now = lambda: now[0]
    channel = server.core.state.channel("#requests").id
    server.control.say("@mira", "#requests", "long ago")
    now[0] += 60
    fresh = server.control.say("@mira", "#requests", "just now")["ts"]
    server.control.fault("conversations.history", "stale", seconds=5)
    first = await client.conversations_history(channel=channel)
    assert [message["text"] for message in first["messages"]] == ["long ago"]
    second = await client.conversations_history(channel=channel)
    assert second["messages"][0]["ts"] == fresh


async def test_a_dead_web_api_leaves_the_sockets_alive(server, client):
    server.control.fault("*", "error", error="service_unavailable", times=0)
    assert (await refused(client.auth_test()))["error"] == "service_unavailable"
    connections = slack_client(server, server.app_token)
    assert (await connections.apps_connections_open(app_token=server.app_token))["ok"]
    server.control.fault("apps.connections.open", "error", error="internal_error")
    problem = await refused(connections.apps_connections_open(app_token=server.app_token))
    assert problem["error"] == "internal_error"


async def test_an_answer_over_a_response_url_can_be_lost_too(server):
    mira, requests = server.core.state.user("@mira").id, server.core.state.channel("#requests").id
    hook = f"{server.url}/response/{server.core.response_urls.new(mira, requests)}"
    server.control.fault("response_url", "lost_answer")
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.ClientError):
            await http.post(hook, json={"text": "one"})
        assert (await http.post(hook, json={"text": "two"})).status == 200
    assert [one["text"] for one in server.control.ephemerals("@mira", "#requests")] == ["one", "two"]
