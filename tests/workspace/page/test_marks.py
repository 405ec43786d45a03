import time

import pytest

from bot.workspace.errors import ControlError


def left(server, user="mira", channel="#requests"):
    return server.control.unread(user, channel)


def counts(messages=0, replies=0, mentions=0):
    return {"messages": messages, "replies": replies, "mentions": mentions}


async def test_whoever_never_looked_has_read_nothing_of_the_others(monday):
    monday.control.say("jonas", "#requests", "Good morning.")
    monday.control.say("mira", "#requests", "Good morning!")
    monday.control.say("sam", "#requests", "Who takes Acme?")
    assert left(monday) == counts(messages=2)
    assert left(monday, "jonas") == counts(messages=2)


async def test_a_mark_leaves_what_came_after_it(monday):
    first = monday.control.say("jonas", "#requests", "One.")
    monday.control.say("jonas", "#requests", "Two.")
    assert monday.control.mark("mira", "#requests", first["ts"]) == counts(messages=1)
    assert left(monday, "sam") == counts(messages=2)


async def test_a_mark_never_goes_back(monday):
    first = monday.control.say("jonas", "#requests", "One.")
    second = monday.control.say("jonas", "#requests", "Two.")
    monday.control.mark("mira", "#requests", second["ts"])
    before = monday.core.state.version
    assert monday.control.mark("mira", "#requests", first["ts"]) == counts()
    assert monday.control.mark("mira", "#requests", second["ts"]) == counts()
    assert monday.core.state.version == before


async def test_replies_count_for_those_who_take_part_in_the_thread(monday):
    parent = monday.control.say("mira", "#requests", "Does anybody know?")["ts"]
    monday.control.say("jonas", "#requests", "I do.", thread_ts=parent)
    monday.control.say("sam", "#requests", "So do I.", thread_ts=parent)
    assert left(monday)["replies"] == 2
    assert left(monday, "jonas")["replies"] == 1
    assert left(monday, "priya")["replies"] == 0


async def test_to_be_mentioned_in_a_thread_is_to_take_part_in_it(monday):
    parent = monday.control.say("jonas", "#requests", "Hm.")["ts"]
    monday.control.mark("mira", "#requests", parent)
    monday.control.say("jonas", "#requests", "@mira knows.", thread_ts=parent)
    assert left(monday) == counts(replies=1, mentions=1)


async def test_a_thread_is_read_by_itself(monday):
    parent = monday.control.say("mira", "#requests", "Hm.")["ts"]
    reply = monday.control.say("jonas", "#requests", "Yes?", thread_ts=parent)["ts"]
    assert monday.control.mark("mira", "#requests", reply) == counts(replies=1)
    assert monday.control.mark("mira", "#requests", reply, thread_ts=parent) == counts()


async def test_a_name_inside_blocks_is_a_mention(monday, app_client):
    mira, room = monday.core.state.user("mira").id, monday.core.state.channel("#requests").id
    section = {"type": "section", "text": {"type": "mrkdwn", "text": f"Owner: <@{mira}>"}}
    posted = await app_client.chat_postMessage(channel=room, text="#142", blocks=[section])
    assert left(monday) == counts(messages=1, mentions=1)
    assert left(monday, "jonas") == counts(messages=1)
    await app_client.chat_update(channel=room, ts=posted["ts"], text="#142", blocks=[])
    assert left(monday) == counts(messages=1)


async def test_what_only_tells_of_a_change_is_not_unread(monday):
    monday.control.invite("#general", "gwen")
    assert left(monday, channel="#general") == counts()


async def test_what_is_for_one_persons_eyes_is_not_counted(monday, app_client):
    mira, room = monday.core.state.user("mira").id, monday.core.state.channel("#requests").id
    await app_client.chat_postEphemeral(channel=room, user=mira, text="Psst.")
    assert left(monday) == counts()


async def test_a_reply_shown_in_the_room_counts_once(monday, app_client):
    parent = monday.control.say("mira", "#requests", "Hm.")
    answer = {"channel": parent["channel"], "thread_ts": parent["ts"], "reply_broadcast": True}
    await app_client.chat_postMessage(text="Here.", **answer)
    assert left(monday) == counts(messages=1)


async def test_only_who_is_in_a_room_reads_it(monday):
    with pytest.raises(ControlError, match="carla is not in #requests"):
        monday.control.mark("carla", "#requests", "1.0")


async def test_what_is_no_message_or_no_thread_is_refused(monday):
    said = monday.control.say("jonas", "#requests", "One.")["ts"]
    with pytest.raises(ControlError, match="soon is no ts"):
        monday.control.mark("mira", "#requests", "soon")
    with pytest.raises(ControlError, match=r"no thread 1\.0"):
        monday.control.mark("mira", "#requests", said, thread_ts="1.0")


async def test_a_restart_keeps_what_was_read(make_server, tmp_path):
    path = tmp_path / "workspace.db"
    first = await make_server(now=time.time, path=path)
    said = first.control.say("jonas", "#requests", "One.")["ts"]
    first.control.mark("mira", "#requests", said)
    await first.stop()
    again = await make_server(now=time.time, path=path)
    assert left(again) == counts()
    assert left(again, "sam") == counts(messages=1)


async def test_a_channel_with_a_new_id_keeps_what_was_read(monday):
    said = monday.control.say("jonas", "#requests", "One.")["ts"]
    monday.control.mark("mira", "#requests", said)
    state = monday.core.state
    state.change_channel_id(state.channel("#requests"), "CNEW")
    assert left(monday) == counts()
    assert left(monday, "sam") == counts(messages=1)
