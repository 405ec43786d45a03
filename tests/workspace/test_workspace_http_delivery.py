"""Signed delivery to a request URL instead of sockets, to a real Bolt app behind aiohttp."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_helpers import actions, bolt_app, button, eventually, form, hasty, slack_client, text_input
from slack_sdk.signature import Clock, SignatureVerifier

from bot.workspace.errors import ControlError
from bot.workspace.request_url import sign


@asynccontextmanager
async def listening(handler):
    """Serve a handler at a URL."""
    app = web.Application()
    app.router.add_post("/slack/events", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


class Listener:
    """A bare endpoint that keeps what it got and answers as it is told."""

    def __init__(self):
        self.requests = []
        self.answers = []

    async def serve(self, request):
        body = await request.read()
        self.requests.append((request.headers, body))
        if b'"url_verification"' in body:
            return web.json_response({"challenge": json.loads(body)["challenge"]})
        answer = self.answers.pop(0) if self.answers else web.Response()
        return await answer() if callable(answer) else answer

    def events(self):
        return [(headers, json.loads(body)) for headers, body in self.requests if b'"event_callback"' in body]


async def test_a_signature_is_the_one_that_the_sdk_verifies():
    verifier = SignatureVerifier("secret", Clock())
    signed = {"X-Slack-Request-Timestamp": "1800000000", "X-Slack-Signature": sign("secret", "1800000000", b"body=1")}
    verifier.clock.now = lambda: 1_800_000_000.0
    assert verifier.is_valid_request(b"body=1", signed)
    assert not verifier.is_valid_request(b"body=2", signed)


async def test_events_presses_commands_and_forms_reach_a_bolt_app(server):
    seen = []
    app = bolt_app(server)

    @app.event("message")
    async def message(event):
        seen.append(event["text"])

    @app.action("go")
    async def pressed(ack, body):
        seen.append(body["actions"][0]["value"])
        await ack()

    @app.command("/headsup")
    async def command(ack, body):
        await ack(f"you said {body['text']}")

    @app.view("form")
    async def submitted(ack):
        await ack(response_action="errors", errors={"words": "No."})

    async def serve(request):
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async with listening(serve) as url:
        await server.control.events_url(url)
        server.control.say("@carla", "#acme-shared", "hello & more")
        assert (await server.control.settle())["quiet"]
        channel = server.core.state.channel("#requests").id
        client = slack_client(server)
        ts = (await client.chat_postMessage(channel=channel, text="c", blocks=[actions(button(value="7"))]))["ts"]
        result = await server.control.press("@mira", "go", channel=channel, ts=ts)
        assert result.acked
        await client.views_open(trigger_id=result.trigger_id, view=form(text_input()))
        assert (await server.control.submit("@mira", {"typed": "x"})).errors == {"words": "No."}
        said = await server.control.slash("@mira", "/headsup", "status")
        assert [one["text"] for one in said.ephemerals] == ["you said status"]
        assert seen[0] == "hello &amp; more"
        assert "7" in seen
        assert {entry.answer["via"] for entry in server.journal.deliveries()} == {"http"}
        assert server.journal.refusals == []
    await server.control.events_url("")


async def test_a_stale_timestamp_is_refused_by_the_app(server):
    app = bolt_app(server)

    async def serve(request):
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async with listening(serve) as url:
        await server.control.events_url(url)
        server.control.clock_skew(-301)
        result = await server.control.slash("@mira", "/headsup")
        assert (result.acked, result.error, result.reason) == (False, "dispatch_failed", "http_error")


@hasty
async def test_failed_events_come_again_with_number_and_reason(server):
    listener, told = Listener(), asyncio.Event()

    async def too_slow():
        await told.wait()
        return web.Response()

    async with listening(listener.serve) as url:
        await server.control.events_url(url)
        listener.answers = [web.Response(status=500), too_slow, web.Response(status=404)]
        server.control.say("@carla", "#acme-shared", "hello")
        assert (await server.control.settle())["quiet"]
        told.set()
        headers = [one for one, _ in listener.events()]
        assert [one.get("X-Slack-Retry-Num") for one in headers] == [None, "1", "2", "3"]
        reasons = [one.get("X-Slack-Retry-Reason") for one in headers]
        assert reasons == [None, "http_error", "http_timeout", "http_error"]
        assert len({body["event_id"] for _, body in listener.events()}) == 1


async def test_an_app_can_ask_not_to_be_told_again(server):
    listener = Listener()
    async with listening(listener.serve) as url:
        await server.control.events_url(url)
        listener.answers = [web.Response(status=500, headers={"x-slack-no-retry": "1"})]
        server.control.say("@carla", "#acme-shared", "hello")
        assert (await server.control.settle(quiet=0.4))["quiet"]
        assert len(listener.events()) == 1


async def test_an_app_that_is_gone_gets_the_event_when_it_is_back(make_server):
    server = await make_server(retry_after=(0.0, 0.3, 0.3))
    listener = Listener()
    async with listening(listener.serve) as url:
        await server.control.events_url(url)
        server.core.state.app.events_url = "http://127.0.0.1:9/slack/events"
        server.control.say("@carla", "#acme-shared", "hello")
        await eventually(lambda: any(one.answer.get("attempt") == 1 for one in server.journal.deliveries()))
        server.core.state.app.events_url = url
        assert (await server.control.settle(quiet=0.4))["quiet"]
        ((headers, _),) = listener.events()
        assert (headers["X-Slack-Retry-Num"], headers["X-Slack-Retry-Reason"]) == ("2", "connection_failed")
        press = server.journal.deliveries()[0]
        assert (press.answer["acked"], press.answer["error"]) == (False, "connection_failed")


async def test_a_url_that_does_not_echo_the_challenge_is_not_taken(server):
    async def deaf(_request):
        return web.Response(text="hello")

    async with listening(deaf) as url:
        with pytest.raises(ControlError, match="did not echo"):
            await server.control.events_url(url)
    with pytest.raises(ControlError, match="connection_failed"):
        await server.control.events_url("http://127.0.0.1:9/")
    assert server.core.state.app.events_url == ""
