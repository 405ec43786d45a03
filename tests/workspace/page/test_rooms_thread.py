from frame_reading import having, messages, region, words


def begin(server, *replies):
    """A thread of Mira's with replies of Jonas's; returns its ts."""
    parent = server.control.say("mira", "#requests", "Does anybody know?")["ts"]
    for text in replies:
        server.control.say("jonas", "#requests", text, thread_ts=parent)
    return parent


async def test_a_thread_has_its_parent_and_its_replies(monday):
    parent = begin(monday, "I do.", "Wait.")
    thread = await region(monday, "thread", thread=parent)
    assert [one.split()[-1] for one in messages(thread)] == ["know?", "do.", "Wait."]
    assert "2 replies" in words(thread)
    assert having(thread, "data-close-thread")[0]["href"] == "?as=mira&in=requests"


async def test_replies_do_not_stand_in_the_room_but_are_counted_there(monday):
    parent = begin(monday, "I do.", "Wait.")
    (article,) = (await region(monday, "main")).all("article")
    summary = article.one(class_="summary has-unread")
    assert words(summary) == "JW 2 replies 2 new last today at 08:41"
    assert summary["href"] == f"?as=mira&in=requests&thread={parent}"


async def test_a_thread_that_is_read_counts_nothing_new(monday):
    parent = begin(monday, "I do.")
    reply = monday.core.state.logs[monday.core.state.channel("#requests").id].threads[parent][-1]
    monday.control.mark("mira", "#requests", reply, thread_ts=parent)
    (article,) = (await region(monday, "main")).all("article")
    assert words(article.one(class_="summary")) == "JW 1 reply last today at 08:41"


async def test_new_stands_in_the_thread_too(monday):
    thread = await region(monday, "thread", thread=begin(monday, "I do."))
    assert words(thread.one(id="list-reply").all("li")[0]) == "New"


async def test_a_reply_that_is_shown_in_the_room_names_what_it_answers(monday, app_client):
    room, parent = monday.core.state.channel("#requests").id, begin(monday)
    await app_client.chat_postMessage(channel=room, text="It is #142.", thread_ts=parent, reply_broadcast=True)
    shown = messages(await region(monday, "main"))[1]
    assert "replied to a thread: Does anybody know?" in shown
    assert "It is #142." in messages(await region(monday, "thread", thread=parent))[1]


async def test_a_whisper_in_a_thread_stays_there(monday, app_client):
    room, mira, parent = (
        monday.core.state.channel("#requests").id,
        monday.core.state.user("mira").id,
        begin(monday, "Yes."),
    )
    await app_client.chat_postEphemeral(channel=room, user=mira, text="Psst.", thread_ts=parent)
    assert "Psst." in messages(await region(monday, "thread", thread=parent))[2]
    assert "Psst." not in words(await region(monday, "main"))
    assert "Psst." not in words(await region(monday, "thread", user="jonas", thread=parent))


async def test_a_thread_that_is_not_there_is_not_shown(monday):
    reply = begin(monday, "I do.")
    log = monday.core.state.logs[monday.core.state.channel("#requests").id]
    for ts in ("1.0", "soon", log.threads[reply][0]):
        assert words(await region(monday, "thread", thread=ts)) == "", ts


async def test_ids_are_unique_on_a_page_that_shows_a_message_twice(monday):
    parent = begin(monday, "I do.")
    main, thread = await region(monday, "main", thread=parent), await region(monday, "thread", thread=parent)
    ids = [one["id"] for node in (main, thread) for one in having(node, "id")]
    assert len(ids) == len(set(ids))
