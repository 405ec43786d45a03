"""Reading channels and threads back."""

import pytest
from slack_helpers import refused


@pytest.fixture
def channel(server):
    return server.core.state.channel("#requests").id


def say(server, count, **more):
    return [server.control.say("@mira", "#requests", f"m{number}", **more)["ts"] for number in range(count)]


async def test_history_pages_backwards_from_the_newest_with_an_opaque_cursor(server, client, channel):
    stamps = say(server, 5)
    seen, cursor = [], ""
    while True:
        page = await client.conversations_history(channel=channel, limit=2, cursor=cursor)
        seen.append([message["ts"] for message in page["messages"]])
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        assert page["has_more"] is bool(cursor)
        if not cursor:
            break
    assert seen == [stamps[:2:-1], stamps[2:0:-1], stamps[:1]]


async def test_oldest_and_latest_are_exclusive_unless_inclusive(server, client, channel):
    stamps = say(server, 4)

    async def between(**options):
        page = await client.conversations_history(channel=channel, oldest=stamps[0], latest=stamps[3], **options)
        return [message["text"] for message in page["messages"]]

    assert await between() == ["m2", "m1"]
    assert await between(inclusive=True) == ["m3", "m2", "m1", "m0"]


async def test_history_shows_parents_with_their_counts_and_no_replies(server, client, channel):
    (parent,) = say(server, 1)
    replies = [
        server.control.say(who, "#requests", "r", thread_ts=parent)["ts"] for who in ("@jonas", "@jonas", "@sam")
    ]
    (shown,) = (await client.conversations_history(channel=channel))["messages"]
    assert (shown["thread_ts"], shown["reply_count"], shown["reply_users_count"]) == (parent, 3, 2)
    assert shown["latest_reply"] == replies[-1]


async def test_replies_come_oldest_first_with_the_parent_on_every_page(server, client, channel):
    (parent,) = say(server, 1)
    replies = say(server, 5, thread_ts=parent)
    seen, cursor = [], ""
    while True:
        page = await client.conversations_replies(channel=channel, ts=parent, limit=3, cursor=cursor)
        first, *rest = [message["ts"] for message in page["messages"]]
        assert first == parent
        seen += rest
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            break
    assert seen == replies
    since = await client.conversations_replies(channel=channel, ts=parent, oldest=replies[3])
    assert [message["ts"] for message in since["messages"]] == [parent, replies[4]]


async def test_the_ts_of_a_reply_shows_that_reply_alone_and_an_unknown_one_nothing(server, client, channel):
    (parent,) = say(server, 1)
    (reply,) = say(server, 1, thread_ts=parent)
    page = await client.conversations_replies(channel=channel, ts=reply)
    assert [message["ts"] for message in page["messages"]] == [reply]
    assert page["messages"][0]["parent_user_id"] == server.core.state.user("@mira").id
    problem = await refused(client.conversations_replies(channel=channel, ts="1.000001"))
    assert problem["error"] == "thread_not_found"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"cursor": "nonsense"}, "invalid_cursor"),
        ({"limit": 1001}, "invalid_limit"),
        ({"limit": -1}, "invalid_limit"),
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
        ({"latest": "x.y"}, "invalid_ts_latest"),
    ],
)
async def test_bad_ranges_are_refused(client, channel, options, error):
    assert (await refused(client.conversations_history(channel=channel, **options)))["error"] == error


async def test_only_members_read_history(server, client):
    general = server.core.state.channel("#general").id
    assert (await refused(client.conversations_history(channel=general)))["error"] == "not_in_channel"
    await client.conversations_join(channel=general)
    assert (await client.conversations_history(channel=general))["ok"]


async def test_edits_and_deletions_show_in_history(server, client, channel):
    first, second = say(server, 2)
    server.control.edit("@mira", "#requests", first, "better")
    server.control.delete("@mira", "#requests", second)
    (shown,) = (await client.conversations_history(channel=channel))["messages"]
    assert shown["text"] == "better"
    assert shown["edited"]["user"] == server.core.state.user("@mira").id
