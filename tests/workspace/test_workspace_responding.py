"""What a response_url takes, how often and for how long, and what an answer by it becomes."""

import aiohttp
from slack_helpers import actions, button, post_in, section
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.workspace import triggers


def answer_to(result):
    return AsyncWebhookClient(result.response_url, retry_handlers=[])


async def test_a_response_url_works_five_times_and_whispers_by_default(server, client, app):  # noqa: ARG001 (it must be connected)
    where = await post_in(server, client, actions(button()))
    hook = answer_to(await server.control.press("@mira", "go", **where))
    for number in range(5):
        response = await hook.send(text=f"n{number}")
        assert (response.status_code, response.body) == (200, "ok")
    sixth = await hook.send(text="too much")
    assert (sixth.status_code, sixth.body) == (404, '{"ok": false, "error": "used_url"}')
    assert [one["text"] for one in server.control.ephemerals("@mira", "#requests")] == [f"n{n}" for n in range(5)]
    assert len(server.control.messages("#requests", "@jonas")) == 1


async def test_a_response_url_expires_after_half_an_hour(server, client, app, monkeypatch):  # noqa: ARG001 (likewise)
    where = await post_in(server, client, actions(button()))
    hook = answer_to(await server.control.press("@mira", "go", **where))
    monkeypatch.setattr(triggers, "RESPONSE_SECONDS", 0.0)
    assert '"expired_url"' in (await hook.send(text="late")).body


async def test_a_response_can_replace_or_delete_the_message_of_the_button(server, client, app):  # noqa: ARG001 (likewise)
    where = await post_in(server, client, actions(button()))
    hook = answer_to(await server.control.press("@mira", "go", **where))
    await hook.send(text="replaced", replace_original=True)
    (shown,) = server.control.messages("#requests")
    assert (shown["text"], "blocks" in shown) == ("replaced", False)
    await hook.send(text="beside", response_type="in_channel")
    assert [one["text"] for one in server.control.messages("#requests")] == ["replaced", "beside"]
    await hook.send(delete_original=True)
    assert [one["text"] for one in server.control.messages("#requests")] == ["beside"]


async def test_an_answer_to_an_ephemeral_message_takes_its_place(server, client, app, state):  # noqa: ARG001 (likewise)
    channel, mira = state.channel("#requests").id, state.user("@mira").id
    ts = (await client.chat_postEphemeral(channel=channel, user=mira, text="a", blocks=[actions(button())]))[
        "message_ts"
    ]
    hook = answer_to(await server.control.press("@mira", "go", channel=channel, ts=ts))
    await hook.send(text="b")
    (shown,) = server.control.ephemerals("@mira", "#requests")
    assert (shown["ts"], shown["text"], "blocks" in shown) == (ts, "b", False)
    await hook.send(delete_original=True)
    assert server.control.ephemerals("@mira", "#requests") == []


async def test_a_response_is_judged_like_any_message(server, client, app):  # noqa: ARG001 (likewise)
    where = await post_in(server, client, actions(button()))
    hook = answer_to(await server.control.press("@mira", "go", **where))
    response = await hook.send(text="x", blocks=[section("x" * 3001)])
    assert response.status_code == 400
    assert '"invalid_blocks"' in response.body
    async with aiohttp.ClientSession() as http:
        assert (await http.post(hook.url, data="{")).status == 400
        assert (await http.post(hook.url, json={"text": "x", "colour": "red"})).status == 400
    assert [entry.answer["error"] for entry in server.journal.refusals] == ["invalid_blocks", "invalid_arguments"]
