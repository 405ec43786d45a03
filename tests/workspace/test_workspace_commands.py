"""Commands and shortcuts, through a real Bolt app over Socket Mode."""

import asyncio

import pytest
from slack_helpers import bolt_app, hasty, section

from bot.workspace.errors import ControlError


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


@hasty
async def test_a_late_command_shows_operation_timeout(server, connect):
    app, shown = bolt_app(server), asyncio.Event()

    @app.command("/headsup")
    async def command(ack):
        await shown.wait()
        await ack("too late")

    await connect(app)
    result = await server.control.slash("@mira", "/headsup")  # comes back although nothing acknowledges it
    shown.set()
    assert (result.error, result.acked, result.ephemerals) == ("operation_timeout", False, [])


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
