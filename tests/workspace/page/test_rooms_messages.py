from frame_reading import Hand, having, messages, region, words
from side_reading import MORNING
from slack_helpers import slack_client

from bot.workspace.page import messages as drawing

DAY = 86_400


async def test_a_message_has_its_author_its_time_and_its_words(monday):
    monday.control.say("jonas", "#requests", "Good morning.")
    (article,) = (await region(monday, "main")).all("article")
    assert article["aria-label"] == "Jonas Weber, 08:41"
    assert article.one("time")["title"] == "Monday, 23 November 2026 at 08:41"
    assert words(article) == "JW Jonas Weber 08:41 Good morning."


async def test_everybody_reads_times_in_their_own_zone_and_by_their_own_clock(monday):
    monday.control.say("jonas", "#requests", "Good morning.")
    (article,) = (await region(monday, "main", user="sam")).all("article")
    assert article["aria-label"] == "Jonas Weber, 1:41 AM"


async def test_what_one_writes_in_a_row_stands_under_one_name(make_server):
    clock = Hand(MORNING)
    server = await make_server(now=clock)
    server.control.say("jonas", "#requests", "One.")
    server.control.say("jonas", "#requests", "Two.")
    clock.at += 301
    server.control.say("jonas", "#requests", "Three.")
    server.control.say("sam", "#requests", "Four.")
    grouped = ["message-grouped" in one["class"] for one in (await region(server, "main")).all("article")]
    assert grouped == [False, True, False, False]


async def test_a_card_stands_by_itself(monday, app_client):
    room = monday.core.state.channel("#requests").id
    for text in ("#142", "#143"):
        card = [{"type": "header", "text": {"type": "plain_text", "text": text}}]
        await app_client.chat_postMessage(channel=room, text=text, blocks=card)
    assert all("message-grouped" not in one["class"] for one in (await region(monday, "main")).all("article"))


async def test_days_have_a_heading_where_they_begin(make_server):
    clock = Hand(MORNING - 3 * DAY)
    server = await make_server(now=clock)
    for at in (MORNING - 3 * DAY, MORNING - DAY, MORNING, MORNING + 1):
        clock.at = at
        server.control.say("jonas", "#requests", "Hello.")
    days = [words(one) for one in (await region(server, "main")).all("h2") if words(one) != "Who is here"]
    assert days == ["Friday, November 20th", "Yesterday", "Today"]


async def test_the_same_instant_is_another_day_for_who_lives_elsewhere(make_server):
    server = await make_server(now=Hand(MORNING - 2 * 3600))  # 06:41 in Helsinki, 23:41 of the day before in New York
    server.control.say("jonas", "#requests", "Hello.")
    assert "Sunday" in (await region(server, "main", user="sam")).one("article").one("time")["title"]


async def test_new_stands_above_the_first_unread_message_of_others(monday):
    monday.control.mark("mira", "#requests", monday.control.say("jonas", "#requests", "Old.")["ts"])
    monday.control.say("mira", "#requests", "Mine.")
    monday.control.say("jonas", "#requests", "Fresh.")
    rows = [words(one) for one in (await region(monday, "main")).one(id="list-message").all("li")]
    assert rows.index("New") == [("Fresh." in one) for one in rows].index(True) - 1


async def test_an_app_an_outsider_and_a_guest_are_told_as_such(monday, app_client):
    state = monday.core.state
    monday.control.invite("#acme-shared", "gwen")
    monday.control.say("carla", "#acme-shared", "From outside.")
    monday.control.say("gwen", "#acme-shared", "From a guest.")
    await app_client.chat_postMessage(channel=state.channel("#acme-shared").id, text="From the app.")
    monday.control.other_bot_says("Uptime", "#acme-shared", "From another.")
    seen = messages(await region(monday, "main", room="acme-shared"))
    assert [one for one in seen if "From" in one] == [
        "CR Carla Reyes Acme 08:41 From outside.",
        "GM Gwen Moss Guest 08:41 From a guest.",
        "H Headsup APP 08:41 From the app.",
        "U Uptime APP 08:41 From another.",
    ]
    theirs = messages(await region(monday, "main", user="carla", room="acme-shared"))
    assert "H Headsup APP Northlight 06:41 From the app." in theirs


async def test_a_whisper_is_seen_by_one_person_among_the_others_messages(monday, app_client):
    mira, room = monday.core.state.user("mira").id, monday.core.state.channel("#requests").id
    monday.control.say("jonas", "#requests", "Before.")
    await app_client.chat_postEphemeral(channel=room, user=mira, text="Psst.")
    monday.control.say("jonas", "#requests", "After.")
    seen = messages(await region(monday, "main"))
    assert [one.split()[-1] for one in seen] == ["Before.", "Psst.", "After."]
    assert seen[1].startswith("Only visible to you")
    assert len(messages(await region(monday, "main", user="jonas"))) == 2


async def test_edited_and_deleted_messages_say_so(monday):
    edited = monday.control.say("jonas", "#requests", "Wrogn.")["ts"]
    monday.control.edit("jonas", "#requests", edited, "Right.")
    parent = monday.control.say("jonas", "#requests", "Gone.")["ts"]
    monday.control.say("sam", "#requests", "What was it?", thread_ts=parent)
    monday.control.delete("jonas", "#requests", parent)
    first, second = messages(await region(monday, "main"))
    assert first.endswith("Right. (edited)")
    assert second.startswith("This message was deleted.")
    assert "1 reply" in second


async def test_who_came_in_is_one_quiet_line(monday):
    monday.control.invite("#general", "gwen")
    (article,) = (await region(monday, "main", room="general")).all("article")
    assert "message-notice" in article["class"]
    assert "Gwen Moss has joined the channel" in words(article)


async def test_pictures_are_shown_and_other_files_offered(monday):
    files = [{"name": "hero & co.png", "mimetype": "image/png", "content": b"x"}]
    files += [{"name": "a.svg", "mimetype": "image/svg+xml", "content": "<svg/>"}]
    monday.control.say("jonas", "#requests", "See:", files=files)
    article = (await region(monday, "main")).one("article")
    picture = article.one("img")
    assert picture["alt"] == "hero & co.png"
    assert picture["src"].endswith("/hero%20%26%20co.png?as=mira")
    assert article.one("a", download="a.svg")["href"].startswith("/page/files/")


async def test_a_clients_words_are_never_html(monday):
    monday.control.say("carla", "#acme-shared", '<script>alert(1)</script> "><img src=x onerror=alert(1)>')
    main = await region(monday, "main", room="acme-shared")
    assert main.all("script") == []
    assert main.all("img") == []
    assert "<script>alert(1)</script>" in main.text


async def test_a_message_that_cannot_be_drawn_takes_no_other_away(monday, monkeypatch, caplog):
    def draw(body, *_args, **_options):
        if "poison" in body["text"]:
            raise KeyError("type")
        return body["text"]

    monkeypatch.setattr(drawing, "message_html", draw)
    for text in ("fine", "poison", "fine again"):
        monday.control.say("jonas", "#requests", text)
    seen = messages(await region(monday, "main"))
    assert ["cannot be shown" in one for one in seen] == [False, True, False]
    assert "fine again" in seen[2]
    assert "a message cannot be shown" in caplog.text


async def test_a_message_is_drawn_once_until_it_changes(monday, monkeypatch):
    drawn, real = [], drawing.message_html
    monkeypatch.setattr(
        drawing, "message_html", lambda body, *a, **k: drawn.append(body["text"]) or real(body, *a, **k)
    )
    first = monday.control.say("jonas", "#requests", "One.")["ts"]
    monday.control.say("jonas", "#requests", "Two.")
    await region(monday, "main")
    await region(monday, "main")
    assert drawn == ["One.", "Two."]
    monday.control.edit("jonas", "#requests", first, "One!")
    await region(monday, "main")
    assert drawn == ["One.", "Two.", "One!"]


async def test_a_new_name_is_shown_on_old_messages(monday):
    monday.control.say("jonas", "#requests", "Hello.")
    assert messages(await region(monday, "main"))[0].startswith("JW Jonas Weber")
    monday.control.set_user("jonas", real_name="Jonas Maier")
    assert messages(await region(monday, "main"))[0].startswith("JM Jonas Maier")


async def test_a_long_room_shows_its_newest_and_the_way_to_the_others(monday):
    for number in range(130):
        monday.control.say("jonas", "#requests", f"Number {number}.")
    main = await region(monday, "main")
    assert len(main.all("article")) == 60
    assert "Number 129." in messages(main)[-1]
    (earlier,) = having(main, "data-replace")
    assert earlier["href"] == "?as=mira&in=requests&shown=120"
    assert len((await region(monday, "main", shown=120)).all("article")) == 120
    everything = await region(monday, "main", shown=180)
    assert (len(everything.all("article")), having(everything, "data-replace")) == (130, [])


async def test_what_a_person_chose_in_a_message_is_theirs(make_server):
    server = await make_server()
    client = slack_client(server)
    options = [{"text": {"type": "plain_text", "text": one}, "value": one} for one in ("billing", "support")]
    select = {"type": "static_select", "action_id": "kind", "options": options}
    room = server.core.state.channel("#requests").id
    row = {"type": "actions", "block_id": "row", "elements": [select]}
    posted = await client.chat_postMessage(channel=room, text="#142", blocks=[row])
    await server.control.select("mira", "kind", "support", channel=room, ts=posted["ts"])
    mira, jonas = await region(server, "main"), await region(server, "main", user="jonas")
    assert repr(mira.one("article")) != repr(jonas.one("article"))
