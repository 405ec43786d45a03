"""Socket Mode: addresses, connections, envelopes, acknowledgements and broken links."""

import asyncio
import json
from contextlib import asynccontextmanager

import aiohttp
import pytest
from slack_helpers import actions, bolt_app, button, eventually, hasty, slack_client

from bot.workspace.errors import ControlError


async def address(server):
    client = slack_client(server, server.app_token)
    return (await client.apps_connections_open(app_token=server.app_token))["url"]


@asynccontextmanager
async def link(server):
    """A bare connection, past its hello."""
    async with aiohttp.ClientSession() as http, http.ws_connect(await address(server)) as ws:
        hello = await ws.receive_json(timeout=30)
        assert hello["type"] == "hello"
        ws.hello = hello
        yield ws


async def envelope(ws, kind=None):
    """The next envelope, of a kind if one is wanted."""
    while True:
        frame = await ws.receive_json(timeout=30)
        if "envelope_id" in frame and kind in {None, frame["type"]}:
            return frame


async def card(server):
    client = slack_client(server)
    channel = server.core.state.channel("#requests").id
    ts = (await client.chat_postMessage(channel=channel, text="card", blocks=[actions(button())]))["ts"]
    return {"channel": channel, "ts": ts}


async def test_an_address_opens_one_connection_only(server):
    url = await address(server)
    async with aiohttp.ClientSession() as http:
        async with http.ws_connect(url) as ws:
            hello = await ws.receive_json(timeout=30)
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["debug_info"]["approximate_connection_time"] == 3600
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await http.ws_connect(url)
        assert refused.value.status == 403


async def test_the_eleventh_connection_is_one_too_many(server):
    async with aiohttp.ClientSession() as http:
        links = [await http.ws_connect(await address(server)) for _ in range(10)]
        counts = [(await ws.receive_json(timeout=30))["num_connections"] for ws in links]
        assert counts == list(range(1, 11))
        extra = await http.ws_connect(await address(server))
        frame = await extra.receive_json(timeout=30)
        assert (frame["type"], frame["reason"]) == ("disconnect", "too_many_websockets")
        assert (await extra.receive(timeout=30)).type is aiohttp.WSMsgType.CLOSE
        await extra.close()
        for ws in links:
            await ws.close()


async def test_each_payload_goes_to_any_one_connection(server):
    async with link(server) as first, link(server) as second:
        for number in range(4):
            server.control.say("@carla", "#acme-shared", f"m{number}")
        texts = []
        for ws in (first, second):
            for _ in range(2):
                frame = await envelope(ws)
                texts.append(frame["payload"]["event"]["text"])
                await ws.send_json({"envelope_id": frame["envelope_id"]})
        assert sorted(texts) == ["m0", "m1", "m2", "m3"]
        assert (await server.control.settle())["quiet"]
        assert len(server.journal.deliveries()) == 4


@hasty
async def test_an_unacknowledged_event_comes_again_with_the_same_event_id_and_says_why(server):
    async with link(server) as ws:
        server.control.say("@carla", "#acme-shared", "hello")
        frames = [await envelope(ws) for _ in range(4)]
        assert [frame["retry_attempt"] for frame in frames] == [0, 1, 2, 3]
        assert [frame["retry_reason"] for frame in frames] == ["", "timeout", "timeout", "timeout"]
        assert len({frame["payload"]["event_id"] for frame in frames}) == 1
        assert len({frame["envelope_id"] for frame in frames}) == 4
        assert (await server.control.settle())["quiet"]
        assert len(server.journal.deliveries("events_api")) == 4


async def test_an_acknowledged_event_does_not_come_again(server):
    async with link(server) as ws:
        server.control.say("@carla", "#acme-shared", "hello")
        frame = await envelope(ws)
        assert frame["accepts_response_payload"] is False
        await ws.send_json({"envelope_id": frame["envelope_id"]})
        assert (await server.control.settle(quiet=0.3))["quiet"]
        (delivery,) = server.journal.deliveries()
        assert (delivery.answer["acked"], delivery.answer["attempt"]) == (True, 0)


async def test_events_wait_for_an_app_that_is_away_and_are_lost_when_it_stays_away(make_server):
    server = await make_server(retry_after=(0.0, 0.3, 30.0))
    server.control.say("@carla", "#acme-shared", "while you were away")
    async with link(server) as ws:
        frame = await envelope(ws)
        assert (frame["retry_attempt"], frame["payload"]["event"]["text"]) == (2, "while you were away")
        await ws.send_json({"envelope_id": frame["envelope_id"]})
    short = await make_server(retry_after=(0.0,))
    short.control.say("@carla", "#acme-shared", "nobody hears this")
    await short.control.settle()
    async with link(short) as ws:
        with pytest.raises(TimeoutError):
            await ws.receive_json(timeout=0.2)


@hasty
async def test_a_press_that_is_not_acknowledged_shows_an_error_and_never_comes_again(server):
    where = await card(server)
    async with link(server) as ws:
        result = await server.control.press("@mira", "go", **where)
        assert (result.acked, result.error, result.reason) == (False, "operation_timeout", "timeout")
        frame = await envelope(ws, "interactive")
        assert "retry_attempt" not in frame
        await ws.send_json({"envelope_id": frame["envelope_id"]})
        await server.control.settle(quiet=0.3)
        (delivery,) = server.journal.deliveries("interactive")
        assert delivery.answer["acked"] is False
        assert delivery.answer["late_ms"] > 400


async def test_a_press_while_no_connection_is_open_fails_at_once(server):
    result = await server.control.press("@mira", "go", **await card(server))
    assert (result.acked, result.error, result.reason) == (False, "dispatch_failed", "no_connection")


async def test_a_payload_on_an_envelope_that_takes_none_is_a_refusal(server):
    where = await card(server)
    async with link(server) as ws:
        pressed = asyncio.create_task(server.control.press("@mira", "go", **where))
        frame = await envelope(ws, "interactive")
        assert frame["accepts_response_payload"] is False
        await ws.send_json({"envelope_id": frame["envelope_id"], "payload": {"text": "hm"}})
        assert (await pressed).acked
    assert [entry.answer["error"] for entry in server.journal.refusals] == ["payload_not_accepted"]


@hasty
async def test_pings_are_answered_until_the_link_falls_silent(server):
    async with aiohttp.ClientSession() as http:
        ws = await http.ws_connect(await address(server), autoping=False)
        await ws.receive_json(timeout=30)
        await ws.ping(b"sdk-ping-pong:1")
        pong = await ws.receive(timeout=30)
        assert (pong.type, bytes(pong.data)) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1")
        assert server.control.silence() == 1
        await ws.ping(b"sdk-ping-pong:2")
        with pytest.raises(TimeoutError):
            await ws.receive(timeout=0.2)
        result = await server.control.slash("@mira", "/headsup")
        assert result.error == "operation_timeout"
        await ws.close()


@pytest.mark.parametrize(
    ("reason", "closes"), [("warning", False), ("refresh_requested", True), ("link_disabled", True)]
)
async def test_disconnect_frames_say_why_and_all_but_a_warning_close(server, reason, closes):
    async with link(server) as ws:
        assert await server.control.disconnect(reason) == 1
        frame = await ws.receive_json(timeout=30)
        assert (frame["type"], frame["reason"]) == ("disconnect", reason)
        if closes:
            assert (await ws.receive(timeout=30)).type is aiohttp.WSMsgType.CLOSE
        assert len(server.control.connections()) == (0 if closes else 1)
    with pytest.raises(ControlError):
        await server.control.disconnect("bored")


@pytest.mark.parametrize("how", ["drop", "disconnect", "silence"])
@hasty
async def test_the_sdks_client_finds_its_way_back_and_hears_what_it_missed(make_server, connect, how):
    server = await make_server(retry_after=(0.2, 0.5, 1.5, 3.0))
    heard = []
    app = bolt_app(server)

    @app.event("message")
    async def message(event):
        heard.append(event["text"])

    await connect(app, server)
    first = server.control.connections()[0]["number"]
    done = getattr(server.control, how)()
    if asyncio.iscoroutine(done):
        await done
    server.control.say("@carla", "#acme-shared", "in the gap")
    await eventually(lambda: "in the gap" in heard)
    assert server.control.connections()[-1]["number"] > first


async def test_frames_that_are_no_acknowledgement_are_ignored(server):
    async with link(server) as ws:
        for noise in ("{", "[]", '"x"', json.dumps({"envelope_id": 7}), json.dumps({"envelope_id": "unknown"})):
            await ws.send_str(noise)
        server.control.say("@carla", "#acme-shared", "still here")
        assert (await envelope(ws))["payload"]["event"]["text"] == "still here"
