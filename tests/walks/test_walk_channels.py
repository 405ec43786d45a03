"""Channels change under our feet: removed from, renamed, archived, shared, another id."""

from datetime import timedelta

from tests.support.walk import ACME, TEAM, Walk, until
from tests.support.walk_seeing import words_of


async def test_being_removed_from_a_clients_channel_is_said_and_replies_go_by_hand(walk: Walk):
    number = await walk.asked()
    walk.control.remove(ACME, "@headsup")
    await walk.control.settle()
    assert "no longer in #acme-shared" in words_of(await walk.review(number))
    await until(
        lambda: [m for m in walk.control.messages(TEAM) if "#acme-shared" in words_of(m) and not m.get("ephemeral")],
        "the team to be told",
    )
    await walk.control.close("@mira", everything=True)
    walk.control.invite(ACME, "@headsup")
    await walk.control.settle()
    assert "#acme-shared" in words_of(await walk.review(number))


async def test_a_reply_under_way_when_headsup_is_removed_asks_a_person(walk: Walk):
    number = await walk.asked()
    await walk.approve(number, "These words.", due=timedelta(hours=4))
    walk.control.remove(ACME, "@headsup")
    await walk.control.settle()
    await walk.later(seconds=11)
    await walk.on_card(number, "did not reach #acme-shared")
    await walk.nudged("@mira", "reply needs you")
    walk.control.invite(ACME, "@headsup")
    await walk.control.settle()
    await walk.press("@mira", "retry_reply", number)
    await walk.client_reads("These words.")
    await walk.outcomes_are(number, ["open"])


async def test_what_was_written_while_headsup_was_not_in_the_channel_is_read_when_it_is_back(walk: Walk):
    await walk.asked()
    walk.control.remove(ACME, "@headsup")
    await walk.control.settle()
    await walk.later(minutes=10)
    walk.control.say("@carla", ACME, "Anybody there?")
    await walk.control.settle()
    walk.control.invite(ACME, "@headsup")
    await walk.control.settle()
    walk.control.drop()
    await until(lambda: any("Anybody there?" in words_of(card) for card in walk.cards().values()), "the message")


async def test_a_renamed_channel_keeps_its_client_and_shows_its_new_name(walk: Walk):
    number = await walk.asked()
    walk.control.rename(ACME, "acme-and-us")
    await walk.control.settle()
    assert "#acme-and-us" in words_of(await walk.review(number))
    await walk.control.close("@mira", everything=True)
    walk.clock.move(timedelta(minutes=10))
    walk.control.say("@carla", "#acme-and-us", "One more thing, please.")
    await until(lambda: len(walk.numbers()) == 2, "a request from the renamed channel")


async def test_a_channel_whose_id_changed_keeps_its_client_its_requests_and_its_replies(walk: Walk):
    number = await walk.asked()
    new = walk.control.change_channel_id(ACME)
    await walk.control.settle()
    await walk.send(number, "Found you again.")
    await walk.client_reads("Found you again.")
    walk.clock.move(timedelta(minutes=10))
    walk.control.say("@carla", ACME, "One more thing, please.")
    await until(lambda: len(walk.numbers()) == 2, "a request from the channel's new id")
    assert new == walk.id(ACME)


async def test_a_channel_that_was_linked_before_it_was_shared_takes_the_client_in(walk: Walk):
    walk.control.add_channel("gamma", members=["@mira", "@headsup"])
    team = walk.control.add_team("Gamma Ltd")
    gus = walk.control.add_user("gus", team=team, real_name="Gus Holm", tz="Europe/Oslo")
    await walk.link("#gamma", "Gamma")
    walk.control.share("#gamma", team)
    walk.control.invite("#gamma", gus)
    await walk.control.settle()
    walk.control.say("@gus", "#gamma", "Hello, could you send the offer?")
    number = await until(lambda: next(iter(walk.numbers()), None), "the card")
    await walk.on_card(number, "Gus Holm")


async def test_an_archived_channel_is_left_alone_and_taken_up_again(walk: Walk):
    number = await walk.asked()
    walk.control.archive(ACME)
    await walk.control.settle()
    assert "no longer in #acme-shared" in words_of(await walk.review(number))
    await walk.control.close("@mira", everything=True)
    walk.control.archive(ACME, archived=False)
    await walk.control.settle()
    await walk.send(number, "Here again.")
    await walk.client_reads("Here again.")


async def test_being_removed_from_the_team_channel_is_seen(walk: Walk):
    await walk.link()
    walk.control.remove(TEAM, "@headsup")
    await walk.control.settle()
    await walk.orbit.ask(walk.url, "The page is blank.")
    assert walk.process is not None
    process = walk.process

    async def seen() -> bool:
        return any("channel" in problem for problem in (await process.health()).problems)

    await until(seen, "the missing team channel in the health")
    walk.control.invite(TEAM, "@headsup")
    await until(lambda: len(walk.numbers()) == 1, "the card after coming back")
