"""A message whose answer was lost is said again under its own id, and stands once."""

import aiohttp
import pytest

from bot.workspace.errors import ControlError
from bot.workspace.server import WorkspaceServer

ID = "6f1f1b6e-3a0c-4b53-9d0a-0c6f3a2f1c11"


def texts(server, channel="#acme-shared"):
    return [said["text"] for said in server.control.messages(channel)]


async def test_an_id_is_honoured_once_over_http(server):
    args = {"user": "@carla", "channel": "#acme-shared", "text": "Where is it?", "client_msg_id": ID}
    async with aiohttp.ClientSession() as http:
        answers = []
        for _ in range(2):
            async with http.post(f"{server.url}/control/say", json=args) as response:
                answers.append(((await response.json())["result"], response.status))
    assert answers[0] == answers[1]
    (message,) = server.control.messages("#acme-shared")
    assert (message["ts"], message["client_msg_id"]) == (answers[0][0]["ts"], ID)


async def test_a_file_comes_once_too(server):
    files = [{"name": "shot.png", "mimetype": "image/png", "content": b"\x89PNG"}]
    for _ in range(2):
        server.control.say("@carla", "#acme-shared", "Look", files=files, client_msg_id=ID)
    (message,) = server.control.messages("#acme-shared")
    assert len(message["files"]) == 1
    assert len(server.core.state.files) == 1


async def test_the_first_words_stand_also_in_a_thread_and_after_an_edit(server):
    parent = server.control.say("@carla", "#acme-shared", "Where is it?")["ts"]
    said = server.control.say("@carla", "#acme-shared", "Any news?", thread_ts=parent, client_msg_id=ID)
    server.control.edit("@carla", "#acme-shared", said["ts"], "Any news today?")
    assert server.control.say("@carla", "#acme-shared", "Any news?", thread_ts=parent, client_msg_id=ID) == said
    (message,) = server.control.messages("#acme-shared")[1:]
    assert message["text"] == "Any news today?"


async def test_the_same_words_under_another_id_are_another_message(server):
    for number in range(2):
        server.control.say("@carla", "#acme-shared", "Thanks", client_msg_id=f"{ID}-{number}")
    server.control.say("@carla", "#acme-shared", "Thanks")
    server.control.say("@carla", "#acme-shared", "Thanks")
    assert texts(server) == ["Thanks"] * 4


async def test_nobody_takes_the_id_of_another_or_of_another_room(server):
    server.control.say("@carla", "#acme-shared", "Mine", client_msg_id=ID)
    server.control.say("@mira", "#acme-shared", "Mine too", client_msg_id=ID)
    server.control.say("@mira", "#requests", "Elsewhere", client_msg_id=ID)
    assert texts(server) == ["Mine", "Mine too"]
    assert texts(server, "#requests") == ["Elsewhere"]


@pytest.mark.parametrize("wrong", [7, None, ["x"], "x" * 256])
async def test_what_is_no_id_is_refused_and_nothing_is_posted(server, wrong):
    with pytest.raises(ControlError, match="client_msg_id"):
        server.control.say("@carla", "#acme-shared", "Hello", client_msg_id=wrong)
    assert texts(server) == []


async def test_an_id_is_known_after_a_restart(make_server, tmp_path):
    server: WorkspaceServer = await make_server(path=tmp_path / "workspace.db")
    said = server.control.say("@carla", "#acme-shared", "Where is it?", client_msg_id=ID)
    await server.stop()
    again = await make_server(path=tmp_path / "workspace.db")
    assert again.control.say("@carla", "#acme-shared", "Where is it?", client_msg_id=ID) == said
    assert texts(again) == ["Where is it?"]
