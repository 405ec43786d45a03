"""Posting, changing and deleting messages, as an app meets it."""

import pytest
from slack_helpers import actions, button, refused, section

META = {"event_type": "card", "event_payload": {"request": 7}}


@pytest.fixture
def requests(server):
    return server.core.state.channel("#requests").id


async def test_a_posted_message_comes_back_as_slack_stores_it(server, client, requests):
    answer = await client.chat_postMessage(
        channel=requests, text="R&D <!here>", blocks=[section("A & B"), actions(button(value="x"), block_id="mine")]
    )
    message = answer["message"]
    assert answer["channel"] == requests
    assert message["text"] == "R&amp;D <!here>"
    assert message["bot_id"] == server.core.state.app.bot_id
    first, second = message["blocks"]
    assert len(first["block_id"]) == 5
    assert first["text"] == {"type": "mrkdwn", "text": "A &amp; B", "verbatim": False}
    assert second["block_id"] == "mine"
    assert second["elements"][0]["text"]["emoji"] is True


async def test_ts_grows_even_when_the_clock_stands_or_steps_back(make_server):
    now = [1_800_000_000.0]
    server = await make_server(now=lambda: now[0])
    first = server.control.say("@mira", "#general", "one")["ts"]
    second = server.control.say("@mira", "#general", "two")["ts"]
    now[0] -= 3600
    third = server.control.say("@mira", "#general", "three")["ts"]
    assert first == "1800000000.000000"
    assert float(first) < float(second) < float(third)


async def test_metadata_is_kept_on_update_when_omitted_replaced_when_given_and_removed_by_an_empty_object(
    client, requests
):
    async def seen(**options):
        page = await client.conversations_history(channel=requests, limit=1, **options)
        return page["messages"][0].get("metadata")

    ts = (await client.chat_postMessage(channel=requests, text="card", metadata=META))["ts"]
    assert await seen() == {"event_type": "card"}
    assert await seen(include_all_metadata=True) == META
    await client.chat_update(channel=requests, ts=ts, text="changed")
    assert await seen(include_all_metadata=True) == META
    other = {"event_type": "card", "event_payload": {"request": 8}}
    await client.chat_update(channel=requests, ts=ts, text="changed", metadata=other)
    assert await seen(include_all_metadata=True) == other
    await client.chat_update(channel=requests, ts=ts, text="changed", metadata={})
    assert await seen(include_all_metadata=True) is None


async def test_text_without_blocks_on_update_removes_the_blocks_and_marks_the_message_edited(client, requests):
    ts = (await client.chat_postMessage(channel=requests, text="a", blocks=[section("a")]))["ts"]
    with_blocks = await client.chat_update(channel=requests, ts=ts, text="b", blocks=[section("b")])
    assert "edited" not in with_blocks["message"]
    without = await client.chat_update(channel=requests, ts=ts, text="c")
    assert "blocks" not in without["message"]
    assert without["message"]["edited"]["ts"].endswith(".000000")


async def test_a_user_id_opens_the_dm_when_posting_and_is_unknown_when_updating(server, client):
    mira = server.core.state.user("@mira").id
    answer = await client.chat_postMessage(channel=mira, text="hello")
    assert answer["channel"] == server.control.dm("@mira")
    assert answer["channel"].startswith("D")
    problem = await refused(client.chat_update(channel=mira, ts=answer["ts"], text="again"))
    assert problem["error"] == "channel_not_found"
    await client.chat_update(channel=answer["channel"], ts=answer["ts"], text="again")


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOTHERE00", "channel_not_found"),
        ("#general", "not_in_channel"),
        ("#old", "is_archived"),
        ("#secret", "channel_not_found"),
        ("@headsup", "channel_not_found"),
        ("@carla", "channel_not_found"),
        ("@leaver", "channel_not_found"),
    ],
)
async def test_where_the_app_cannot_post(server, client, channel, error):
    control, state = server.control, server.core.state
    control.add_channel("old", ["@mira", "@headsup"])
    control.archive("#old")
    control.add_channel("secret", ["@mira"], private=True)
    control.add_user("leaver", deleted=True)
    there = channel if channel[0] == "C" else (state.user if channel[0] == "@" else state.channel)(channel).id
    assert (await refused(client.chat_postMessage(channel=there, text="x")))["error"] == error


async def test_only_its_own_messages_can_be_changed_or_deleted(server, client, requests):
    theirs = server.control.say("@mira", "#requests", "mine")["ts"]
    assert (await refused(client.chat_update(channel=requests, ts=theirs, text="x")))["error"] == "cant_update_message"
    assert (await refused(client.chat_delete(channel=requests, ts=theirs)))["error"] == "cant_delete_message"
    assert (await refused(client.chat_update(channel=requests, ts="1.000001", text="x")))[
        "error"
    ] == "message_not_found"
    ours = (await client.chat_postMessage(channel=requests, text="ours"))["ts"]
    await client.chat_delete(channel=requests, ts=ours)
    assert (await refused(client.chat_delete(channel=requests, ts=ours)))["error"] == "message_not_found"


async def test_a_deleted_parent_with_replies_stays_as_a_tombstone(server, client, requests):
    parent = (await client.chat_postMessage(channel=requests, text="card", metadata=META))["ts"]
    server.control.say("@mira", "#requests", "reply", thread_ts=parent)
    await client.chat_delete(channel=requests, ts=parent)
    shown = (await client.conversations_history(channel=requests))["messages"][0]
    assert (shown["subtype"], shown["reply_count"]) == ("tombstone", 1)
    assert "metadata" not in shown
    assert (await refused(client.chat_update(channel=requests, ts=parent, text="x")))["error"] == "message_not_found"


async def test_a_thread_is_named_by_its_parent_and_a_broadcast_reply_also_stands_in_the_channel(client, requests):
    parent = (await client.chat_postMessage(channel=requests, text="card"))["ts"]
    reply = (await client.chat_postMessage(channel=requests, text="r", thread_ts=parent))["ts"]
    loud = await client.chat_postMessage(channel=requests, text="r2", thread_ts=parent, reply_broadcast=True)
    problem = await refused(client.chat_postMessage(channel=requests, text="x", thread_ts=reply))
    assert problem["error"] == "cannot_reply_to_message"
    problem = await refused(client.chat_postMessage(channel=requests, text="x", thread_ts="1.000001"))
    assert problem["error"] == "thread_not_found"
    history = (await client.conversations_history(channel=requests))["messages"]
    assert [message["ts"] for message in history] == [loud["ts"], parent]


async def test_an_ephemeral_message_is_seen_by_one_person_only_and_cannot_be_updated(server, client, requests):
    mira = server.core.state.user("@mira").id
    ts = (await client.chat_postEphemeral(channel=requests, user=mira, text="psst"))["message_ts"]
    assert [one["text"] for one in server.control.ephemerals("@mira", "#requests")] == ["psst"]
    assert server.control.messages("#requests", "@jonas") == []
    assert (await client.conversations_history(channel=requests))["messages"] == []
    assert (await refused(client.chat_update(channel=requests, ts=ts, text="x")))["error"] == "message_not_found"
    carla = server.core.state.user("@carla").id
    problem = await refused(client.chat_postEphemeral(channel=requests, user=carla, text="x"))
    assert problem["error"] == "user_not_in_channel"


async def test_what_slack_refuses_is_answered_in_its_words_and_kept_as_a_refusal(server, client, requests):
    blocks = [section("x" * 3001)]
    problem = await refused(client.chat_postMessage(channel=requests, text="x", blocks=blocks))
    assert problem["error"] == "invalid_blocks"
    assert "/blocks/0/text" in problem["response_metadata"]["messages"][0]
    (refusal,) = server.journal.refusals
    assert (refusal.name, refusal.answer["error"]) == ("chat.postMessage", "invalid_blocks")
    assert refusal.answer["problems"][0]["pointer"].startswith("/blocks/0/text")
    assert server.control.messages("#requests") == []


async def test_an_update_takes_4000_characters_and_a_post_cuts_at_40000(client, requests):
    ts = (await client.chat_postMessage(channel=requests, text="x" * 50_000))["ts"]
    shown = (await client.conversations_history(channel=requests))["messages"][0]
    assert len(shown["text"]) == 40_000
    problem = await refused(client.chat_update(channel=requests, ts=ts, text="x" * 4001))
    assert problem["error"] == "msg_too_long"


async def test_a_name_of_its_own_needs_its_own_scope(client, requests):
    problem = await refused(client.chat_postMessage(channel=requests, text="x", username="Someone else"))
    assert (problem["error"], problem["needed"]) == ("missing_scope", "chat:write.customize")


async def test_a_permalink_names_the_thread_of_a_reply(client, requests):
    parent = (await client.chat_postMessage(channel=requests, text="card"))["ts"]
    reply = (await client.chat_postMessage(channel=requests, text="r", thread_ts=parent))["ts"]
    link = (await client.chat_getPermalink(channel=requests, message_ts=reply))["permalink"]
    assert link.endswith(f"/archives/{requests}/p{reply.replace('.', '')}?thread_ts={parent}&cid={requests}")
