"""Claim, and the category that can be changed in place."""

import asyncio

from slack_floor import Floor, shown


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
