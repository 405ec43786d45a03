"""People, conversations, outsiders and guests as the app sees them."""

import pytest
from slack_helpers import refused, slack_client


def user(server, name):
    return server.core.state.user(name).id


async def test_ids_look_like_slacks_and_are_the_same_in_every_workspace(server, make_server):
    other = await make_server()
    assert list(server.core.state.users) == list(other.core.state.users)
    assert list(server.core.state.channels) == list(other.core.state.channels)
    for ids, letter in ((server.core.state.users, "U"), (server.core.state.channels, "C")):
        assert all(one.startswith(letter) and len(one) == 11 and one.isalnum() and one.isupper() for one in ids)


async def test_people_have_zones_and_guests_and_outsiders_can_be_told_apart(server, client):
    mira = (await client.users_info(user=user(server, "@mira"), include_locale=True))["user"]
    assert (mira["tz"], mira["locale"], mira["is_restricted"]) == ("Europe/Helsinki", "en-US", False)
    assert mira["profile"]["email"] == "mira@northlight.example"
    assert mira["tz_offset"] in {7200, 10800}
    gwen = (await client.users_info(user=user(server, "@gwen")))["user"]
    assert (gwen["is_restricted"], gwen["is_ultra_restricted"]) == (True, True)
    carla = (await client.users_info(user=user(server, "@carla"), include_locale=True))["user"]
    assert carla["team_id"] == server.core.state.user("@carla").team != mira["team_id"]
    assert carla["is_stranger"] is False
    assert "locale" not in carla
    assert "email" not in carla["profile"]
    assert (await refused(client.users_info(user="U0NOBODY000")))["error"] == "user_not_found"


async def test_an_outsider_without_a_common_channel_is_a_stranger_and_not_listed(server, client):
    server.control.remove("#acme-shared", "@carla")
    carla = (await client.users_info(user=user(server, "@carla")))["user"]
    assert carla["is_stranger"] is True
    names = [one["name"] for one in (await client.users_list())["members"]]
    assert "carla" not in names
    assert {"mira", "gwen", "headsup", "dieter"} <= set(names)


async def test_an_address_needs_a_scope_of_its_own(make_server):

    server = await make_server(scopes=["users:read"])
    shown = await slack_client(server).users_info(user=user(server, "@mira"))
    assert "email" not in shown["user"]["profile"]


async def test_conversations_say_whether_they_are_shared_and_whether_we_are_in_them(server, client):
    shared = (await client.conversations_info(channel=server.core.state.channel("#acme-shared").id))["channel"]
    assert (shared["is_ext_shared"], shared["is_member"]) == (True, True)
    assert server.core.state.user("@carla").team in shared["connected_team_ids"]
    general = (await client.conversations_info(channel=server.core.state.channel("#general").id))["channel"]
    assert (general["is_ext_shared"], general["is_member"], general["is_general"]) == (False, False, True)
    with_count = await client.conversations_info(channel=shared["id"], include_num_members=True)
    assert with_count["channel"]["num_members"] == 4


async def test_lists_page_and_filter_by_type(server, client):
    server.control.add_channel("secret", ["@mira", "@headsup"], private=True)
    server.control.add_channel("hidden", ["@mira"], private=True)
    server.control.add_channel("old", ["@mira"])
    server.control.archive("#old")

    async def names(method, **options):
        found, cursor = [], ""
        while True:
            page = await method(limit=2, cursor=cursor, **options)
            found += [channel.get("name") for channel in page["channels"]]
            cursor = page["response_metadata"]["next_cursor"]
            if not cursor:
                return set(found)

    shared = {"requests", "acme-shared", "beta-shared"}
    assert await names(client.conversations_list) == {"general", "old"} | shared
    assert await names(client.conversations_list, exclude_archived=True) == {"general"} | shared
    assert await names(client.conversations_list, types="private_channel") == {"secret"}
    assert await names(client.users_conversations, types="public_channel,private_channel") == {"secret"} | shared
    assert (await refused(client.conversations_list(types="rooms")))["error"] == "invalid_types"


async def test_members_of_a_shared_channel_are_ours_and_theirs(server, client):
    answer = await client.conversations_members(channel=server.core.state.channel("#acme-shared").id)
    assert set(answer["members"]) == {user(server, name) for name in ("@mira", "@jonas", "@carla", "@headsup")}


@pytest.mark.parametrize(
    ("who", "error"),
    [("@headsup", "cannot_dm_bot"), ("@carla", "user_not_visible"), ("@leaver", "user_disabled")],
)
async def test_dms_that_cannot_be_opened(server, client, who, error):
    server.control.add_user("leaver", deleted=True)
    assert (await refused(client.conversations_open(users=user(server, who))))["error"] == error
    assert (await refused(client.conversations_open(users="U0NOBODY000")))["error"] == "user_not_found"


async def test_opening_a_dm_twice_gives_the_same_one(server, client):
    first = await client.conversations_open(users=[user(server, "@sam")])
    again = await client.conversations_open(users=user(server, "@sam"), return_im=True)
    assert first["channel"]["id"] == again["channel"]["id"]
    assert (again["already_open"], again["channel"]["user"]) == (True, user(server, "@sam"))


async def test_do_not_disturb_and_status_are_told(server, client):
    sam = user(server, "@sam")
    assert (await client.dnd_info(user=sam))["dnd_enabled"] is False
    server.control.set_user("@sam", dnd=[100, 200], status_text="On leave", status_emoji=":palm_tree:")
    dnd = await client.dnd_info(user=sam)
    assert (dnd["dnd_enabled"], dnd["next_dnd_start_ts"], dnd["next_dnd_end_ts"]) == (True, 100, 200)
    profile = (await client.users_profile_get(user=sam))["profile"]
    assert (profile["status_text"], profile["status_emoji"]) == ("On leave", ":palm_tree:")


async def test_the_do_not_disturb_of_several_people_comes_at_once(server, client):
    sam, mira, nils = user(server, "@sam"), user(server, "@mira"), "U0NOBODY000"
    server.control.set_user("@sam", dnd=[100, 200])
    answer = await client.dnd_teamInfo(users=[sam, mira, nils])
    assert answer["users"] == {
        sam: {"dnd_enabled": True, "next_dnd_start_ts": 100, "next_dnd_end_ts": 200},
        mira: {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1},
    }
    assert (await refused(client.dnd_teamInfo(users=[])))["error"] == "no_users_provided"
    assert server.journal.refusals == []
    many = [f"U{number:010}" for number in range(51)]
    assert (await refused(client.dnd_teamInfo(users=many)))["error"] == "invalid_arguments"
    assert (await client.dnd_teamInfo(users=many[:50]))["users"] == {}


async def test_do_not_disturb_needs_its_scope_and_strangers_keep_theirs(server, client):
    carla = user(server, "@carla")
    server.control.remove("#acme-shared", "@carla")
    assert (await refused(client.dnd_teamInfo(users=[carla])))["error"] == "user_not_visible"
    server.control.set_app(scopes=["users:read"])
    answer = await refused(client.dnd_teamInfo(users=[user(server, "@sam")]))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "dnd:read")


async def test_the_app_is_told_when_somebody_wants_not_to_be_disturbed_and_when_that_is_over(make_server):
    server = await make_server(now=lambda: 1_800_000_000.0)
    server.control.set_user("@sam", dnd=[1_800_000_000, 1_800_003_600])
    server.control.set_user("@sam", dnd=None)
    await server.control.settle()
    told = [entry.args["payload"]["event"] for entry in server.journal.deliveries()]
    ended = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    began = {"dnd_enabled": True, "next_dnd_start_ts": 1_800_000_000, "next_dnd_end_ts": 1_800_003_600}
    assert {event["type"] for event in told} == {"dnd_updated_user"}
    assert list({event["event_ts"]: event["dnd_status"] for event in told}.values()) == [began, ended]


async def test_who_and_where_the_app_is(server, client):
    me = await client.auth_test()
    app = server.core.state.app
    assert (me["user_id"], me["bot_id"], me["team"]) == (app.bot_user, app.bot_id, "Northlight")
    assert "chat:write" in me.headers["X-OAuth-Scopes"].split(",")
    assert (await client.team_info())["team"]["domain"] == "northlight"
    assert (await client.bots_info(bot=app.bot_id))["bot"]["user_id"] == app.bot_user


async def test_a_new_channel_id_makes_the_old_one_unknown_and_takes_the_messages_along(server, client):
    old = server.core.state.channel("#requests").id
    ts = (await client.chat_postMessage(channel=old, text="card"))["ts"]
    new = server.control.change_channel_id("#requests")
    assert (await refused(client.chat_update(channel=old, ts=ts, text="x")))["error"] == "channel_not_found"
    await client.chat_update(channel=new, ts=ts, text="x")


async def test_a_status_ends_by_itself_and_the_app_is_told(make_server):
    server = await make_server(now=lambda: 1_800_000_000.0)
    server.control.set_user("@sam", status_text="Lunch", status_expiration=1_800_000_600)
    server.control.forward(599)
    assert server.core.state.user("@sam").status_text == "Lunch"
    server.control.forward(1)
    await server.control.settle()
    assert server.core.state.user("@sam").status_text == ""
    told = [entry.args["payload"]["event"]["user"]["profile"]["status_text"] for entry in server.journal.deliveries()]
    assert list(dict.fromkeys(told)) == ["Lunch", ""]
