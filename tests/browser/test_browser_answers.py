"""What comes of one's own words is seen, wherever in the room one was reading; what others do moves nobody."""

import re

from playwright.async_api import expect

from tests.support.browser import Screen
from tests.support.browser_chromium import Desks
from tests.support.walk import Walk, until


async def reading(agency: Walk, sit: Desks) -> Screen:
    """Mira reads what was said long ago."""
    for number in range(45):
        agency.control.say("jonas", "#requests", f"Old words, number {number}.")
    mira = await sit(agency.server, "mira", "requests")
    await mira.message("number 0.").scroll_into_view_if_needed()
    await expect(mira.button("Jump to newest")).to_be_visible()
    return mira


async def test_the_answer_to_a_command_is_seen_wherever_one_was_reading(agency: Walk, sit: Desks) -> None:
    mira = await reading(agency, sit)
    await mira.say("/headsup help settings")
    await expect(mira.message("Only visible to you")).to_be_in_viewport()
    await expect(mira.button("Jump to newest")).to_be_hidden()
    await expect(mira.composer()).to_be_focused()


async def test_of_an_answer_longer_than_the_room_the_beginning_is_seen(agency: Walk, sit: Desks) -> None:
    mira = await reading(agency, sit)
    await mira.page.set_viewport_size({"width": 1200, "height": 420})
    await mira.say("/headsup help")
    await expect(mira.message("Only visible to you").get_by_text("Only visible to you")).to_be_in_viewport()


async def test_ones_own_words_are_seen_wherever_one_was_reading(agency: Walk, sit: Desks) -> None:
    mira = await reading(agency, sit)
    await mira.say("Good morning!")
    await expect(mira.message("Good morning!")).to_be_in_viewport()


async def test_what_others_say_leaves_a_reader_where_they_are(agency: Walk, sit: Desks) -> None:
    mira = await reading(agency, sit)
    agency.control.say("jonas", "#requests", "News!")
    await expect(mira.message("News!")).to_be_attached()
    await expect(mira.message("number 0.")).to_be_in_viewport()
    await expect(mira.button("Jump to newest")).to_be_visible()


async def test_a_window_that_a_command_opens_leaves_a_reader_where_they_are(agency: Walk, sit: Desks) -> None:
    mira = await reading(agency, sit)
    await mira.say("/headsup settings")
    window = await mira.window("")
    await expect(window).to_be_visible()
    agency.control.say("jonas", "#requests", "News!")
    await expect(mira.message("News!")).to_be_attached()
    await until(lambda: agency.control.views("mira"), "the window")
    await mira.page.keyboard.press("Escape")
    await mira.window_is_gone()
    await expect(mira.message("number 0.")).to_be_in_viewport()


async def test_who_scrolls_on_before_the_answer_comes_is_not_pulled_back_twice(agency: Walk, sit: Desks) -> None:
    """The answer is brought into view once; from then on one reads where one likes."""
    mira = await reading(agency, sit)
    await mira.say("/headsup help settings")
    await expect(mira.message("Only visible to you")).to_be_in_viewport()
    await mira.message("number 0.").scroll_into_view_if_needed()
    agency.control.say("jonas", "#requests", "News!")
    await expect(mira.message("News!")).to_be_attached()
    await expect(mira.message("number 0.")).to_be_in_viewport()
    assert re.search("Jump", await mira.button("Jump to newest").inner_text())
