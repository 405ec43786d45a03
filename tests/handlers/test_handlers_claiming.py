"""Claim, the category that can be changed in place, and who may press at all."""

import asyncio

import pytest
from slack_floor import TEAM, Floor, shown


async def test_a_press_on_claim_makes_its_owner_and_the_card_says_so(floor: Floor):
    number = await floor.request()

    pressed = await floor.press("@mira", "claim_request", number)

    assert pressed.acked
    card = await floor.on_card(number, f"<@{floor.user('@mira')}>")
    assert "claim_request" not in str(card["blocks"])


async def test_of_two_who_press_claim_at_once_one_wins_and_the_other_is_told_who(floor: Floor):
    number = await floor.request()

    both = await asyncio.gather(
        floor.press("@mira", "claim_request", number), floor.press("@jonas", "claim_request", number)
    )

    assert all(one.acked for one in both)
    winner = await floor.owner(number)
    loser = "@jonas" if winner == floor.user("@mira") else "@mira"
    assert "was faster" in shown(await floor.whispered(loser, "was faster"))


async def test_pressing_claim_twice_is_pressing_it_once(floor: Floor):
    number = await floor.request()
    card = floor.card(number)

    for _ in range(2):
        pressed = await floor.control.press("@mira", "claim_request", channel=TEAM, ts=card["ts"], value=None)
        assert pressed.acked

    assert await floor.owner(number) == floor.user("@mira")
    assert floor.control.ephemerals("@mira", TEAM) == []


async def test_a_category_is_changed_in_place(floor: Floor):
    number = await floor.request()

    await floor.control.select("@priya", "set_category", "🚩 Complaint", channel=TEAM, ts=floor.card(number)["ts"])

    await floor.on_card(number, "Complaint: chosen by Priya")


@pytest.mark.parametrize(
    ("who", "word"), [("@gwen", "Please ask a colleague to do it for you."), ("@carla", "Only members of the team")]
)
async def test_a_guest_and_an_outsider_are_refused_with_a_clear_word(floor: Floor, who, word):
    number = await floor.request()
    if who == "@carla":
        floor.control.share(TEAM, "Acme")
        floor.control.invite(TEAM, who)

    pressed = await floor.press(who, "claim_request", number)

    assert pressed.acked
    await floor.whispered(who, word)
    assert await floor.owner(number) is None


async def test_somebody_who_has_just_joined_is_met_and_the_next_press_works(floor: Floor):
    number = await floor.request()
    newcomer = floor.control.add_user("nils")
    floor.server.core.state.channel(TEAM).members.append(newcomer)  # the event of their joining was lost

    await floor.press("@nils", "claim_request", number)
    await floor.whispered("@nils", "now we have")
    await floor.press("@nils", "claim_request", number)

    await floor.on_card(number, f"<@{newcomer}>")
