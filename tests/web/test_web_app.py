import asyncio
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.domain.health import Audit, Audits, Health, Orphan
from bot.errors import ConfigurationError
from bot.web import build_web, serve
from bot.web.app import SECURITY
from bot.web.health import READY_SECONDS

SIGNING = "8f742231b10e8888abcd99yyyzzz85a5"


async def answer(client, method, path, **kwargs):
    async with client.request(method, path, **kwargs) as response:
        return response.status, await response.json()


async def test_alive_and_ready_are_two_questions(served):
    async def not_ready():
        return Health(ready=False, problems=("Slack refuses our token.",))

    async with served(ready=not_ready) as client:
        assert await answer(client, "GET", "/healthz") == (200, {"alive": True})
        status, body = await answer(client, "GET", "/readyz")
        assert status == 503
        assert body["problems"] == ["Slack refuses our token."]
    async with served() as client:
        status, body = await answer(client, "GET", "/readyz")
        assert (status, body["ready"], body["outbox_waiting"], body["oldest_waiting_s"]) == (200, True, 3, 1.2)


@pytest.mark.parametrize("failure", ["raises", "hangs"])
async def test_a_look_at_our_health_that_fails_is_not_ready(served, monkeypatch, failure):
    async def broken():
        if failure == "raises":
            raise OSError("password hunter22")
        await asyncio.sleep(60)

    monkeypatch.setattr("bot.web.health.READY_SECONDS", READY_SECONDS / 100)
    async with served(ready=broken) as client:
        status, body = await answer(client, "GET", "/readyz")
        assert status == 503
        assert body["problems"]
        assert "hunter22" not in str(body)
        async with client.get("/metrics") as shown:
            assert "headsup_ready 0.0" in await shown.text()


async def test_metrics_are_in_prometheus_format_and_know_routes_not_paths(served):
    async with served() as client:
        await answer(client, "GET", "/nothing/secret-word")
        async with client.get("/metrics") as shown:
            text = await shown.text()
            assert shown.content_type == "text/plain"
    assert 'headsup_http_responses_total{route="other",status="404"} 1.0' in text
    assert "secret-word" not in text
    assert "headsup_outbox_waiting 3.0" in text


async def test_metrics_tell_of_the_heartbeat_and_of_what_the_audit_found(served):
    looked = Audit(datetime(2027, 1, 4, 8, tzinfo=UTC), {Orphan.PAUSE: 3, Orphan.MESSAGE: 2}, {Orphan.PAUSE: 3})

    async def seen():
        return Health(ready=True, tick_age_s=7.5, audits=Audits(looked))

    async with served(ready=seen) as client, client.get("/metrics") as shown:
        text = await shown.text()
    assert "headsup_tick_age_seconds 7.5" in text
    assert f"headsup_audit_timestamp_seconds {looked.at.timestamp():.6e}".split("e")[0][:40] in text
    assert 'headsup_audit_found{kind="pause_without_end"} 3.0' in text
    assert 'headsup_audit_left{kind="pause_without_end"} 0.0' in text
    assert 'headsup_audit_left{kind="message_overdue"} 2.0' in text
    async with served() as client, client.get("/metrics") as shown:
        text = await shown.text()
    assert "headsup_tick_age_seconds NaN" in text
    assert all(f'headsup_audit_found{{kind="{kind}"}} 0.0' in text for kind in Orphan)


async def test_every_answer_is_json_and_carries_the_security_headers(served):
    async with served() as client:
        for method, path, expected in (("GET", "/", 404), ("GET", "/intake/webhook", 405), ("POST", "/healthz", 405)):
            async with client.request(method, path) as response:
                assert response.status == expected
                assert (await response.json())["error"]
                for name, value in SECURITY.items():
                    assert response.headers[name] == value
                assert ("Allow" in response.headers) == (expected == 405)


async def test_what_goes_wrong_inside_stays_inside(served):
    async def broken(_request):
        raise RuntimeError("hunter22 in /srv/headsup")

    async with served(slack=broken) as client:
        status, body = await answer(client, "POST", "/slack/events", data=b"{}")
        assert status == 500
        assert body == {"error": "Something went wrong on our side. Nothing was lost; please try again."}


def slack_app():
    async def authorize(**_):
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U1")

    app = AsyncApp(authorize=authorize, signing_secret=SIGNING, process_before_response=True)

    async def pressed(ack):
        await ack()

    async def ran(ack):
        await ack("Hello")

    app.action("claim")(pressed)
    app.command("/headsup")(ran)
    return app


def slack_headers(body, *, secret=SIGNING, age=0):
    at = str(int(time.time()) - age)
    signature = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={signature}",
        "Content-Type": "application/x-www-form-urlencoded",
    }


COMMAND = "command=%2Fheadsup&text=open&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1.2"


async def test_slacks_signed_calls_reach_bolt_and_its_answer_goes_back(served):
    async with served(slack=slack_app().async_dispatch) as client:
        async with client.post("/slack/events", data=COMMAND, headers=slack_headers(COMMAND)) as response:
            assert (response.status, await response.text()) == (200, "Hello")
        check = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})
        headers = {**slack_headers(check), "Content-Type": "application/json"}
        async with client.post("/slack/events", data=check, headers=headers) as response:
            assert await response.json() == {"challenge": "abc"}
        action = {
            "type": "block_actions",
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "actions": [{"action_id": "claim"}],
        }
        form = "payload=" + json.dumps(action)
        async with client.post("/slack/events", data=form, headers=slack_headers(form)) as response:
            assert response.status == 200


@pytest.mark.parametrize("wrong", [{"secret": "other"}, {"age": 301}, {"age": -301}])
async def test_forged_and_stale_calls_are_refused(served, wrong):
    async with served(slack=slack_app().async_dispatch) as client:
        async with client.post("/slack/events", data=COMMAND, headers=slack_headers(COMMAND, **wrong)) as response:
            assert response.status == 401
        async with client.post("/slack/events", data=COMMAND) as response:
            assert response.status == 401
        async with client.post("/slack/events", data=b"\xff", headers=slack_headers("x")) as response:
            assert response.status == 400


async def test_over_socket_mode_nothing_listens_for_slack(served):
    async with served() as client:
        status, body = await answer(client, "POST", "/slack/events", data=COMMAND, headers=slack_headers(COMMAND))
        assert status == 404
        assert "Socket Mode" in body["error"]


async def test_a_busy_port_is_said_with_its_cure(desk):
    async def ready():
        return Health(ready=True)

    def app():
        return build_web(do=desk.do, now=desk.clock.now, ready=ready)

    first = await serve(app(), host="127.0.0.1", port=0)
    try:
        with pytest.raises(ConfigurationError, match="Set PORT to a free one"):
            await serve(app(), host="127.0.0.1", port=first.port)
    finally:
        await first.close()
