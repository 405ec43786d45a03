"""Every way in which a request arrives, and what becomes of the client's own message afterwards."""

from tests.support.walk import ACME, TEAM, Walk, until
from tests.support.walk_seeing import words_of


async def test_a_request_that_a_colleague_enters_by_hand(walk: Walk):
    await walk.driver.slash("priya", TEAM, "/headsup new They called about the fair")
    filled = {"Client": "Gamma Ltd", "Who asked?": "Gus", "Category": "New work"}
    await walk.driver.submit("priya", filled, button="Create")
    card = await walk.on_card(1, "They called about the fair")
    assert card["text"].startswith("#1 · Gamma Ltd")
    assert "New work: chosen by" in words_of(card)
    assert "by hand" in words_of(await walk.review(1, who="@priya"))


async def test_the_global_shortcut_opens_the_same_form(walk: Walk):
    seen = await walk.driver.shortcut("jonas", "new_client_request")
    assert seen.modal is not None
    assert seen.modal["title"]["text"] == "New client request"
    await walk.driver.submit("jonas", {"Client": "Delta", "What do they ask for?": "A logo."})
    assert (await walk.on_card(1, "A logo."))["text"].startswith("#1 · Delta")


async def test_a_message_is_made_a_request_by_its_menu(walk: Walk):
    await walk.driver.say("carla", ACME, "Could you also look at our shop?")
    await walk.driver.shortcut("mira", "make_client_request", ACME)
    window = await walk.window("@mira")
    assert "Could you also look at our shop?" in str(window["blocks"])
    await walk.driver.submit("mira", {"Client": "Acme"})
    await walk.on_card(1, "Could you also look at our shop?")
    await walk.driver.shortcut("jonas", "make_client_request", ACME)
    await walk.window("@jonas")
    await walk.driver.submit("jonas", {"… or a new client": "Acme"})
    await walk.quiet()
    assert walk.numbers() == [1]


async def test_what_the_client_edits_and_deletes_shows_on_the_card_and_in_its_thread(walk: Walk):
    await walk.link()
    first = walk.control.say("@carla", ACME, "Please make the logo biger.")
    number = await until(lambda: next(iter(walk.numbers()), None), "the card")
    walk.control.edit("@carla", ACME, first["ts"], "Please make the logo bigger.")
    await walk.on_card(number, "logo bigger")
    reply = walk.control.say("@carla", ACME, "And blu.", thread_ts=first["ts"])
    await walk.in_thread(number, "And blu.")
    walk.control.edit("@carla", ACME, reply["ts"], "And blue.")
    await walk.in_thread(number, "And blue.")
    walk.control.delete("@carla", ACME, reply["ts"])
    await walk.in_thread(number, "This message was deleted.")
    walk.control.delete("@carla", ACME, first["ts"])
    await walk.on_card(number, "The client deleted this message.")
    await walk.quiet()
    assert walk.numbers() == [number]


async def test_files_are_shown_by_name_and_a_message_of_only_a_file_is_a_request(walk: Walk):
    await walk.link()
    files = [{"name": "shot & <final>.png", "mimetype": "image/png", "content": "x" * 2_000}]
    walk.control.say("@carla", ACME, "", files=files)
    number = await until(lambda: next(iter(walk.numbers()), None), "the card")
    await walk.on_card(number, "(no words, only files)")
    await walk.on_card(number, "shot & <final>.png")


async def test_messages_in_quick_succession_are_one_request_until_it_is_claimed(walk: Walk):
    number = await walk.asked("The shop is down.")
    walk.control.say("@carla", ACME, "Since ten o'clock.")
    await walk.on_card(number, "Since ten o'clock.")
    await walk.press("@mira", "claim_request", number)
    walk.control.say("@carla", ACME, "And we need a new flyer for May.")
    await until(lambda: len(walk.numbers()) == 2, "a request of its own")
