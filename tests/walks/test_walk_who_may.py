"""L7: only members act, contacts only answer for their own client; the rest hear why, and nothing changes."""

import copy
import json
import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from tests.support.walk import ACME, BETA, TEAM, Walk, Walking, until
from tests.support.walk_seeing import words_of


async def fingerprint(walk: Walk, *numbers: int) -> list[Any]:
    """Return what must not change by a stranger's press."""
    found: list[Any] = [walk.numbers()]
    for number in numbers:
        status = await walk.status(number)
        card = status.card
        found += [card.request, card.replies, status.promises, len(status.history)]
    return found


async def test_a_guest_in_the_team_channel_can_press_nothing(walk: Walk):
    number = await walk.asked()
    await walk.quiet()
    before = await fingerprint(walk, number)
    for action in ("claim_request", "review_first_suggestion", "open_more", "review_third_suggestion"):
        assert (await walk.press("@gwen", action, number)).acked
    option = walk.cards()[number]["blocks"]
    chosen = next(block["accessory"]["options"][2] for block in option if "accessory" in block)
    await walk.control.select("@gwen", "set_category", chosen["value"], channel=TEAM, ts=walk.cards()[number]["ts"])
    await walk.told("@gwen", "Guests can read along")
    assert walk.control.views("@gwen") == []
    for line in ("", "open", f"status #{number}", "new Something", "client Acme", "mine"):
        result = await walk.control.slash("@gwen", "/headsup", line)
        assert not any("VAT" in words_of(message) for message in result.ephemerals)
    await walk.control.shortcut("@gwen", "new_client_request")
    walk.control.open_home("@gwen")
    home = await until(lambda: walk.control.home("@gwen"), "a home that says why")
    assert "Guests can read along" in words_of(home)
    await walk.control.settle()
    assert "New client request" not in str(walk.control.views("@gwen"))
    assert await fingerprint(walk, number) == before


async def test_every_press_of_a_day_does_nothing_when_a_stranger_sends_it(walk: Walk):
    """Payloads of a real day with somebody else's id in them: an outsider, a guest, nobody that Slack knows."""
    taken: list[AsyncBoltRequest] = []
    dispatch = walk.headsup.app.async_dispatch

    async def remember(request: AsyncBoltRequest) -> Any:
        taken.append(request)
        return await dispatch(request)

    walk.headsup.app.async_dispatch = remember
    number = await walk.asked()
    await walk.press("@mira", "claim_request", number)
    await walk.send(number, due=timedelta(hours=4))
    await walk.later(hours=3, minutes=1)
    await walk.press_nudge("@mira", "snooze_promise")
    await walk.press_nudge("@mira", "open_delay_form")
    await walk.window("@mira", "Delay update")
    new = int((walk.clock.now() + timedelta(hours=5)).timestamp())
    await walk.control.submit("@mira", {"happened": "A test fails.", "doing": "We mend it.", "new_due_at": new})
    await walk.control.close("@mira", everything=True)
    await walk.press("@mira", "open_more", number)
    await walk.window("@mira", "More")
    await walk.control.submit("@mira", {"verb": "wait_client"})
    await walk.control.submit("@mira", {})
    await walk.control.slash("@mira", "/headsup", "client unlink", channel=ACME)
    await walk.link()
    await walk.quiet()
    before = await fingerprint(walk, number)

    pressed = [request for request in taken if request.body.get("type") != "event_callback"]
    assert len(pressed) >= 9
    for stranger in (walk.id("@carla"), walk.id("@gwen"), walk.id("@dieter"), "U0NOBODY"):
        for request in pressed:
            body = copy.deepcopy(request.body)
            if "command" in body:
                body["user_id"] = stranger
            else:
                body["user"]["id"] = stranger
            again = AsyncBoltRequest(mode="socket_mode", body=body, headers=request.headers)
            assert (await dispatch(again)).status == 200
    await walk.quiet()
    assert await fingerprint(walk, number) == before


async def _with_a_delay_update(walk: Walk) -> tuple[int, dict[str, Any]]:
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    await walk.later(hours=3, minutes=1)
    await walk.press_nudge("@mira", "open_delay_form")
    await walk.window("@mira", "Delay update")
    new = int((walk.clock.now() + timedelta(hours=5)).timestamp())
    await walk.control.submit("@mira", {"happened": "A test fails.", "doing": "We mend it.", "new_due_at": new})
    await walk.control.submit("@mira")
    await walk.later(seconds=11)
    return number, await walk.client_reads("A test fails.")


async def test_a_member_cannot_answer_in_the_clients_place(walk: Walk):
    number, post = await _with_a_delay_update(walk)
    await walk.control.press("@jonas", "answer_works", channel=ACME, ts=post["ts"])
    await walk.told("@jonas", "These buttons are the client's", channel=ACME)
    assert all(promise.answer is None for promise in (await walk.status(number)).promises)


async def test_another_clients_person_cannot_answer(walk: Walk):
    """Dieter of Beta sends what Carla's button would send, out of Beta's own channel."""
    number, post = await _with_a_delay_update(walk)
    await walk.link(BETA, "Beta GmbH")
    button = next(
        e for block in post["blocks"] for e in block.get("elements", []) if e.get("action_id") == "answer_works"
    )
    forged = walk.control.other_bot_says("forger", BETA, "press me")
    body = {
        "type": "block_actions",
        "team": {"id": walk.actor().team, "domain": "northlight"},
        "user": {"id": walk.id("@dieter"), "team_id": "T0BETA"},
        "channel": {"id": walk.id(BETA), "name": "beta-shared"},
        "container": {"type": "message", "channel_id": walk.id(BETA), "message_ts": forged["ts"]},
        "actions": [{**button, "block_id": "b", "action_ts": "1.0"}],
        "trigger_id": "1.2.abc",
    }
    answer = await walk.headsup.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    assert answer.status == 200
    await walk.told("@dieter", "another client's request", channel=BETA)
    assert all(promise.answer is None for promise in (await walk.status(number)).promises)


async def test_who_joins_the_team_channel_may_act_and_who_leaves_may_not(walk: Walk):
    number = await walk.asked()
    newcomer = walk.control.add_user("lena", real_name="Lena Ek", tz="Europe/Stockholm")
    walk.control.invite("#general", newcomer)
    walk.control.invite(TEAM, newcomer)
    await walk.control.settle()
    await walk.press("@lena", "claim_request", number)
    await until(lambda: _owned_by(walk, number, newcomer), "Lena to own it")
    walk.control.remove(TEAM, newcomer)
    await walk.control.settle()
    result = await walk.control.slash("@lena", "/headsup", "open", channel="#general")
    assert not any(f"#{number}" in words_of(message) for message in result.ephemerals)


async def _owned_by(walk: Walk, number: int, user: str) -> bool:
    owner = (await walk.card(number)).owner
    return owner is not None and owner.id == user


async def post(walk: Walk, body: str, **headers: str) -> int:
    """Send something to the address that Slack calls; return the HTTP status."""
    sent = {"content-type": "application/x-www-form-urlencoded", **{k.replace("_", "-"): v for k, v in headers.items()}}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{walk.url}/slack/events", data=body, headers=sent) as answer,
    ):
        return answer.status


@pytest.mark.parametrize("forgery", ["right", "no signature", "wrong secret", "old", "from tomorrow", "other body"])
async def test_only_what_slack_signed_just_now_is_taken(walks: Walking, forgery: str):
    async with walks(socket=False) as walk:
        number = await walk.asked()
        await walk.quiet()
        card = walk.cards()[number]
        claim = next(
            e for block in card["blocks"] for e in block.get("elements", []) if e.get("action_id") == "claim_request"
        )
        payload = {
            "type": "block_actions",
            "team": {"id": walk.actor().team, "domain": "northlight"},
            "user": {"id": walk.id("@mira"), "team_id": walk.actor().team},
            "channel": {"id": walk.id(TEAM), "name": "requests"},
            "container": {"type": "message", "channel_id": walk.id(TEAM), "message_ts": card["ts"]},
            "actions": [{**claim, "block_id": "b", "action_ts": "1.0"}],
            "trigger_id": "1.2.abc",
        }
        body = urlencode({"payload": json.dumps(payload)})
        at = str(int(time.time()) + {"old": -400, "from tomorrow": 86_400}.get(forgery, 0))
        secret = "0123456789abcdef" if forgery == "wrong secret" else walk.server.signing_secret
        signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body) or ""
        headers = {} if forgery == "no signature" else {"x_slack_request_timestamp": at, "x_slack_signature": signature}
        status = await post(walk, body + ("&x=1" if forgery == "other body" else ""), **headers)
        assert status == (200 if forgery == "right" else 401)
        assert ((await walk.card(number)).owner is not None) is (forgery == "right")


async def test_a_signed_press_that_is_replayed_later_is_refused(walks: Walking):
    async with walks(socket=False) as walk:
        walk.control.clock_skew(-400)
        result = await walk.control.slash("@mira", "/headsup", "open")
        assert not result.acked
        walk.control.clock_skew(0)
        assert (await walk.control.slash("@mira", "/headsup", "open")).acked
