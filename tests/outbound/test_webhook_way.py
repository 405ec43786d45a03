import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web
from standardwebhooks import Webhook

from bot.domain.replies import PromiseKind
from bot.domain.snapshots.client import ReplyOut
from bot.errors import AmbiguousSendError, PermanentSendError, SendError, TemporarySendError
from bot.outbound.base import Reference, Way
from bot.outbound.webhook import WebhookWay

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
REFERENCE = Reference(key="reply:7", keys=("reply:7",))
REPLY = ReplyOut(
    reply=7,
    request=142,
    text="Hello Mira,\nwe look at it. ä <b>",
    callback_url="",
    approved_at=datetime(2031, 5, 4, 12, tzinfo=UTC),
    thread="case-7",
    promise_kind=PromiseKind.HEAR,
    due_at=datetime(2031, 5, 4, 14, tzinfo=UTC),
)


def real_now():
    return datetime.now(UTC)


@asynccontextmanager
async def way_to(port, *, host="127.0.0.1", seconds=2.0, path="/headsup", **options):
    """A way that may call this port, and the frozen reply to it."""
    options = {"secret": SECRET, "hosts": (f"{host}:{port}",), "real_now": real_now, "seconds": seconds, **options}
    way: Way = WebhookWay(**options)
    yield way, way.freeze(_reply(f"http://{host}:{port}{path}"))


def _reply(url):
    return ReplyOut(**{name: getattr(REPLY, name) for name in REPLY.__slots__} | {"callback_url": url})


@asynccontextmanager
async def client_server(answer=None):
    """A client's server on a free port; gives the port and what it was sent."""
    got = []

    async def take(request):
        got.append((dict(request.headers), await request.read(), request.path_qs))
        return answer(request) if answer else web.Response(status=204)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield runner.addresses[0][1], got
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bad_server(behave):
    """A server that does what `behave(reader, writer)` does, then slams the door."""
    seen = []

    async def connected(reader, writer):
        try:
            await behave(reader, writer, seen)
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], seen
    finally:
        server.close()


async def fate(port, **options):
    async with way_to(port, **options) as (way, frozen):
        with pytest.raises(SendError) as caught:
            await way.send(frozen, REFERENCE)
    return caught.value


async def test_a_reply_arrives_signed_whole_and_once():
    async with client_server() as (port, got), way_to(port, path="/headsup?a=%20b") as (way, frozen):
        await way.send(frozen, REFERENCE)
    ((headers, body, path),) = got
    assert path == "/headsup?a=%20b"
    assert headers["webhook-id"] == "reply:7"
    assert headers["Content-Type"] == "application/json"
    assert Webhook(SECRET).verify(body, headers) == {
        "type": "reply.sent",
        "timestamp": "2031-05-04T12:00:00+00:00",
        "data": {
            "request": 142,
            "thread": "case-7",
            "text": "Hello Mira,\nwe look at it. ä <b>",
            "promise": {"kind": "hear", "due_at": "2031-05-04T14:00:00+00:00"},
        },
    }


async def test_a_retry_has_the_same_id_and_body_and_a_fresh_signature():
    times = iter([datetime.now(UTC) - timedelta(seconds=90), datetime.now(UTC)])
    async with client_server() as (port, got), way_to(port, real_now=lambda: next(times)) as (way, frozen):
        await way.send(frozen, REFERENCE)
        await way.send(frozen, REFERENCE)
    (first, body, _), (second, again, _) = got
    assert body == again
    assert first["webhook-id"] == second["webhook-id"]
    assert first["webhook-timestamp"] != second["webhook-timestamp"]
    Webhook(SECRET).verify(again, second)


def test_freezing_is_pure_and_says_nothing_more_than_what_was_approved():
    way = WebhookWay(secret=None, hosts=(), real_now=real_now)
    plain = ReplyOut(reply=1, request=2, text="x", callback_url="https://a.example", approved_at=REPLY.approved_at)
    assert way.freeze(plain) == way.freeze(plain)
    assert json.loads(way.freeze(plain).partition(b"\n")[2])["data"] == {
        "request": 2,
        "thread": None,
        "text": "x",
        "promise": None,
    }
    with pytest.raises(TypeError):
        way.freeze("text")


async def test_the_far_side_cannot_be_asked():
    assert await WebhookWay(secret=None, hosts=(), real_now=real_now).look(REFERENCE, REPLY.approved_at) is None


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, PermanentSendError),
        (302, PermanentSendError),
        (307, PermanentSendError),
        (400, PermanentSendError),
        (401, PermanentSendError),
        (404, PermanentSendError),
        (410, PermanentSendError),
        (413, PermanentSendError),
        (408, TemporarySendError),
        (429, TemporarySendError),
        (503, TemporarySendError),
        (500, AmbiguousSendError),
        (502, AmbiguousSendError),
        (504, AmbiguousSendError),
    ],
)
async def test_each_answer_has_its_meaning_and_no_redirect_is_followed(status, error):
    def answer(_request):
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    async with client_server(answer) as (port, got):
        found = await fate(port)
        assert type(found) is error
        assert str(status) in found.sentence
        assert len(got) == 1


@pytest.mark.parametrize("status", [200, 201, 202, 204])
async def test_every_success_is_one(status):
    async with client_server(lambda _: web.Response(status=status)) as (port, _), way_to(port) as (way, frozen):
        assert (await way.send(frozen, REFERENCE)).remote is None


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [("7", 7, 7), ("999999", 3600, 3600), ("in 90 seconds, as a date", 1, 91)],
)
async def test_how_long_to_wait_is_taken_from_the_answer(header, low, high):
    if "date" in header:
        header = format_datetime(real_now() + timedelta(seconds=90))
    async with client_server(lambda _: web.Response(status=429, headers={"Retry-After": header})) as (port, _):
        assert low <= (await fate(port)).retry_after <= high


@pytest.mark.parametrize("header", ["soon", "-1", "Mon, 99 Foo 2026", "\u00b2"])
async def test_a_wait_that_cannot_be_read_is_left_to_us(header):
    async with client_server(lambda _: web.Response(status=503, headers={"Retry-After": header})) as (port, _):
        assert (await fate(port)).retry_after is None


async def test_a_refused_connection_is_temporary_for_nothing_was_sent():
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    assert type(await fate(port)) is TemporarySendError


async def test_a_connection_closed_before_or_after_the_body_was_read_is_ambiguous():
    async def before(_reader, _writer, seen):
        seen.append("connected")

    async def after(reader, _writer, seen):
        seen.append(await reader.readuntil(b"}}}"))

    for behave in (before, after):
        async with bad_server(behave) as (port, seen):
            assert type(await fate(port)) is AmbiguousSendError
            assert seen


async def test_half_an_answer_and_nonsense_are_ambiguous():
    async def half(reader, writer, _seen):
        await reader.readuntil(b"}}}")
        writer.write(b"HTTP/1.1 20")
        await writer.drain()

    async def nonsense(reader, writer, _seen):
        await reader.readuntil(b"}}}")
        writer.write(b"hello there\r\n\r\n")
        await writer.drain()

    for behave in (half, nonsense):
        async with bad_server(behave) as (port, _):
            assert type(await fate(port)) is AmbiguousSendError


async def test_a_server_that_never_answers_is_ambiguous_after_the_time_is_up():
    async def silent(reader, _writer, _seen):
        await reader.read()

    async with bad_server(silent) as (port, _):
        assert type(await fate(port, seconds=0.2)) is AmbiguousSendError


async def test_a_server_that_does_not_speak_tls_gets_nothing():
    async def plain(reader, writer, seen):
        seen.append(await reader.read(1024))
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with bad_server(plain) as (port, seen):
        way = WebhookWay(secret=SECRET, hosts=(f"127.0.0.1:{port}",), real_now=real_now, seconds=2)
        with pytest.raises(SendError) as caught:
            await way.send(way.freeze(_reply(f"https://127.0.0.1:{port}/")), REFERENCE)
        assert type(caught.value) in {PermanentSendError, TemporarySendError}
        assert b"reply.sent" not in b"".join(seen)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}@evil.example/",
        "http://evil.example@127.0.0.1:{port}/",
        "http://127.0.0.1.evil.example:{port}/",
        "http://localhost:{port}/",
        "http://127.1:{port}/",
        "http://127.0.0.1:1/",
        "file:///etc/passwd",
        "http://127.0.0.1:{port}\\@evil.example/",
    ],
)
async def test_nothing_but_a_listed_host_is_ever_called(url):
    async with client_server() as (port, got), way_to(port) as (way, _):
        with pytest.raises(PermanentSendError) as caught:
            await way.send(way.freeze(_reply(url.format(port=port))), REFERENCE)
        assert got == []
        assert "not sent" in caught.value.sentence


async def test_without_a_secret_nothing_leaves():
    async with client_server() as (port, got):
        assert "WEBHOOK_SECRET" in (await fate(port, secret=None)).sentence
        assert got == []


async def test_no_proxy_is_asked(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with client_server() as (port, got), way_to(port) as (way, frozen):
        await way.send(frozen, REFERENCE)
        assert len(got) == 1


async def test_an_error_never_holds_the_clients_words():
    async with client_server(lambda _: web.Response(status=500, text="we look at it")) as (port, _):
        error = await fate(port)
    assert "look at it" not in error.sentence + str(error.facts)
