"""What happens in Slack by itself: messages, edits, people and channels that come and go."""

from datetime import datetime, timedelta

from slack_floor import CLIENT, TEAM, Floor, shown
from structlog.testing import capture_logs

from bot.services import people
from bot.services.arriving import linking


async def test_a_clients_edit_and_deletion_show_on_the_card(floor: Floor):
    number = await floor.request("Please change the logo.")
    said = next(m for m in floor.control.messages(CLIENT) if m["user"] == floor.user("@carla"))

    floor.control.edit("@carla", CLIENT, said["ts"], "Please change the logo to blue.")
    await floor.on_card(number, "to blue.")
    assert "(edited)" in shown(floor.card(number))
    floor.control.delete("@carla", CLIENT, said["ts"])

    await floor.on_card(number, "deleted this message")


async def test_a_members_words_are_no_request_and_the_clients_reply_joins_its_thread(floor: Floor):
    number = await floor.request("Is the new page ready?")
    root = next(m for m in floor.control.messages(CLIENT) if m["user"] == floor.user("@carla"))

    floor.control.say("@jonas", CLIENT, "We look at it.", thread_ts=root["ts"])
    floor.control.say("@carla", CLIENT, "Thank you, no hurry.", thread_ts=root["ts"])

    await floor.until(lambda: len(floor.card(number)["replies"]) == 2)
    mirrored = [shown(reply) for reply in floor.card(number)["replies"]]
    assert "We look at it." in mirrored[0]
    assert "no hurry" in mirrored[1]
    assert len(floor.cards()) == 1


async def test_what_is_said_in_the_teams_thread_stays_there(floor: Floor):
    number = await floor.request()

    floor.control.say("@jonas", TEAM, "They always complain.", thread_ts=floor.card(number)["ts"])
    await floor.control.settle()

    assert floor.client_posts() == []


async def test_a_message_written_while_the_link_drops_is_one_request(floor: Floor):
    await floor.link()
    floor.control.drop()
    floor.control.say("@carla", CLIENT, "The site is slow.")
    await floor.until(floor.cards)
    await floor.control.settle()

    assert len(floor.cards()) == 1


async def test_joining_and_leaving_the_team_channel_makes_and_unmakes_a_member(floor: Floor):
    nils = floor.control.add_user("nils")

    async def is_member() -> bool:
        found = await floor.desk.read(people.member, user=nils)
        return found is not None and found.active

    async def is_none() -> bool:
        return not await is_member()

    floor.control.invite(TEAM, "@nils")
    await floor.until_async(is_member)
    floor.control.remove(TEAM, "@nils")
    await floor.until_async(is_none)


async def test_a_person_who_is_deactivated_can_no_longer_act(floor: Floor):
    async def is_gone() -> bool:
        found = await floor.desk.read(people.member, user=floor.user("@priya"))
        return found is not None and not found.active

    floor.control.set_user("@priya", deleted=True)

    await floor.until_async(is_gone)


async def test_who_wants_not_to_be_disturbed_is_followed_until_it_is_over(floor: Floor):
    now = floor.desk.clock.now().replace(microsecond=0)

    async def until() -> datetime | None:
        found = await floor.desk.read(people.member, user=floor.user("@mira"))
        assert found is not None
        return found.dnd_until

    async def begun() -> bool:
        return await until() == now + timedelta(hours=1)

    async def over() -> bool:
        return await until() is None

    floor.control.set_user("@mira", dnd=[int(now.timestamp()) - 5, int(now.timestamp()) + 3600])
    await floor.until_async(begun)
    floor.control.set_user("@mira", dnd=[int(now.timestamp()) + 7200, int(now.timestamp()) + 9000])
    await floor.until_async(over)
    floor.control.set_user("@carla", dnd=[int(now.timestamp()), int(now.timestamp()) + 3600])
    await floor.control.settle()
    assert await floor.desk.read(people.member, user=floor.user("@carla")) is None


async def test_a_renamed_channel_is_followed(floor: Floor):
    await floor.link()

    async def is_renamed() -> bool:
        profile = await floor.desk.read(linking.channel_of, channel=floor.channel("#acme-new"))
        return profile is not None and profile.channels[0].name == "acme-new"

    floor.control.rename(CLIENT, "acme-new")

    await floor.until_async(is_renamed)


async def test_being_removed_from_a_clients_channel_is_said_in_the_team_channel(floor: Floor):
    await floor.link()

    floor.control.remove(CLIENT, "@headsup")

    await floor.until(lambda: any("removed from #acme-shared" in m["text"] for m in floor.control.messages(TEAM)))


async def test_a_channel_whose_id_changes_keeps_its_client(floor: Floor):
    await floor.link()

    new = floor.control.change_channel_id(CLIENT)

    async def is_followed() -> bool:
        return await floor.desk.read(linking.channel_of, channel=new) is not None

    await floor.until_async(is_followed)


async def test_a_revoked_token_is_noticed_and_nothing_breaks(floor: Floor):
    with capture_logs() as logs:
        floor.control.revoke_tokens()
        await floor.until(lambda: [log for log in logs if log.get("action") == "tokens_revoked"])

    pressed = await floor.control.slash("@mira", "/headsup", "open", channel=TEAM)
    assert pressed.acked
