"""What is filled in, sent and closed in a window, and what of it reaches the app."""

import pytest
from slack_helpers import actions, button, form, text_input

from bot.workspace.errors import ControlError


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


async def test_text_over_its_length_cannot_be_typed(server, client, app):  # noqa: ARG001 (it must be connected)
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
