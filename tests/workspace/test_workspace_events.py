"""Which events the app gets, and their shapes."""

import pytest
from slack_helpers import actions, button, refused

META = {"event_type": "card", "event_payload": {"request": 7}}


def heard(server, kind=None):
    """The events that were sent (nobody is connected: every first attempt is in the journal)."""
    payloads = [entry.args["payload"] for entry in server.journal.deliveries("events_api")]
    first = [
        one
        for one, entry in zip(payloads, server.journal.deliveries("events_api"), strict=True)
        if not entry.args["retry_attempt"]
    ]
    return [one for one in first if kind in {None, one["event"]["type"], one["event"].get("subtype")}]


@pytest.fixture
def state(server):
    return server.core.state


async def test_a_members_message_has_text_and_rich_text_as_typed(server, state):
    server.control.say("@mira", "#requests", "R&D for @jonas in #general: https://example.com/a?b=1&c=2, <b>")
    await server.control.settle()
    (payload,) = heard(server, "message")
    event = payload["event"]
    assert event["text"] == (
        f"R&amp;D for <@{state.user('@jonas').id}> in <#{state.channel('#general').id}|general>: "
        "<https://example.com/a?b=1&amp;c=2>, &lt;b&gt;"
    )
    assert (event["channel_type"], event["user"]) == ("channel", state.user("@mira").id)
    assert event["event_ts"] == event["ts"]
    elements = event["blocks"][0]["elements"][0]["elements"]
    assert [one["type"] for one in elements] == ["text", "user", "text", "channel", "text", "link", "text"]
    assert elements[0]["text"] == "R&D for "
    assert payload["authorizations"][0]["user_id"] == state.app.bot_user
    assert (payload["team_id"], payload["is_ext_shared_channel"]) == (state.home_team.id, False)


async def test_an_outsiders_message_names_their_team_outside_and_ours_in_the_authorizations(server, state):
    server.control.say("@carla", "#acme-shared", "hello")
    await server.control.settle()
    (payload,) = heard(server, "message")
    theirs = state.user("@carla").team
    assert payload["is_ext_shared_channel"] is True
    assert payload["team_id"] == payload["event"]["user_team"] == payload["event"]["source_team"] == theirs
    assert payload["authorizations"][0]["team_id"] == state.home_team.id
    assert payload["event"]["user_profile"]["real_name"] == "Carla Reyes"


async def test_messages_are_heard_as_a_member_only(server):
    server.control.say("@mira", "#general", "not for the app")
    await server.control.settle()
    assert heard(server) == []


async def test_the_apps_own_messages_come_back_with_their_metadata_and_ephemerals_do_not(server, client, state):
    channel = state.channel("#requests").id
    await client.chat_postMessage(channel=channel, text="card", metadata=META)
    await client.chat_postEphemeral(channel=channel, user=state.user("@mira").id, text="psst")
    await server.control.settle()
    (payload,) = heard(server, "message")
    assert (payload["event"]["bot_id"], payload["event"]["metadata"]) == (state.app.bot_id, META)
    assert "subtype" not in payload["event"]


async def test_edits_carry_both_versions_and_deletions_the_last_one(server, state):
    ts = server.control.say("@carla", "#acme-shared", "one")["ts"]
    server.control.edit("@carla", "#acme-shared", ts, "two")
    server.control.delete("@carla", "#acme-shared", ts)
    await server.control.settle()
    changed = heard(server, "message_changed")[0]["event"]
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("two", "one")
    assert changed["message"]["ts"] == ts != changed["ts"]
    assert changed["message"]["edited"]["user"] == state.user("@carla").id
    assert changed["hidden"] is True
    deleted = heard(server, "message_deleted")[0]["event"]
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (ts, "two")


async def test_a_reply_names_its_thread_and_a_deleted_parent_with_replies_changes_into_a_tombstone(server, state):
    parent = server.control.say("@carla", "#acme-shared", "parent")["ts"]
    server.control.say("@mira", "#acme-shared", "reply", thread_ts=parent)
    server.control.delete("@carla", "#acme-shared", parent)
    await server.control.settle()
    reply = heard(server, "message")[1]["event"]
    assert (reply["thread_ts"], reply["parent_user_id"]) == (parent, state.user("@carla").id)
    assert heard(server, "message_deleted") == []
    assert heard(server, "message_changed")[0]["event"]["message"]["subtype"] == "tombstone"


async def test_files_in_a_shared_channel_must_be_looked_up_and_others_need_not(server, client):
    files = [{"name": "a.txt", "mimetype": "text/plain", "content": "hello"}]
    server.control.say("@carla", "#acme-shared", "", files=files)
    server.control.say("@mira", "#requests", "see", files=files)
    await server.control.settle()
    shared, ours = [payload["event"] for payload in heard(server, "file_share")]
    assert shared["files"][0]["file_access"] == "check_file_info"
    assert "url_private" not in shared["files"][0]
    assert (await client.files_info(file=shared["files"][0]["id"]))["file"]["name"] == "a.txt"
    assert (ours["files"][0]["name"], ours["files"][0]["size"]) == ("a.txt", 5)
    history = await client.conversations_history(channel=ours["channel"])
    assert "subtype" not in history["messages"][0]


async def test_other_bots_have_no_user(server):
    server.control.other_bot_says("CI", "#requests", "build failed")
    await server.control.settle()
    (payload,) = heard(server, "bot_message")
    assert "user" not in payload["event"]


async def test_a_mention_is_told_twice(server):
    server.control.say("@mira", "#requests", "@headsup help")
    await server.control.settle()
    assert [payload["event"]["type"] for payload in heard(server)] == ["message", "app_mention"]


async def test_dms_are_of_their_own_type(server):
    server.control.say("@mira", "@headsup", "hi")
    await server.control.settle()
    assert heard(server)[0]["event"]["channel_type"] == "im"
    assert heard(server)[0]["event"]["channel"] == server.control.dm("@mira")


async def test_comings_and_goings_are_events_and_also_lines_in_the_channel(server, state):
    server.control.invite("#acme-shared", "@sam", by="@mira")
    server.control.remove("#acme-shared", "@sam")
    await server.control.settle()
    kinds = [(payload["event"]["type"], payload["event"].get("subtype")) for payload in heard(server)]
    assert kinds == [
        ("member_joined_channel", None),
        ("message", "channel_join"),
        ("member_left_channel", None),
        ("message", "channel_leave"),
    ]
    assert heard(server)[0]["event"]["inviter"] == state.user("@mira").id


async def test_the_app_hears_that_it_was_removed_and_nothing_after(server, client, state):
    channel = state.channel("#acme-shared").id
    server.control.remove("#acme-shared", "@headsup", by="@mira")
    server.control.say("@carla", "#acme-shared", "still there?")
    await server.control.settle()
    (payload,) = heard(server)
    assert (payload["event"]["type"], payload["event"]["channel"]) == ("channel_left", channel)
    assert (await refused(client.chat_postMessage(channel=channel, text="x")))["error"] == "not_in_channel"


async def test_channels_are_renamed_archived_shared_and_change_ids(server, state):
    channel, acme = state.channel("#requests").id, state.user("@carla").team
    server.control.rename("#requests", "inbox")
    server.control.archive("#inbox")
    server.control.archive("#inbox", archived=False)
    server.control.share("#inbox", "Acme", new_id="C0SHARED001")
    server.control.unshare("#inbox", "acme")
    await server.control.settle()
    events = [payload["event"] for payload in heard(server) if payload["event"]["type"] != "message"]
    assert [event["type"] for event in events] == [
        "channel_rename",
        "channel_archive",
        "channel_unarchive",
        "channel_id_changed",
        "channel_shared",
        "channel_unshared",
    ]
    assert events[0]["channel"]["name"] == "inbox"
    assert (events[3]["old_channel_id"], events[3]["new_channel_id"]) == (channel, "C0SHARED001")
    assert (events[4]["connected_team_id"], events[4]["channel"]) == (acme, "C0SHARED001")


async def test_people_join_and_change(server):
    server.control.add_user("nora", real_name="Nora Berg", tz="Europe/Oslo")
    server.control.add_user("eve", team="Acme")
    server.control.set_user("@nora", tz="Asia/Tokyo", status_text="Travelling")
    await server.control.settle()
    joined, changed = [payload["event"] for payload in heard(server)]
    assert (joined["type"], joined["user"]["tz"]) == ("team_join", "Europe/Oslo")
    assert (changed["type"], changed["user"]["tz"]) == ("user_change", "Asia/Tokyo")
    assert changed["user"]["profile"]["status_text"] == "Travelling"


async def test_the_end_of_an_app_is_told_before_it_ends(server):
    server.control.uninstall()
    server.control.say("@carla", "#acme-shared", "anyone?")
    await server.control.settle()
    assert [payload["event"]["type"] for payload in heard(server)] == ["tokens_revoked", "app_uninstalled"]


async def test_opening_the_home_tab_shows_what_is_published(server, client, state):
    server.control.open_home("@mira")
    view = {"type": "home", "blocks": [actions(button())]}
    await client.views_publish(user_id=state.user("@mira").id, view=view)
    server.control.open_home("@mira")
    server.control.open_home("@mira", tab="messages")
    await server.control.settle()
    first, second, third = [payload["event"] for payload in heard(server, "app_home_opened")]
    assert (first["tab"], first["channel"]) == ("home", server.control.dm("@mira"))
    assert "view" not in first
    assert second["view"]["blocks"][0]["elements"][0]["action_id"] == "go"
    assert third["tab"] == "messages"


async def test_only_what_is_subscribed_and_allowed_by_scopes_comes(make_server):
    server = await make_server(scopes=["channels:history"])
    server.control.set_app(subscriptions=["message.channels", "message.im", "member_joined_channel"])
    server.control.say("@mira", "#requests", "heard")
    server.control.say("@mira", "@headsup", "no im:history")
    server.control.invite("#requests", "@dieter")
    server.control.rename("#requests", "inbox")
    await server.control.settle()
    assert [payload["event"].get("subtype") for payload in heard(server)] == [None, "channel_join", "channel_name"]


async def test_events_can_be_lost(server):
    server.control.lose_events(1)
    server.control.say("@carla", "#acme-shared", "lost")
    server.control.say("@carla", "#acme-shared", "heard")
    await server.control.settle()
    assert [payload["event"]["text"] for payload in heard(server)] == ["heard"]
    assert len(server.control.messages("#acme-shared")) == 2


async def test_event_ids_are_unique(server):
    for number in range(50):
        server.control.say("@carla", "#acme-shared", str(number))
    await server.control.settle()
    assert len({payload["event_id"] for payload in heard(server)}) == 50
