"""Menus that the app fills, and files for a form, through a real Bolt app over Socket Mode."""

import pytest
from slack_helpers import bolt_app, form, hasty, section

from bot.workspace.errors import ControlError

ACME = {"text": {"type": "plain_text", "text": "Acme"}, "value": "7"}
MENU = {"type": "external_select", "action_id": "client", "min_query_length": 2}


def field(element):
    return {
        "type": "input",
        "block_id": "who",
        "label": {"type": "plain_text", "text": "Client"},
        "element": element,
    }


@pytest.fixture
async def app(server, connect):
    """A Bolt app that offers what it is told to."""
    app = bolt_app(server)
    app.bodies, app.offer = [], {"options": [ACME]}

    async def offer(ack, body):
        app.bodies.append(body)
        await ack(app.offer)

    async def keep(ack, body):
        app.bodies.append(body)
        await ack()

    app.shortcut("go")(keep)
    app.options("client")(offer)
    app.action("client")(keep)
    app.view("form")(keep)
    await connect(app)
    return app


async def opened(server, client, app):
    shortcut = await server.control.shortcut("@mira", "go")
    await client.views_open(trigger_id=shortcut.trigger_id, view=form(field(MENU), section("*hello*")))
    app.bodies.clear()


async def test_a_menu_asks_the_app_and_the_form_carries_what_was_chosen(server, client, app):
    await opened(server, client, app)
    offered = await server.control.suggest("@mira", "client", "ac")
    assert offered == {"options": [ACME]}
    (body,) = app.bodies
    view = server.control.views("@mira")[0]
    assert (body["type"], body["value"], body["action_id"], body["block_id"]) == (
        "block_suggestion",
        "ac",
        "client",
        "who",
    )
    assert body["container"] == {"type": "view", "view_id": view["id"]}
    assert body["view"]["id"] == view["id"]
    assert {"trigger_id", "response_url", "actions"}.isdisjoint(body)
    result = await server.control.submit("@mira", {"client": offered["options"][0]})
    assert result.acked
    assert app.bodies[-1]["view"]["state"]["values"]["who"]["client"]["selected_option"] == ACME


async def test_a_menu_in_a_message_says_where_it_stands(server, client, app):
    channel = server.core.state.channel("#requests").id
    actions = {"type": "actions", "block_id": "row", "elements": [{**MENU, "min_query_length": 0}]}
    ts = (await client.chat_postMessage(channel=channel, text="card", blocks=[actions]))["ts"]
    await server.control.suggest("@mira", "client", channel=channel, ts=ts)
    assert app.bodies[0]["container"]["message_ts"] == ts
    assert app.bodies[0]["message"]["ts"] == ts
    await server.control.press("@mira", "client", value=ACME, channel=channel, ts=ts)
    assert app.bodies[1]["actions"][0]["selected_option"] == ACME


async def test_the_app_is_not_asked_before_enough_is_typed(server, client, app):
    await opened(server, client, app)
    with pytest.raises(ControlError, match="client waits for 2 characters"):
        await server.control.suggest("@mira", "client", "a")
    assert app.bodies == []


@pytest.mark.parametrize("answer", [{}, {"options": [{"text": "Acme"}]}, {"options": [ACME] * 101}])
async def test_an_answer_that_slack_would_refuse_is_refused_and_kept(server, client, app, answer):
    await opened(server, client, app)
    app.offer = answer
    with pytest.raises(ControlError, match="something else than options"):
        await server.control.suggest("@mira", "client", "ac")
    assert server.control.refusals()[-1].name == "block_suggestion"


@pytest.mark.usefixtures("app")
@hasty
async def test_an_app_that_does_not_answer_offers_nothing(server, client):
    channel = server.core.state.channel("#requests").id
    menu = {"type": "actions", "elements": [{**MENU, "action_id": "unheard"}]}
    ts = (await client.chat_postMessage(channel=channel, text="card", blocks=[menu]))["ts"]
    with pytest.raises(ControlError, match="did not offer any options"):
        await server.control.suggest("@mira", "unheard", "ac", channel=channel, ts=ts)


@pytest.mark.usefixtures("app")
async def test_only_menus_that_the_app_fills_are_asked_about(server, client):
    channel = server.core.state.channel("#requests").id
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    ts = (
        await client.chat_postMessage(channel=channel, text="card", blocks=[{"type": "actions", "elements": [button]}])
    )["ts"]
    with pytest.raises(ControlError, match="go is no menu that the app fills"):
        await server.control.suggest("@mira", "go", "ac", channel=channel, ts=ts)


def test_a_file_for_a_form_is_kept(server):
    file = server.control.upload("@mira", "notes.txt", mimetype="text/plain", base64="aGVsbG8=")
    assert (file["name"], file["size"], file["user"]) == ("notes.txt", 5, server.core.state.user("@mira").id)
    assert file["id"] in server.core.state.files
    with pytest.raises(ControlError, match=r"notes\.txt is not base64"):
        server.control.upload("@mira", "notes.txt", base64="%%%")
