"""A promise that slipped is said openly wherever it is looked at; nothing calls that day calm."""

from datetime import timedelta

import pytest

from tests.support.walk import TEAM, Walk
from tests.support.walk_seeing import words_of


@pytest.fixture
async def slipped(walk: Walk) -> Walk:
    """Request #1 was promised a word, nudged about, and heard nothing."""
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    await walk.later(hours=3, minutes=1)
    await walk.nudged("@mira", "still time")
    await walk.later(hours=1)
    await walk.nudged("@mira", "has come without word")
    await walk.quiet()
    return walk


async def test_the_earlier_nudge_says_that_it_slipped_and_not_that_all_is_done(slipped: Walk):
    first, second = slipped.direct("@mira")
    assert "Nothing left to do" not in words_of(first)
    assert "nothing left to do" not in words_of(first)
    assert "The time came without word" in words_of(first)
    assert "has come without word" in words_of(second)


async def test_lists_and_home_show_the_slipped_promise(slipped: Walk):
    seen = await slipped.driver.slash("mira", TEAM, "/headsup open")
    assert "They were to hear from us by" in seen.text
    slipped.control.open_home("@mira")
    home = await slipped.driver.until("mira", "home", "My requests (1)")
    assert "calm day" not in home
    assert "They were to hear from us by" in home


async def test_the_client_waits_since_they_wrote(slipped: Walk):
    card = await slipped.card(1)
    assert card.slipped is not None
    assert card.request.waiting_since == card.opening[0].at
    assert "they have an answer" not in words_of(slipped.cards()[1])
    await slipped.send(1, "Here is your answer.")
    assert (await slipped.card(1)).request.waiting_since is None


async def test_once_word_has_left_nothing_goes_on_saying_that_they_heard_nothing(slipped: Walk):
    await slipped.send(1, "It takes a little longer.", due=timedelta(hours=2))
    await slipped.quiet()
    for message in slipped.direct("@mira"):
        said = words_of(message)
        assert "They got word" in said
        assert "with a new time" in said
        assert "they have heard nothing" not in said
        assert not [block for block in message["blocks"] if block["type"] == "actions"]
