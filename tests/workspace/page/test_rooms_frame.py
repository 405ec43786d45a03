from frame_reading import having, region, rooms, words

from bot.workspace.companion import Briefing, Outside, Received


async def test_the_list_has_the_rooms_of_the_person_and_whom_they_are_shared_with(monday):
    names = list(rooms(await region(monday, "sidebar")))
    assert names == ["general", "requests", "acme-shared", "beta-shared", "Headsup", "Home"]
    assert rooms(await region(monday, "sidebar"))["acme-shared"] == "shared with Acme"


async def test_a_client_sees_their_own_organisation_and_the_shared_channel_alone(monday):
    sidebar = await region(monday, "sidebar", user="carla", room="acme-shared")
    assert words(sidebar.one(class_="team-name")) == "Acme"
    assert rooms(sidebar) == {"acme-shared": "shared with Northlight"}


async def test_a_client_to_whom_the_app_wrote_sees_its_messages(monday, app_client):
    direct = monday.control.dm("carla")
    await app_client.chat_postMessage(channel=direct, text="Hello.")
    assert rooms(await region(monday, "sidebar", user="carla"))["Headsup"] == "APP 1 unread"


async def test_unread_rooms_say_how_much_and_how_much_is_for_the_person(monday):
    monday.control.say("jonas", "#requests", "Good morning.")
    assert rooms(await region(monday, "sidebar"))["requests"] == "1 unread"
    monday.control.say("jonas", "#requests", "@mira, a word?")
    assert rooms(await region(monday, "sidebar"))["requests"] == "2 unread, 1 for you"
    assert rooms(await region(monday, "sidebar", user="jonas"))["requests"] == ""


async def test_replies_do_not_count_with_the_messages_but_stand_below_the_room(monday):
    """A room that was read to its end keeps no number for what stands in its threads."""
    first = monday.control.say("mira", "#requests", "Does anybody know?")["ts"]
    second = monday.control.say("mira", "#requests", "And this?")["ts"]
    monday.control.say("jonas", "#requests", "I do, @mira.", thread_ts=second)
    monday.control.say("jonas", "#requests", "No.", thread_ts=first)
    sidebar = await region(monday, "sidebar")
    assert rooms(sidebar)["requests"] == ""
    below = sidebar.one("a", class_="thread-link")
    assert words(below) == "New replies in requests, 2 unread, 1 for you"
    assert below["href"] == f"?as=mira&in=requests&thread={second}"


async def test_a_thread_that_was_read_gives_way_to_the_next_one(monday):
    parents = [monday.control.say("mira", "#requests", "Hm.")["ts"] for _ in range(2)]
    for parent in parents:
        reply = monday.control.say("jonas", "#requests", "Yes?", thread_ts=parent)["ts"]
    monday.control.mark("mira", "#requests", reply, thread_ts=parents[0])
    below = (await region(monday, "sidebar")).one("a", class_="thread-link")
    assert words(below) == "New reply in requests, 1 unread"
    assert below["href"].endswith(parents[1])
    monday.control.mark("mira", "#requests", reply, thread_ts=parents[1])
    assert not (await region(monday, "sidebar")).all("a", class_="thread-link")


async def test_the_app_has_threads_too(monday, app_client):
    direct = monday.control.dm("carla")
    first = (await app_client.chat_postMessage(channel=direct, text="Hello."))["ts"]
    monday.control.say("carla", direct, "Hm?", thread_ts=first)
    await app_client.chat_postMessage(channel=direct, text="Well.", thread_ts=first)
    below = (await region(monday, "sidebar", user="carla", room="dm")).one("a", class_="thread-link")
    assert below["href"] == f"?as=carla&in=dm&thread={first}"


async def test_a_private_channel_has_a_lock(monday):
    monday.control.add_channel("secrets", members=["mira"], private=True)
    assert rooms(await region(monday, "sidebar"))["secrets"] == "private"


async def test_refusals_are_listed_when_there_are_some(monday):
    assert "Refused by Slack" not in rooms(await region(monday, "sidebar"))
    monday.journal.add("refusal", "chat.postMessage", {})
    assert rooms(await region(monday, "sidebar"))["Refused by Slack"] == "1"


async def test_systems_outside_are_listed_with_what_they_received(monday):
    received = (Received(0, "reply.sent", "Hello"),)
    monday.companion.tell(Briefing(outside=(Outside("acme", "Acme's system", "A webhook", received),)))
    sidebar = await region(monday, "sidebar")
    assert rooms(sidebar)["Acme's system"] == "1"
    assert sidebar.one("a", data_room="Acme's system")["href"] == "?as=mira&in=outside-acme"


async def test_no_client_sees_the_system_of_another(monday):
    monday.companion.tell(Briefing(outside=(Outside("orbit", "Orbit's system", "A webhook"),)))
    assert "Orbit's system" not in rooms(await region(monday, "sidebar", user="carla", room="acme-shared"))
    assert "Orbit's system" not in words(await region(monday, "main", user="carla", room="outside-orbit"))
    assert "Orbit's system" in words(await region(monday, "main", user="mira", room="outside-orbit"))


async def test_the_room_one_is_in_is_marked(monday):
    sidebar = await region(monday, "sidebar", room="general")
    assert [one["data-room"] for one in sidebar.all("a", aria_current="page")] == ["general"]


async def test_the_bar_says_as_whom_one_acts_and_offers_everybody_else(monday):
    top = await region(monday, "top")
    assert top.one("button", id="who")["aria-label"].startswith("You are Mira Lahtinen, Designer, Northlight.")
    groups = {words(one.one(class_="who-group")): one for one in top.all("div", role="group")}
    assert list(groups) == ["Northlight", "Acme", "Beta GmbH"]
    assert words(groups["Acme"].one("a")) == "CR Carla Reyes Office manager Mon 06:41 London"
    assert [words(one) for one in top.all("a", aria_checked="true")] == ["ML Mira Lahtinen Designer Mon 08:41 Helsinki"]


async def test_whoever_is_in_the_room_too_is_met_there_and_others_where_they_begin(monday):
    links = {one["id"]: one["href"] for one in having(await region(monday, "top"), "data-as")}
    state = monday.core.state
    assert links[f"who-{state.user('jonas').id}"] == "?as=jonas&in=requests"
    assert links[f"who-{state.user('carla').id}"] == "?as=carla"


async def test_everybody_has_a_colour_of_their_own(monday):
    top = await region(monday, "top")
    hues = [one["data-hue"] for link in having(top, "data-as") for one in link.all("span", aria_hidden="true")]
    assert len(set(hues)) == len(hues) == 7


async def test_the_header_says_what_the_room_is_and_who_is_in_it(monday):
    monday.core.state.channel("#acme-shared").topic = "Acme's website"
    header = (await region(monday, "main", room="acme-shared")).one("header")
    assert words(header.one("h1")) == "acme-shared"
    assert "Shared with Acme" in words(header)
    assert "Acme's website" in words(header)
    assert header.one("button")["aria-label"] == "4 members. Show who is here"
    members = [words(one) for one in header.all("li")]
    assert members[0] == "ML Mira Lahtinen (you) Designer · Northlight 08:41 Helsinki"
    assert members[-1] == "H Headsup App · Northlight"


async def test_an_empty_room_says_so(monday):
    assert "This is the very beginning." in words(await region(monday, "main", room="general"))


async def test_a_wrong_address_is_said_at_the_top(monday):
    banner = await region(monday, "banner", room="nowhere")
    assert words(banner) == "There is no room called nowhere."
