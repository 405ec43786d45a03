"""What can go wrong, beside the chat: switches, what is on, and what was played."""

import json

import aiohttp
import pytest
from side_reading import panel
from slack_helpers import bolt_app, slack_client

from bot.workspace.faults import KINDS
from bot.workspace.page.side.troubles import SWITCHES


def line(shown, key):
    return shown.one("p", id=f"switch-{key}-state").text


def switch_on(server, key):
    request = next(one for one in SWITCHES if one.key == key).request
    return server.control.fault(**json.loads(request))


async def call(server):
    """Call any method; what comes of it is not looked at."""
    headers = {"Authorization": f"Bearer {server.bot_token}"}
    async with aiohttp.ClientSession() as session, session.post(f"{server.api_url}auth.test", headers=headers):
        pass


@pytest.mark.parametrize("key", [one.key for one in SWITCHES])
async def test_what_a_switch_sends_switches_it_on(monday, key):
    before = (await panel(monday)).one("button", id=f"switch-{key}")
    assert (before["role"], before["aria-checked"], before["data-ids"]) == ("switch", "false", "")
    fault = monday.control.fault(**json.loads(before["data-fault"]))
    after = (await panel(monday)).one("button", id=f"switch-{key}")
    assert (after["aria-checked"], after["data-ids"]) == ("true", str(fault["id"]))
    others = [one for one in (await panel(monday)).all("button", role="switch") if one["aria-checked"] == "true"]
    assert len(others) == 1


async def test_what_is_on_says_where_and_how_often_it_was_played(monday):
    switch_on(monday, "500")
    assert line(await panel(monday), "500").endswith("On for every call · not met yet")
    await call(monday)
    await call(monday)
    assert line(await panel(monday), "500").endswith("On for every call · met twice")


async def test_what_ends_by_itself_says_how_often_it_still_comes(monday):
    switch_on(monday, "429")
    await call(monday)
    assert line(await panel(monday), "429").endswith("On for the next 2 calls · met once")
    await call(monday)
    await call(monday)
    assert line(await panel(monday), "429").endswith("Met 3 times so far")


async def test_a_lost_answer_is_told_after_it_was_played(monday):
    switch_on(monday, "lost")
    channel = monday.core.state.channel("#requests").id
    with pytest.raises(Exception, match="disconnected"):
        await slack_client(monday).chat_postMessage(channel=channel, text="card")
    assert [one["text"] for one in monday.control.messages("#requests")] == ["card"]
    assert line(await panel(monday), "lost").endswith("Met once so far")


async def test_faults_from_elsewhere_are_shown_and_can_be_cleared(monday):
    fault = monday.control.fault("chat.update", "hang", times=2)
    shown = await panel(monday)
    name = "Nothing is done, and no answer comes"
    assert shown.one("li", id=f"fault-{fault['id']}").text.startswith(name)
    assert shown.one("p", title="chat.update · hang").text == "On for the next 2 changes of messages · not met yet"
    assert shown.one("button", data_clear=str(fault["id"]))["aria-label"] == f"Clear: {name}"
    assert shown.one(class_="side-badge").text == "1 on"


async def test_every_fault_has_a_name_for_people_and_keeps_its_exact_one(monday):
    for kind in KINDS:
        monday.control.fault("views.open", kind, **({"error": "not_found"} if kind == "error" else {}))
    shown = await panel(monday)
    for item in shown.all("li", class_="side-other"):
        assert "_" not in item.text
        assert item.text.endswith("On for the next views.open · not met yet")
    assert shown.one("p", title="views.open · error · not_found")
    assert len(shown.all("li", class_="side-other")) == len(KINDS)


async def test_the_switches_speak_to_people_who_know_no_http(monday):
    shown = await panel(monday)
    switch_on(monday, "lost")
    assert [one.text for one in shown.all("button", role="switch")] == [
        "Slack answers slowly",
        "Slack asks to slow down (429)",
        "An answer is lost",
        "Slack is down",
    ]
    assert shown.one("p", id="switch-lost-state")["title"] == "chat.postMessage · lost_answer"
    assert line(await panel(monday), "lost").endswith("On for the next message · not met yet")


async def test_buttons_that_can_do_nothing_say_why(monday):
    shown = await panel(monday)
    for name, why in (
        ("side-drop", "No connection is open to cut."),
        ("side-clear", "Nothing is switched on to clear."),
    ):
        button = shown.one("button", id=name)
        assert button["aria-disabled"] == "true"
        assert shown.one(id=button["aria-describedby"]).text == why


async def test_a_connection_can_be_cut_and_clear_all_lifts_its_silence(server, connect):
    await connect(bolt_app(server))
    shown = await panel(server)
    assert "aria-disabled" not in shown.one("button", id="side-drop").attributes
    assert "1 connection is open" in shown.text
    server.control.silence()
    shown = await panel(server)
    assert "1 silent connection" in shown.text
    assert "aria-disabled" not in shown.one("button", id="side-clear").attributes
