import asyncio
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from standardwebhooks import Webhook

from bot.intake.webhook import LARGEST, LARGEST_WITH_ATTACHMENTS
from bot.web import serve
from bot.web.body import read_body

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = {
    "client": "Acme",
    "from": {"name": "Mira", "email": "mira@acme.example"},
    "subject": "Invoice",
    "text": "Wrong sum.",
}


def sign(raw, identity="msg_1", age=timedelta()):
    at = datetime.now(UTC) - age
    signature = Webhook(SECRET).sign(identity, at, raw.decode())
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
        "Content-Type": "application/json",
    }


async def post(client, body=None, *, headers=None, **signing):
    raw = body if isinstance(body, bytes) else json.dumps(body or BODY).encode()
    async with client.post(
        "/intake/webhook", data=io.BytesIO(raw), headers={**sign(raw, **signing), **(headers or {})}
    ) as answer:
        return answer.status, await answer.json()


def requests_in(desk):
    with desk.store.reading() as tx:
        return tx.exec_driver_sql("SELECT count(*) FROM request").scalar_one(), tx.exec_driver_sql(
            "SELECT count(*) FROM inbound"
        ).scalar_one()


async def test_a_signed_request_is_answered_with_its_number_and_again_with_the_same(served, desk):
    async with served() as client:
        status, answer = await post(client)
        assert status == 201
        assert isinstance(answer["request"], int)
        assert await post(client) == (200, answer)
        assert await post(client, age=timedelta(minutes=3)) == (200, answer)
    assert requests_in(desk) == (1, 1)


async def test_the_same_id_with_another_body_is_a_conflict(served, desk):
    async with served() as client:
        await post(client)
        status, answer = await post(client, {**BODY, "text": "Other words."})
    assert status == 409
    assert "another body" in answer["error"]
    assert requests_in(desk) == (1, 1)


async def test_the_same_thread_is_the_same_request(served, desk):
    async with served() as client:
        _, first = await post(client, {**BODY, "thread": "case-7"})
        assert await post(client, {**BODY, "thread": "case-7", "text": "And?"}, identity="msg_2") == (201, first)
        assert await post(client, {**BODY, "thread": "case-8"}, identity="msg_3") != (201, first)
    assert requests_in(desk) == (2, 3)


async def test_the_same_request_many_times_at_once_is_one(served, desk):
    async with served() as client:
        answers = await asyncio.gather(*(post(client) for _ in range(10)))
    assert len({answer["request"] for _, answer in answers}) == 1
    assert sorted(status for status, _ in answers) == [200] * 9 + [201]
    assert requests_in(desk) == (1, 1)


async def test_what_is_refused_says_why_in_json_and_stores_nothing_but_a_counter(served, desk):
    async with served() as client:
        assert (await post(client, headers={"webhook-signature": "v1,AAAA"}))[0] == 401
        assert (await post(client, age=timedelta(minutes=6)))[0] == 401
        assert (await post(client, headers={"Content-Type": "text/plain"}))[0] == 415
        assert (await post(client, {**BODY, "text": "x" * LARGEST}))[0] == 413
        status, answer = await post(client, {"client": "Acme", "from": {}})
        assert status == 422
        assert set(answer["fields"]) == {"from", "text"}
        async with client.get("/metrics") as shown:
            metrics = await shown.text()
    assert 'headsup_webhooks_refused_total{status="401"} 2.0' in metrics
    assert 'headsup_webhooks_refused_total{status="413"} 1.0' in metrics
    assert "Acme" not in metrics
    assert requests_in(desk) == (0, 0)


async def test_without_a_secret_the_intake_is_closed(served):
    async with served(webhook_secret=None) as client:
        assert (await post(client))[0] == 503


@pytest.mark.parametrize("length", ["announced", "chunked"])
async def test_a_huge_body_is_refused_whether_it_is_announced_or_not(served, length):
    huge = LARGEST_WITH_ATTACHMENTS + 1

    async def chunks():
        for _ in range(huge // 65536 + 1):
            yield b"x" * 65536

    async with served() as client:
        data = io.BytesIO(b"x" * huge) if length == "announced" else chunks()
        async with client.post("/intake/webhook", data=data, headers=sign(b"x")) as answer:
            assert answer.status == 413
            assert "10 MiB" in (await answer.json())["error"]


async def test_an_unsigned_body_is_refused_without_being_read(served):
    arrived = []

    async def endless():
        for _ in range(10_000):
            arrived.append(1)
            yield b"x" * 65536

    async with served() as client:
        async with client.post("/intake/webhook", data=endless(), headers={"Expect": "100-continue"}) as answer:
            assert answer.status == 401
        assert len(arrived) < 1000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 50_000,
        "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}",
        "<!channel> <@U1> *bold*",
        "\u202eabc",
        "a\x00b\x1b",
    ],
)
async def test_any_text_is_taken(served, text):
    async with served() as client:
        assert (await post(client, {**BODY, "text": text}))[0] == 201


async def test_when_storing_fails_the_sender_tries_again_and_nothing_is_lost(served, desk, logged):
    tries = []

    async def failing_once(verb, /, *args, **kwargs):
        tries.append(verb)
        if len(tries) == 1:
            raise OSError("disk full of Wrong sum.")
        return await desk.do(verb, *args, **kwargs)

    async with served(do=failing_once) as client:
        status, answer = await post(client)
        assert status == 500
        assert "Wrong sum" not in str(answer)
        assert (await post(client))[0] == 201
    assert requests_in(desk) == (1, 1)
    assert "OSError" in logged.getvalue()
    assert "Wrong sum" not in logged.getvalue()


async def test_no_words_of_a_client_reach_the_log(served, logged):
    async with served() as client:
        await post(client)
        await post(client, {**BODY, "text": "Other words."})
        await post(client, {**BODY, "language": "Acme's language"}, identity="msg_2")
        await post(client, headers={"webhook-signature": "Acme"})
    assert "A webhook was refused." in logged.getvalue()
    for word in ("Acme", "Mira", "acme.example", "Wrong sum", "Other words", "Invoice"):
        assert word not in logged.getvalue()


async def test_a_body_that_comes_too_slowly_is_given_up():
    async def take(request):
        return web.Response(body=await read_body(request, seconds=0.1))

    app = web.Application()
    app.router.add_post("/", take)
    serving = await serve(app, host="127.0.0.1", port=0)
    reader, writer = await asyncio.open_connection("127.0.0.1", serving.port)
    writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
    assert b" 408 " in await asyncio.wait_for(reader.readline(), 10)
    writer.close()
    await writer.wait_closed()
    await serving.close()
