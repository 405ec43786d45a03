"""What writing on the page knows: commands, shortcuts, names, and where nobody can write."""

import json

import pytest
from side_reading import Reading

from bot.workspace.page import windows
from bot.workspace.page.composing import composing
from bot.workspace.page.place import Place
from bot.workspace.page.sight import look
from bot.workspace.page.templating import render

FEATURES = {
    "slash_commands": [{"command": "/headsup", "description": "What was promised", "usage_hint": "[open]"}],
    "shortcuts": [{"name": "New", "type": "global", "callback_id": "new"}],
}


def sight_of(server, who="mira", room="requests"):
    return look(server.core, Place(who, room))


async def facts(server, who="mira"):
    page = Reading(await windows.modal(sight_of(server, who, "acme-shared")))
    return json.loads(page.one("div", id="facts")["data-facts"])


def composer(server, who="mira", room="requests", thread=""):
    return Reading(render("windows/composer.html", sight=sight_of(server, who, room), thread=thread))


@pytest.mark.parametrize(
    ("room", "thread", "label"),
    [
        ("requests", "", "Message #requests as Mira"),
        ("requests", "1.000000", "Reply in the thread as Mira"),
        ("dm", "", "Message Headsup as Mira"),
    ],
)
async def test_the_box_says_where_the_words_go_and_as_whom(server, room, thread, label):
    page = composer(server, room=room, thread=thread)
    assert page.one("textarea")["aria-label"] == page.one("textarea")["placeholder"] == label
    assert page.one("form")["data-thread"] == thread


async def test_every_room_thread_and_person_has_a_box_of_its_own(server):
    places = [("mira", "requests", ""), ("mira", "requests", "1.0"), ("mira", "general", ""), ("jonas", "requests", "")]
    ids = {composing(sight_of(server, who, room), thread).id for who, room, thread in places}
    assert len(ids) == len(places)


async def test_nobody_writes_into_an_archive(server):
    server.control.archive("#requests")
    page = composer(server)
    assert not page.all("textarea")
    assert page.text == "#requests is archived: it can be read, and nobody writes here any more."


async def test_an_app_that_reads_no_messages_says_so(server):
    assert composer(server, room="dm").all("textarea")
    server.control.set_app(features={"app_home": {"messages_tab_read_only_enabled": True}})
    assert not composer(server, room="dm").all("textarea")
    assert composer(server).all("textarea")


async def test_commands_and_shortcuts_are_those_of_the_manifest(server):
    server.control.set_app(features=FEATURES)
    found = await facts(server)
    assert (found["commands"], found["shortcuts"]) == (FEATURES["slash_commands"], FEATURES["shortcuts"])


async def test_a_command_without_a_description_is_offered_all_the_same(server):
    server.control.set_app(features=FEATURES, commands=["/headsup", "/bare"])
    bare = {"command": "/bare", "description": "", "usage_hint": ""}
    assert (await facts(server))["commands"] == [*FEATURES["slash_commands"], bare]


@pytest.mark.parametrize("who", ["carla", "mira"])
async def test_an_app_serves_its_own_organisation_and_only_while_it_is_installed(server, who):
    server.control.set_app(features=FEATURES)
    assert bool((await facts(server, who))["commands"]) == (who == "mira")
    server.control.uninstall()
    found = await facts(server, who)
    assert found["commands"] == found["shortcuts"] == []


async def test_people_and_rooms_are_those_that_one_can_name(server):
    found = await facts(server, "carla")
    assert {"name": "mira", "about": "Mira Lahtinen"} in found["people"]
    assert [one["name"] for one in found["rooms"]] == ["acme-shared"]


async def test_only_commands_that_exist_reach_the_app(server):
    assert (await server.control.slash("@mira", "/foo")).error != "not_a_command"
    server.control.set_app(features=FEATURES)
    refused = await server.control.slash("@mira", "/foo")
    assert (refused.error, refused.reason) == ("not_a_command", "/foo is not a valid command.")
    assert (await server.control.slash("@mira", "/headsup")).error != "not_a_command"


@pytest.mark.parametrize(
    "words",
    ["Hi @carla, see #general", "a < b & c > d", "https://a.example/x?y=1&z=2 (there)", "@nobody #nowhere", "1\n\n2"],
)
async def test_ones_own_words_come_back_as_they_were_typed(server, words):
    said = server.control.say("@mira", "#acme-shared", words)
    assert server.control.typed("@mira", "#acme-shared", said["ts"]) == words


async def test_nobody_changes_the_words_of_others(server):
    said = server.control.say("@mira", "#acme-shared", "Mine")
    with pytest.raises(Exception, match="not carla's"):
        server.control.typed("@carla", "#acme-shared", said["ts"])
