"""L1: nothing that arrived is lost, whoever was away, and what cannot be read is shown to the team."""

from datetime import timedelta

import pytest

from bot.services.arriving import receiving, taking_in
from tests.support.walk import ACME, TEAM, Walk, Walking, until
from tests.support.walk_seeing import words_of


async def test_what_a_client_writes_while_headsup_is_down_arrives_once_each(walk: Walk):
    number = await walk.asked("The shop is slow.")
    root = walk.control.read(ACME)["messages"][-1]["ts"]
    await walk.stop()

    said = ["We need a flyer.", "Who pays the hosting?", "The logo is cut off."]
    for words in said:
        walk.clock.move(timedelta(minutes=3))
        walk.control.say("@carla", ACME, words)
    walk.control.say("@carla", ACME, "Since this morning, by the way.", thread_ts=root)
    await walk.start()

    await until(lambda: len(walk.numbers()) == 4, "a card for each")
    await walk.in_thread(number, "Since this morning, by the way.")
    await walk.quiet()
    for words in said:
        assert sum(words in words_of(card) for card in walk.cards().values()) == 1
    assert len(walk.thread(number)) == 1

    await walk.stop()
    await walk.start()
    await walk.quiet()
    assert len(walk.numbers()) == 4
    assert len(walk.thread(number)) == 1


async def test_events_that_slack_lost_are_found_when_the_link_comes_back(walk: Walk):
    number = await walk.asked("The shop is slow.")
    root = walk.control.read(ACME)["messages"][-1]["ts"]
    walk.clock.move(timedelta(minutes=3))
    walk.control.lose_events(2)
    walk.control.say("@carla", ACME, "We need a flyer.")
    walk.control.say("@carla", ACME, "Still slow!", thread_ts=root)
    await walk.control.settle()
    assert walk.numbers() == [number]

    walk.control.drop()

    await until(lambda: len(walk.numbers()) == 2, "the lost message")
    await walk.in_thread(number, "Still slow!")
    await walk.quiet()
    assert len(walk.thread(number)) == 1


async def test_an_old_message_found_late_is_no_part_of_a_newer_request(walk: Walk):
    await walk.link()
    walk.control.lose_events(1)
    walk.control.say("@carla", ACME, "We need a flyer for the spring fair.")
    await walk.control.settle()
    walk.clock.move(timedelta(minutes=40))
    await walk.asked("The shop is slow.")
    walk.control.drop()
    await until(lambda: len(walk.numbers()) == 2, "the lost message as a request of its own")


async def test_an_answer_in_a_thread_pulls_no_new_message_into_its_request(walk: Walk):
    number = await walk.asked("The shop is slow.")
    root = walk.control.read(ACME)["messages"][-1]["ts"]
    await walk.later(minutes=10)
    walk.control.say("@carla", ACME, "Still slow!", thread_ts=root)
    await walk.in_thread(number, "Still slow!")
    walk.control.say("@carla", ACME, "And something else: who made our logo?")
    await until(lambda: len(walk.numbers()) == 2, "a request of its own")


async def test_an_event_whose_storing_failed_is_delivered_again(walks: Walking, monkeypatch: pytest.MonkeyPatch):
    stores, store = [0], receiving.inbound.try_store

    def fails_twice(*args, **facts):
        stores[0] += 1
        if stores[0] <= 2:
            raise OSError("disk full")
        return store(*args, **facts)

    monkeypatch.setattr(receiving.inbound, "try_store", fails_twice)
    async with walks() as walk:
        await walk.link()
        walk.server.core.delivery._ack_seconds = 0.5  # from now on Slack waits for nobody long
        walk.control.say("@carla", ACME, "Is anybody there?")
        await until(lambda: walk.numbers() == [1], "the third delivery to be taken")


async def test_what_cannot_be_read_is_kept_and_shown_to_the_team(walk: Walk, monkeypatch: pytest.MonkeyPatch):
    await walk.link()
    sort = taking_in.sort_message

    def stumbles(tx, incoming, *args, **facts):
        if "grandmother" in incoming.text:
            raise RecursionError
        return sort(tx, incoming, *args, **facts)

    monkeypatch.setattr(taking_in, "sort_message", stumbles)
    walk.control.say("@carla", ACME, "My grandmother likes it.")
    (post,) = await until(
        lambda: [m for m in walk.control.messages(TEAM) if "could not read" in m.get("text", "")], "the team to be told"
    )
    assert "grandmother" not in str(post), "a client's unreadable words are not repeated"
    assert "arrival 1" in post["text"]
    health = await walk.process.health() if walk.process else None
    assert health is not None
    assert any("1 arrival is kept aside" in problem for problem in health.problems)
    seen = await walk.driver.slash("mira", TEAM, "/headsup status")
    assert "could not be read" in seen.text

    await walk.asked("But the shop is slow.")


async def test_what_was_stored_before_a_crash_is_taken_in_at_the_next_start(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
):
    await walk.link()
    with monkeypatch.context() as patch:
        patch.setattr(receiving, "_once", _dies)
        walk.control.say("@carla", ACME, "The shop is slow.")
        walk.control.lose_events(10)
        await walk.control.settle()
        await walk.stop()
    walk.control.clear_faults()
    await walk.start()
    await until(lambda: walk.numbers() == [1], "what had been stored")
    await walk.quiet()
    assert walk.numbers() == [1]


def _dies(*_args, **_facts):
    raise receiving.HeadsupError  # nothing after the raw words were stored


async def test_a_webhook_that_is_sent_again_gets_the_same_answer(walk: Walk):
    first = await walk.orbit.ask(walk.url, "The page is blank.", ident="msg_same")
    again = await walk.orbit.ask(walk.url, "The page is blank.", ident="msg_same")
    assert first == again
    await until(lambda: walk.numbers() == [first], "one card")


async def test_messages_before_the_first_start_are_read_from_the_moment_of_linking(walks: Walking):
    async with walks() as walk:
        walk.control.say("@carla", ACME, "Before anybody linked this.")
        await walk.control.settle()
        await walk.asked("After it was linked.")
        await walk.quiet()
        assert len(walk.numbers()) == 1


async def test_a_clock_that_moves_after_headsup_stopped_wakes_nobody(walk: Walk):
    await walk.stop()
    walk.clock.move(timedelta(hours=1))
    assert walk.clock._listeners == []
