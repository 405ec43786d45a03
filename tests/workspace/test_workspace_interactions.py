"""Presses and the triggers they bring, through a real Bolt app over Socket Mode."""

import pytest
from slack_helpers import actions, button, hasty, modal, post_in, refused, text_input

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


async def test_a_press_carries_all_that_slack_sends(server, client, app, state):
    where = await post_in(server, client, actions(button(value="7"), SELECT))
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
    where = await post_in(server, client, actions(button(), SELECT))
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
    where = await post_in(server, client, actions(button()), channel="#acme-shared")
    await server.control.press("@carla", "go", **where)
    assert app.bodies[0]["team"]["id"] == state.home_team.id
    assert app.bodies[0]["user"]["team_id"] == state.user("@carla").team != state.home_team.id
    await server.control.press("@gwen", "go", **await post_in(server, client, actions(button())))
    assert app.bodies[1]["user"]["team_id"] == state.home_team.id


async def test_nobody_presses_what_they_do_not_see(server, client, app, state):
    where = await post_in(server, client, actions(button()))
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
    where = await post_in(server, client, actions(button(), block_id="a"), actions(button(), block_id="b"))
    with pytest.raises(ControlError, match="more than once"):
        await server.control.press("@mira", "go", **where)
    await server.control.press("@mira", "go", block_id="b", **where)
    assert app.bodies[0]["actions"][0]["block_id"] == "b"


@hasty
async def test_an_unknown_action_is_not_acknowledged(server, client, app):  # noqa: ARG001 (it must be connected)
    where = await post_in(server, client, actions(button("unheard_of")))
    result = await server.control.press("@mira", "unheard_of", **where)
    assert (result.acked, result.error) == (False, "operation_timeout")
    assert result.ms >= 400


async def test_an_input_in_a_message_reports_only_with_dispatch_action(server, client, app):
    where = await post_in(server, client, text_input("quiet"), text_input("loud", dispatch=True), actions(button()))
    await server.control.press("@mira", "typed", block_id="quiet", value="one", **where)
    assert app.bodies == []
    await server.control.press("@mira", "typed", block_id="loud", value="two", **where)
    assert app.bodies[0]["actions"][0]["value"] == "two"
    assert app.bodies[0]["state"]["values"]["quiet"]["typed"]["value"] == "one"


async def test_a_trigger_opens_one_window_only(server, client, app):  # noqa: ARG001 (likewise)
    where = await post_in(server, client, actions(button()))
    pressed = await server.control.press("@mira", "go", **where)
    view = (await client.views_open(trigger_id=pressed.trigger_id, view=modal()))["view"]
    assert [one["id"] for one in server.control.views("@mira")] == [view["id"]]
    problem = await refused(client.views_open(trigger_id=pressed.trigger_id, view=modal()))
    assert problem["error"] == "exchanged_trigger_id"
    problem = await refused(client.views_open(trigger_id="1.2.abc", view=modal()))
    assert problem["error"] == "invalid_trigger_id"


async def test_a_trigger_expires_in_real_time_whatever_the_clock_says(server, client, app, monkeypatch):  # noqa: ARG001 (likewise)
    where = await post_in(server, client, actions(button()))
    pressed = await server.control.press("@mira", "go", **where)
    server.control.forward(3600)
    await client.views_open(trigger_id=pressed.trigger_id, view=modal())
    pressed = await server.control.press("@mira", "go", **where)
    monkeypatch.setattr(triggers, "TRIGGER_SECONDS", 0.0)
    problem = await refused(client.views_open(trigger_id=pressed.trigger_id, view=modal()))
    assert problem["error"] == "expired_trigger_id"
