"""A workspace with a file continues where it was."""

import sqlite3

import pytest
from slack_helpers import actions, button, slack_client

from bot.workspace.errors import ControlError
from bot.workspace.server import WorkspaceServer

META = {"event_type": "card", "event_payload": {"request": 7}}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kept" / "workspace.db"


def clock():
    return 1_800_000_000.0


async def test_a_second_start_continues_with_everything_that_was_there(path):
    async with WorkspaceServer(clock, path=path) as first:
        channel = first.core.state.channel("#requests").id
        client = slack_client(first)
        posted = await client.chat_postMessage(channel=channel, text="card", blocks=[actions(button())], metadata=META)
        first.control.say("@mira", "#requests", "reply", thread_ts=posted["ts"])
        gone = first.control.say("@mira", "#requests", "gone")["ts"]
        first.control.delete("@mira", "#requests", gone)
        first.control.say("@carla", "#acme-shared", "", files=[{"name": "a.txt", "content": "hello"}])
        first.control.add_user("nora", tz="Europe/Oslo")
        first.control.rename("#beta-shared", "beta")
        new_id = first.control.change_channel_id("#acme-shared")
        mira = first.core.state.user("@mira").id
        await client.views_publish(user_id=mira, view={"type": "home", "blocks": [{"type": "divider"}]})
        first.control.forward(3600)
        before = (first.control.state(), first.control.read("#requests"), first.control.home("@mira"))
        tokens = (first.bot_token, first.app_token, first.signing_secret)
    async with WorkspaceServer(clock, path=path) as second:
        after = (second.control.state(), second.control.read("#requests"), second.control.home("@mira"))
        versionless = [{**state, "version": 0} for state in (before[0], after[0])]
        assert versionless[0] == versionless[1]
        assert after[1:] == before[1:]
        assert (second.bot_token, second.app_token, second.signing_secret) == tokens
        assert second.core.state.channel("#acme-shared").id == new_id
        assert second.core.state.channel("#beta").name == "beta"
        assert second.control.clock()["now"] == clock() + 3600
        again = second.control.say("@mira", "#requests", "later")["ts"]
        assert float(again) > float(before[1]["messages"][-1]["ts"])
        file = second.control.messages("#acme-shared")[-1]["files"][0]
        assert (await slack_client(second).files_info(file=file["id"]))["file"]["size"] == 5


async def test_a_workspace_that_is_killed_has_all_but_its_last_moment(path):
    server = WorkspaceServer(clock, path=path)
    await server.start()
    try:
        server.control.say("@mira", "#general", "hello")
        await server._storage.flush()
        rows = sqlite3.connect(path)
        try:
            kept = rows.execute("SELECT count(*) FROM record WHERE kind = 'message'").fetchone()
        finally:
            rows.close()
        assert kept == (1,)
    finally:
        await server.stop()


async def test_without_a_file_nothing_is_kept(tmp_path):
    async with WorkspaceServer(clock) as server:
        server.control.say("@mira", "#general", "hello")
    async with WorkspaceServer(clock) as server:
        assert server.control.messages("#general") == []
    assert list(tmp_path.iterdir()) == []


async def test_a_stopped_workspace_can_be_started_again_at_the_same_address(path):
    server = WorkspaceServer(clock, path=path)
    await server.start()
    url = server.url
    await server.stop()
    await server.start()
    try:
        assert server.url == url
        assert (await slack_client(server).auth_test())["ok"]
    finally:
        await server.stop()


async def test_a_file_that_is_no_workspace_is_refused_in_a_sentence(path):
    path.parent.mkdir()
    path.write_text("dear diary " * 100)
    with pytest.raises(ControlError, match="is not the file of a workspace"):
        await WorkspaceServer(clock, path=path).start()


async def test_what_could_not_be_written_is_written_when_it_can(path):
    path.parent.mkdir()
    path.mkdir()
    server = WorkspaceServer(clock, path=path.with_name("other.db"))
    server._storage._path = path
    server.control.set_user("@sam", tz="Asia/Tokyo")
    with pytest.raises(sqlite3.OperationalError):
        await server._storage.flush()
    path.rmdir()
    await server._storage.flush()
    await server.core.delivery.close()
    async with WorkspaceServer(clock, path=path) as second:
        assert second.core.state.user("@sam").tz == "Asia/Tokyo"


async def test_a_taken_port_is_an_error_that_leaves_nothing_open(server):
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        await WorkspaceServer(clock, port=port).start()
