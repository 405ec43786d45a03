"""The control interface over HTTP: the same verbs, for this machine only."""

import aiohttp
import pytest
from slack_helpers import actions, button, slack_client

from bot.workspace.control import Control
from bot.workspace.control_http import QUERIES


@pytest.fixture
async def http(server):
    async with aiohttp.ClientSession(base_url=server.url) as session:
        yield session


async def call(http, verb, **arguments):
    async with http.post(f"/control/{verb}", json=arguments) as response:
        answer = await response.json()
    assert answer["ok"], answer
    return answer["result"]


async def test_a_conversation_can_be_driven_and_read(http):
    said = await call(http, "say", user="@carla", channel="#acme-shared", text="Where is it? <soon>")
    await call(http, "say", user="@mira", channel="#acme-shared", text="Looking", thread_ts=said["ts"])
    async with http.get("/control/read", params={"channel": "#acme-shared", "user": "@carla"}) as response:
        shown = (await response.json())["result"]
    (message,) = shown["messages"]
    assert (message["text"], message["ephemeral"]) == ("Where is it? &lt;soon&gt;", False)
    assert [reply["text"] for reply in message["replies"]] == ["Looking"]
    assert shown["channel"]["is_ext_shared"] is True


async def test_a_press_over_http_gives_its_result(server, http):
    channel = server.core.state.channel("#requests").id
    client = slack_client(server)
    ts = (await client.chat_postMessage(channel=channel, text="card", blocks=[actions(button())]))["ts"]
    result = await call(http, "press", user="@mira", action_id="go", channel="#requests", ts=ts)
    assert (result["acked"], result["error"]) == (False, "dispatch_failed")
    entries = await call(http, "journal", kind="delivery", last=1)
    assert entries[0]["name"] == "interactive"
    async with http.get("/control/journal", params={"kind": "call", "after": "0"}) as response:
        assert [entry["name"] for entry in (await response.json())["result"]] == ["chat.postMessage"]


async def test_the_state_names_people_and_channels(http):
    state = await call(http, "state")
    assert {user["name"] for user in state["users"]} >= {"mira", "jonas", "priya", "sam", "gwen", "carla", "dieter"}
    requests = next(channel for channel in state["channels"] if channel.get("name") == "requests")
    assert len(requests["members"]) == 6


async def test_time_moves_forward_only(http):
    before = (await call(http, "clock"))["now"]
    after = await call(http, "forward", seconds=3600)
    assert after["now"] - before >= 3600
    async with http.post("/control/forward", json={"seconds": -1}) as response:
        assert (response.status, (await response.json())["error"]) == (400, "time only moves forward")


async def test_the_owners_clock_is_moved_where_it_has_one(make_server):
    moved = []
    server = await make_server(now=lambda: 1_800_000_000.0 + sum(moved), move_clock=moved.append)
    assert server.control.forward(60)["now"] == 1_800_000_060.0
    assert moved == [60]


async def test_waiting_ends_with_a_change_or_with_the_time(server, http):
    version = (await call(http, "state"))["version"]
    assert await call(http, "wait", after=version, timeout=0.05) == {"version": version}
    server.control.say("@mira", "#general", "hello")
    assert (await call(http, "wait", after=version, timeout=5))["version"] > version


@pytest.mark.parametrize(
    ("verb", "arguments", "sentence"),
    [
        ("say", {"user": "@nobody", "channel": "#general", "text": "x"}, "there is nobody called @nobody here"),
        ("say", {"user": "@carla", "channel": "#general", "text": "x"}, "carla is not in #general"),
        ("say", {"user": "@mira", "channel": "#nowhere", "text": "x"}, "there is no channel #nowhere here"),
        ("say", {"user": "@mira"}, "missing a required argument: 'channel'"),
        ("say", {"user": "@mira", "channel": "#general", "colour": 1}, "got an unexpected keyword argument 'colour'"),
        ("rename", {"channel": "#general", "name": "requests"}, "there is already a channel #requests"),
        ("add_user", {"name": "mira"}, "there is already someone called mira"),
        ("share", {"channel": "#general", "team": "Gamma"}, "there is no organisation Gamma"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(http, verb, arguments, sentence):
    async with http.post(f"/control/{verb}", json=arguments) as response:
        assert (response.status, await response.json()) == (400, {"ok": False, "error": sentence})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example:80"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Host": "localhost"}, 200),
    ],
)
async def test_other_hosts_and_pages_of_other_origins_are_refused(http, headers, status):
    async with http.post("/control/clock", json={}, headers=headers) as response:
        assert response.status == status


async def test_forms_unknown_verbs_and_writing_by_get_are_refused(http):
    async with http.post("/control/say", data={"user": "@mira"}) as response:
        assert response.status == 400
    async with http.post("/control/say", json=["@mira"]) as response:
        assert response.status == 400
    for verb in ("shout", "core", "_keep", "__init__"):
        async with http.post(f"/control/{verb}", json={}) as response:
            assert response.status == 404
    async with http.get("/control/uninstall") as response:
        assert response.status == 404


def test_every_query_is_a_verb():
    assert all(callable(getattr(Control, name)) for name in QUERIES)
