"""Presses, commands and shortcuts, through a real Bolt app over Socket Mode."""

import asyncio
import time

import aiohttp
import pytest
from slack_helpers import actions, bolt_app, button, form, modal, refused, section, text_input
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.workspace import triggers
from bot.workspace.errors import ControlError

SELECT = {
    "type": "static_select",
    "action_id": "kind",
    "options": [
        {"text": {"type": "plain_text", "text": "Support"}, "value": "s"},
        {"text": {"type": "plain_text", "text": "Billing"}, "value": "b"},
    ],
}


@pytest.fixture
def state(server):
    return server.core.state


@pytest.fixture
async def app(server, connect):
    """A Bolt app that acknowledges everything and keeps the bodies it saw."""
    app = bolt_app(server)
    app.bodies = []

    async def keep(ack, body):
        app.bodies.append(body)
        await ack()

    for action_id in ("go", "kind", "typed"):
        app.action(action_id)(keep)
    app.shortcut("go")(keep)
    app.view("form")(keep)
    app.command("/headsup")(keep)
    app.view_closed("form")(keep)
    await connect(app)
    return app


async def post(server, client, *blocks, channel="#requests", **more):
    channel = server.core.state.channel(channel).id
    ts = (await client.chat_postMessage(channel=channel, text="card", blocks=list(blocks), **more))["ts"]
    return {"channel": channel, "ts": ts}


async def test_a_press_carries_all_that_slack_sends(server, client, app, state):
    where = await post(server, client, actions(button(value="7"), SELECT))
    result = await server.control.press("@mira", "go", **where)
    assert (result.acked, result.error) == (True, "")
    (body,) = app.bodies
    mira = state.user("@mira")
    assert body["type"] == "block_actions"
    assert body["user"] == {"id": mira.id, "username": "mira", "name": "mira", "team_id": mira.team}
    assert body["team"] == {"id": state.home_team.id, "domain": "northlight"}
    assert body["container"] == {
        "type": "message",
        "message_ts": where["ts"],
        "channel_id": where["channel"],
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": where["channel"], "name": "requests"}
    assert body["message"]["ts"] == where["ts"]
    assert body["state"]["values"] == {"row": {"kind": {"type": "static_select", "selected_option": None}}}
    assert body["response_url"].startswith(server.url)
    (action,) = body["actions"]
    assert (action["type"], action["value"], action["block_id"], action["text"]["text"]) == ("button", "7", "row", "Go")
    assert "action_ts" in action


async def test_a_choice_is_in_the_action_and_stays_in_the_state_of_later_presses(server, client, app):
    where = await post(server, client, actions(button(), SELECT))
    await server.control.select("@mira", "kind", "Billing", **where)
    await server.control.press("@mira", "go", **where)
    await server.control.press("@jonas", "go", **where)
    chosen = app.bodies[0]["actions"][0]["selected_option"]
    assert (chosen["value"], chosen["text"]["text"]) == ("b", "Billing")
    assert app.bodies[1]["state"]["values"]["row"]["kind"]["selected_option"]["value"] == "b"
    assert app.bodies[2]["state"]["values"]["row"]["kind"]["selected_option"] is None
    await server.control.select("@mira", "kind", None, **where)
    assert app.bodies[3]["actions"][0]["selected_option"] is None
    sent = server.journal.deliveries("interactive")[0].args["payload"]["state"]["values"]
    assert sent["row"]["kind"]["selected_option"]["value"] == "b", "the journal keeps what was sent"
    with pytest.raises(ControlError, match="Support, Billing"):
        await server.control.select("@mira", "kind", "Weather", **where)


async def test_outsiders_and_guests_can_press_and_are_told_apart_by_their_team(server, client, app, state):
    where = await post(server, client, actions(button()), channel="#acme-shared")
    await server.control.press("@carla", "go", **where)
    assert app.bodies[0]["team"]["id"] == state.home_team.id
    assert app.bodies[0]["user"]["team_id"] == state.user("@carla").team != state.home_team.id
    await server.control.press("@gwen", "go", **await post(server, client, actions(button())))
    assert app.bodies[1]["user"]["team_id"] == state.home_team.id


async def test_nobody_presses_what_they_do_not_see(server, client, app, state):
    where = await post(server, client, actions(button()))
    with pytest.raises(ControlError, match="carla is not in #requests"):
        await server.control.press("@carla", "go", **where)
    mira = state.user("@mira").id
    whisper = await client.chat_postEphemeral(
        channel=where["channel"], user=mira, text="psst", blocks=[actions(button())]
    )
    there = {"channel": where["channel"], "ts": whisper["message_ts"]}
    with pytest.raises(ControlError, match="jonas sees no message"):
        await server.control.press("@jonas", "go", **there)
    await server.control.press("@mira", "go", **there)
    (body,) = app.bodies
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body


async def test_the_same_action_id_in_two_blocks_needs_the_block_id(server, client, app):
    where = await post(server, client, actions(button(), block_id="a"), actions(button(), block_id="b"))
    with pytest.raises(ControlError, match="more than once"):
        await server.control.press("@mira", "go", **where)
    await server.control.press("@mira", "go", block_id="b", **where)
    assert app.bodies[0]["actions"][0]["block_id"] == "b"


async def test_an_unknown_action_is_not_acknowledged(server, client, app):  # noqa: ARG001 (it must be connected)
    where = await post(server, client, actions(button("unheard_of")))
    result = await server.control.press("@mira", "unheard_of", **where)
    assert (result.acked, result.error) == (False, "operation_timeout")
    assert result.ms >= 400


async def test_an_input_in_a_message_reports_only_with_dispatch_action(server, client, app):
    where = await post(server, client, text_input("quiet"), text_input("loud", dispatch=True), actions(button()))
    await server.control.press("@mira", "typed", block_id="quiet", value="one", **where)
    assert app.bodies == []
    await server.control.press("@mira", "typed", block_id="loud", value="two", **where)
    assert app.bodies[0]["actions"][0]["value"] == "two"
    assert app.bodies[0]["state"]["values"]["quiet"]["typed"]["value"] == "one"


# -- triggers ----------------------------------------------------------------------------------------------------------


async def test_a_trigger_opens_one_window_only(server, client, app):  # noqa: ARG001 (likewise)
    where = await post(server, client, actions(button()))
    pressed = await server.control.press("@mira", "go", **where)
    view = (await client.views_open(trigger_id=pressed.trigger_id, view=modal()))["view"]
    assert [one["id"] for one in server.control.views("@mira")] == [view["id"]]
    problem = await refused(client.views_open(trigger_id=pressed.trigger_id, view=modal()))
    assert problem["error"] == "exchanged_trigger_id"
    problem = await refused(client.views_open(trigger_id="1.2.abc", view=modal()))
    assert problem["error"] == "invalid_trigger_id"


async def test_a_trigger_expires_in_real_time_whatever_the_clock_says(server, client, app, monkeypatch):  # noqa: ARG001 (likewise)
    where = await post(server, client, actions(button()))
    pressed = await server.control.press("@mira", "go", **where)
    server.control.forward(3600)
    await client.views_open(trigger_id=pressed.trigger_id, view=modal())
    pressed = await server.control.press("@mira", "go", **where)
    monkeypatch.setattr(triggers, "TRIGGER_SECONDS", 0.0)
    problem = await refused(client.views_open(trigger_id=pressed.trigger_id, view=modal()))
    assert problem["error"] == "expired_trigger_id"


# -- response_url ------------------------------------------------------------------------------------------------------


def answer_to(result):
    return AsyncWebhookClient(result.response_url, retry_handlers=[])


async def test_a_response_url_works_five_times_and_whispers_by_default(server, client, app):  # noqa: ARG001 (likewise)
    where = await post(server, client, actions(button()))
    hook = answer_to(await server.control.press("@mira", "go", **where))
    for number in range(5):
        response = await hook.send(text=f"n{number}")
        assert (response.status_code, response.body) == (200, "ok")
    sixth = await hook.send(text="too much")
    assert (sixth.status_code, sixth.body) == (404, '{"ok": false, "error": "used_url"}')
    assert [one["text"] for one in server.control.ephemerals("@mira", "#requests")] == [f"n{n}" for n in range(5)]
    assert len(server.control.messages("#requests", "@jonas")) == 1


async def test_a_response_url_expires_after_half_an_hour(server, client, app, monkeypatch):  # noqa: ARG001 (likewise)
    where = await post(server, client, actions(button()))
    hook = answer_to(await server.control.press("@mira", "go", **where))
    monkeypatch.setattr(triggers, "RESPONSE_SECONDS", 0.0)
    assert '"expired_url"' in (await hook.send(text="late")).body


async def test_a_response_can_replace_or_delete_the_message_of_the_button(server, client, app):  # noqa: ARG001 (likewise)
    where = await post(server, client, actions(button()))
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
    where = await post(server, client, actions(button()))
    hook = answer_to(await server.control.press("@mira", "go", **where))
    response = await hook.send(text="x", blocks=[section("x" * 3001)])
    assert response.status_code == 400
    assert '"invalid_blocks"' in response.body
    async with aiohttp.ClientSession() as http:
        assert (await http.post(hook.url, data="{")).status == 400
        assert (await http.post(hook.url, json={"text": "x", "colour": "red"})).status == 400
    assert [entry.answer["error"] for entry in server.journal.refusals] == ["invalid_blocks", "invalid_arguments"]


# -- commands and shortcuts --------------------------------------------------------------------------------------------


async def test_a_command_arrives_as_a_form_with_names_as_ids(server, app, state):
    server.control.add_channel("secret", ["@mira"], private=True)
    await server.control.slash(
        "@mira", "/headsup", "status @jonas in #general and #secret of @nobody", channel="#acme-shared"
    )
    (body,) = app.bodies
    jonas, general, secret = state.user("@jonas"), state.channel("#general"), state.channel("#secret")
    assert body["text"] == f"status <@{jonas.id}|jonas> in <#{general.id}|general> and <#{secret.id}|> of @nobody"
    assert (body["command"], body["channel_name"], body["user_id"]) == (
        "/headsup",
        "acme-shared",
        state.user("@mira").id,
    )
    assert body["is_enterprise_install"] == "false"
    assert {"trigger_id", "response_url", "team_id", "team_domain", "api_app_id", "channel_id"} <= body.keys()
    await server.control.slash("@mira", "/headsup", channel="@headsup")
    assert (app.bodies[1]["channel_name"], app.bodies[1]["text"]) == ("directmessage", "")


async def test_commands_are_for_our_own_people_and_for_known_names(make_server):
    server = await make_server(commands=["/headsup"])
    assert (await server.control.slash("@mira", "/other")).error == "not_a_command"
    assert (await server.control.slash("@carla", "/headsup", channel="#acme-shared")).error == "not_a_command"
    assert server.journal.deliveries() == []
    with pytest.raises(ControlError, match="carla is not in"):
        await server.control.slash("@carla", "/headsup")


async def test_the_acknowledgement_of_a_command_is_its_answer(server, connect):
    app = bolt_app(server)

    @app.command("/headsup")
    async def command(ack, body):
        if body["text"] == "loud":
            await ack(text="for all", response_type="in_channel")
        elif body["text"] == "bad":
            await ack(blocks=[section("x" * 3001)])
        else:
            await ack("only you")

    await connect(app)
    quiet = await server.control.slash("@mira", "/headsup")
    assert [one["text"] for one in quiet.ephemerals] == ["only you"]
    assert server.control.messages("#requests", "@jonas") == []
    await server.control.slash("@mira", "/headsup", "loud")
    assert [one["text"] for one in server.control.messages("#requests", "@jonas")] == ["for all"]
    bad = await server.control.slash("@mira", "/headsup", "bad")
    assert bad.error == "invalid_response"
    assert [entry.answer["error"] for entry in server.journal.refusals] == ["invalid_blocks"]


async def test_a_late_command_shows_operation_timeout(server, connect):
    app = bolt_app(server)

    @app.command("/headsup")
    async def command(ack):
        await asyncio.sleep(0.6)
        await ack("too late")

    await connect(app)
    started = time.monotonic()
    result = await server.control.slash("@mira", "/headsup")
    assert (result.error, result.acked, result.ephemerals) == ("operation_timeout", False, [])
    assert time.monotonic() - started < 0.6


async def test_shortcuts_have_the_fields_of_their_kind(server, app, state):
    await server.control.shortcut("@mira", "go")
    ts = server.control.say("@carla", "#acme-shared", "please")["ts"]
    await server.control.message_shortcut("@mira", "go", channel="#acme-shared", ts=ts)
    anywhere, message = app.bodies
    assert anywhere["type"] == "shortcut"
    assert not {"channel", "response_url", "message"} & anywhere.keys()
    assert (message["type"], message["message"]["text"], message["message_ts"]) == ("message_action", "please", ts)
    assert message["channel"] == {"id": state.channel("#acme-shared").id, "name": "acme-shared"}
    assert {"trigger_id", "action_ts", "callback_id"} <= anywhere.keys() & message.keys()


# -- windows -----------------------------------------------------------------------------------------------------------


async def open_form(server, client, view, user="@mira"):
    trigger = (await server.control.shortcut(user, "go")).trigger_id
    return (await client.views_open(trigger_id=trigger, view=view))["view"]


async def test_a_submission_carries_what_was_filled_in(server, client, app):
    when = {"type": "datetimepicker", "action_id": "when", "initial_date_time": 1_800_000_000}
    block = {"type": "input", "block_id": "due", "label": {"type": "plain_text", "text": "Due"}, "element": when}
    await open_form(server, client, form(text_input(initial_value="draft"), block, private_metadata="p"))
    result = await server.control.submit("@mira", {"typed": "words"})
    assert (result.acked, result.views) == (True, [])
    view = app.bodies[-1]["view"]
    assert view["state"]["values"] == {
        "words": {"typed": {"type": "plain_text_input", "value": "words"}},
        "due": {"when": {"type": "datetimepicker", "selected_date_time": 1_800_000_000}},
    }
    assert (view["private_metadata"], view["callback_id"]) == ("p", "form")
    assert app.bodies[-1]["response_urls"] == []


async def test_an_empty_required_field_never_reaches_the_app(server, client, app):
    await open_form(server, client, form(text_input(min_length=3), text_input("more", optional=True)))
    before = len(app.bodies)
    empty = await server.control.submit("@mira")
    assert (empty.error, list(empty.errors), empty.acked) == ("form_incomplete", ["words"], False)
    short = await server.control.submit("@mira", {"words": {"typed": "ab"}})
    assert short.errors["words"].startswith("Please enter at least 3")
    assert len(app.bodies) == before
    assert (await server.control.submit("@mira", {"words": {"typed": "abc"}})).acked
    assert app.bodies[-1]["view"]["state"]["values"]["more"]["typed"]["value"] is None


async def test_text_over_its_length_cannot_be_typed(server, client, app):  # noqa: ARG001 (likewise)
    await open_form(server, client, form(text_input(max_length=5)))
    with pytest.raises(ControlError, match="at most 5"):
        server.control.fill("@mira", {"typed": "123456"})


async def test_an_element_of_a_modal_reports_with_the_view_and_what_is_filled_in(server, client, app):
    view = await open_form(server, client, form(text_input(), actions(button())))
    server.control.fill("@mira", {"typed": "so far"})
    await server.control.press("@mira", "go")
    body = app.bodies[-1]
    assert body["container"] == {"type": "view", "view_id": view["id"]}
    assert body["view"]["state"]["values"]["words"]["typed"]["value"] == "so far"
    assert not {"channel", "message", "response_url"} & body.keys()


async def test_closing_is_told_only_where_it_was_asked_for(server, client, app):
    await open_form(server, client, form(text_input()))
    before = len(app.bodies)
    await server.control.close("@mira")
    assert (server.control.views("@mira"), len(app.bodies)) == ([], before)
    await open_form(server, client, form(text_input(), notify_on_close=True))
    await server.control.close("@mira")
    assert (app.bodies[-1]["type"], app.bodies[-1]["is_cleared"]) == ("view_closed", False)
    with pytest.raises(ControlError, match="no such modal"):
        await server.control.close("@mira")
