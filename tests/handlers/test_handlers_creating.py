"""Requests that a member enters: the form, the global shortcut, and a message that somebody points at."""

from slack_floor import CLIENT, TEAM, Floor, shown


async def test_the_global_shortcut_opens_the_form_and_the_request_stands_as_a_card(floor: Floor):
    await floor.control.shortcut("@jonas", "new_client_request")
    await floor.window("@jonas", "New client request")

    made = await floor.control.submit(
        "@jonas", {"name": "Beta GmbH", "contact": "Dieter", "text": "The shop is down.", "category": "complaint"}
    )

    assert "This is #1 now" in shown(made.payload["view"])
    card = await floor.until(lambda: next(iter(floor.cards()), None))
    assert "Beta GmbH" in shown(card)
    assert "Dieter" in shown(card)
    assert "Complaint: chosen by Jonas" in shown(card)


async def test_a_known_client_is_chosen_and_a_form_without_a_client_says_so(floor: Floor):
    await floor.link()
    await floor.control.shortcut("@jonas", "new_client_request")
    await floor.window("@jonas", "New client request")

    nobody = await floor.control.submit("@jonas", {"text": "Please add a page."})
    assert "Whose request" in nobody.errors["name"]
    await floor.control.submit("@jonas", {"client": "Acme"})

    card = await floor.until(lambda: next(iter(floor.cards()), None))
    assert "Acme" in shown(card)


async def test_a_guest_gets_no_form(floor: Floor):
    await floor.control.shortcut("@gwen", "new_client_request")

    window = await floor.window("@gwen")
    assert "Guests can read along" in shown(window)


async def test_a_message_of_an_unlinked_channel_asks_whose_it_is_and_is_taken_whole(floor: Floor):
    words = "Dieter rang. " + "The shop is down and nothing works. " * 200
    said = floor.control.say("@jonas", "#general", words)
    await floor.control.message_shortcut("@sam", "make_client_request", channel="#general", ts=said["ts"])
    await floor.window("@sam", "New client request")

    await floor.control.submit("@sam", {"name": "Beta GmbH"})

    card = await floor.until(lambda: next(iter(floor.cards()), None))
    await floor.control.press("@sam", "show_text", channel=TEAM, ts=card["ts"])
    whole = shown(await floor.window("@sam", "#1"))
    assert words.strip() in whole
    assert "Jonas" not in shown(card)


async def test_the_same_message_twice_is_one_request(floor: Floor):
    said = floor.control.say("@sam", "#general", "Dieter rang: please call him back.")
    for _ in range(2):
        await floor.control.message_shortcut("@sam", "make_client_request", channel="#general", ts=said["ts"])
        await floor.window("@sam", "New client request")
        made = await floor.control.submit("@sam", {"name": "Beta GmbH"})
        await floor.control.close("@sam")

    assert "part of #1 already" in shown(made.payload["view"])
    await floor.control.settle()
    assert len(floor.cards()) == 1


async def test_a_message_that_is_a_request_already_says_which(floor: Floor):
    number = await floor.request()
    said = next(m for m in floor.control.messages(CLIENT) if m["user"] == floor.user("@carla"))

    await floor.control.message_shortcut("@mira", "make_client_request", channel=CLIENT, ts=said["ts"])

    await floor.whispered("@mira", f"part of #{number} already", channel=CLIENT)


async def test_a_colleagues_words_in_a_clients_channel_become_a_request_when_somebody_says_so(floor: Floor):
    await floor.link()
    said = floor.control.say("@jonas", CLIENT, "Carla just rang: the newsletter is broken.")

    await floor.control.message_shortcut("@mira", "make_client_request", channel=CLIENT, ts=said["ts"])

    await floor.whispered("@mira", "This is #1 now", channel=CLIENT)
    card = await floor.until(lambda: next(iter(floor.cards()), None))
    assert "newsletter is broken" in shown(card)
