"""Modals and Home tabs: stacks, hashes, updates and what an acknowledgement can do to them."""

import pytest
from slack_helpers import actions, bolt_app, button, form, hasty, modal, refused, section, text_input

HOME = {"type": "home", "blocks": [section("at home")]}


@pytest.fixture
def state(server):
    return server.core.state


@pytest.fixture
async def app(server, connect):
    """A Bolt app that answers a submission with whatever `app.reply` says."""
    app = bolt_app(server)
    app.reply = {}

    async def ack_only(ack):
        await ack()

    @app.view("form")
    async def submitted(ack):
        await ack(**app.reply)

    app.shortcut("go")(ack_only)
    app.action("go")(ack_only)
    await connect(app)
    return app


async def open_form(server, client, view, user="@mira"):
    trigger = (await server.control.shortcut(user, "go")).trigger_id
    return (await client.views_open(trigger_id=trigger, view=view))["view"]


async def push_trigger(server, user="@mira"):
    return (await server.control.press(user, "go")).trigger_id


async def test_three_modals_lie_over_each_other_and_not_four(server, client, app):  # noqa: ARG001 (it must be connected)
    first = await open_form(server, client, modal(actions(button())))
    second = (await client.views_push(trigger_id=await push_trigger(server), view=modal(actions(button()))))["view"]
    third = (await client.views_push(trigger_id=await push_trigger(server), view=modal(actions(button()))))["view"]
    assert (first["previous_view_id"], second["previous_view_id"], third["previous_view_id"]) == (
        None,
        first["id"],
        second["id"],
    )
    assert {second["root_view_id"], third["root_view_id"]} == {first["id"]}
    problem = await refused(client.views_push(trigger_id=await push_trigger(server), view=modal()))
    assert problem["error"] == "push_limit_reached"
    await server.control.close("@mira")
    assert [view["id"] for view in server.control.views("@mira")] == [first["id"], second["id"]]
    await server.control.close("@mira", everything=True)
    assert server.control.views("@mira") == []


async def test_a_push_needs_a_trigger_out_of_a_modal(server, client, app):  # noqa: ARG001 (likewise)
    trigger = (await server.control.shortcut("@mira", "go")).trigger_id
    assert (await refused(client.views_push(trigger_id=trigger, view=modal())))["error"] == "not_found"


async def test_an_update_can_lose_a_race_by_its_hash(server, client, app):  # noqa: ARG001 (likewise)
    view = await open_form(server, client, modal())
    newer = (await client.views_update(view_id=view["id"], view=modal(section("2")), hash=view["hash"]))["view"]
    assert newer["hash"] != view["hash"]
    problem = await refused(client.views_update(view_id=view["id"], view=modal(section("3")), hash=view["hash"]))
    assert problem["error"] == "hash_conflict"
    await client.views_update(view_id=view["id"], view=modal(section("3")))
    await server.control.close("@mira")
    problem = await refused(client.views_update(view_id=view["id"], view=modal()))
    assert problem["error"] == "not_found"


async def test_an_update_keeps_what_was_typed_where_the_field_stays(server, client, app):  # noqa: ARG001 (likewise)
    view = await open_form(server, client, form(text_input(), text_input("gone")))
    server.control.fill("@mira", {"words": {"typed": "mine"}, "gone": {"typed": "lost"}})
    new = form(text_input(initial_value="theirs"), text_input("fresh", initial_value="new"))
    shown = (await client.views_update(view_id=view["id"], view=new))["view"]
    values = {block: field["typed"]["value"] for block, field in shown["state"]["values"].items()}
    assert values == {"words": "mine", "fresh": "new"}


async def test_an_external_id_finds_a_view_and_is_unique(server, client, app):  # noqa: ARG001 (likewise)
    await open_form(server, client, modal(external_id="mine"))
    await client.views_update(external_id="mine", view=modal(section("2"), external_id="mine"))
    trigger = (await server.control.shortcut("@sam", "go")).trigger_id
    problem = await refused(client.views_open(trigger_id=trigger, view=modal(external_id="mine")))
    assert problem["error"] == "duplicate_external_id"


async def test_an_acknowledgement_can_show_errors_update_push_and_clear(server, client, app):
    await open_form(server, client, form(text_input()))
    app.reply = {"response_action": "errors", "errors": {"words": "No."}}
    result = await server.control.submit("@mira", {"typed": "x"})
    assert (result.errors, len(result.views)) == ({"words": "No."}, 1)
    app.reply = {"response_action": "update", "view": form(text_input(), private_metadata="second")}
    result = await server.control.submit("@mira")
    assert [view["private_metadata"] for view in result.views] == ["second"]
    app.reply = {"response_action": "push", "view": form(text_input(), private_metadata="third")}
    result = await server.control.submit("@mira")
    assert [view["private_metadata"] for view in result.views] == ["second", "third"]
    app.reply = {}
    result = await server.control.submit("@mira", {"typed": "x"})
    assert [view["private_metadata"] for view in result.views] == ["second"]
    app.reply = {"response_action": "clear"}
    assert (await server.control.submit("@mira")).views == []
    assert server.journal.refusals == []


@pytest.mark.parametrize(
    "reply",
    [
        {"response_action": "errors", "errors": {"no_such_block": "No."}},
        {"response_action": "update", "view": {"type": "home", "blocks": []}},
        {"response_action": "update", "view": modal(section("x" * 3001))},
    ],
)
async def test_an_acknowledgement_that_slack_refuses_leaves_the_window_with_an_error(server, client, app, reply):
    await open_form(server, client, form(text_input()))
    app.reply = reply
    result = await server.control.submit("@mira", {"typed": "x"})
    assert (result.error, len(result.views)) == ("invalid_response", 1)
    assert len(server.journal.refusals) == 1


@hasty
async def test_a_submission_without_acknowledgement_leaves_the_window_open(server, client, app):  # noqa: ARG001 (likewise)
    await open_form(server, client, {**form(text_input()), "callback_id": "nobody_listens"})
    result = await server.control.submit("@mira", {"typed": "x"})
    assert (result.error, len(result.views)) == ("operation_timeout", 1)


async def test_each_persons_home_is_their_own_and_published_by_hash(server, client, state):
    mira, sam = state.user("@mira").id, state.user("@sam").id
    first = (await client.views_publish(user_id=mira, view=HOME))["view"]
    await client.views_publish(user_id=mira, view=HOME, hash=first["hash"])
    problem = await refused(client.views_publish(user_id=mira, view=HOME, hash=first["hash"]))
    assert problem["error"] == "hash_conflict"
    assert server.control.home("@sam") is None
    await client.views_publish(user_id=sam, view=HOME)
    assert server.control.home("@sam")["id"] != server.control.home("@mira")["id"] == first["id"]


async def test_a_press_in_the_home_tab_has_the_view_and_no_channel(server, client, app, state):  # noqa: ARG001 (likewise)
    home = {"type": "home", "blocks": [actions(button())]}
    await client.views_publish(user_id=state.user("@mira").id, view=home)
    result = await server.control.press("@mira", "go", home=True)
    assert result.acked
    payload = server.journal.deliveries("interactive")[-1].args["payload"]
    assert (payload["container"]["type"], payload["view"]["type"]) == ("view", "home")
    assert not {"channel", "message", "response_url"} & payload.keys()


async def test_a_home_tab_that_is_off_or_of_the_wrong_kind_is_refused(server, client, state):
    mira = state.user("@mira").id
    problem = await refused(client.views_publish(user_id=mira, view=modal()))
    assert problem["error"] == "invalid_arguments"
    server.control.set_app(home_enabled=False)
    assert (await refused(client.views_publish(user_id=mira, view=HOME)))["error"] == "not_enabled"
