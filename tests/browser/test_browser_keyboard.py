"""The same day with nothing but a keyboard."""

from playwright.async_api import expect

from tests.support.browser_chromium import Desks
from tests.support.browser_keys import Keys
from tests.support.walk import Walk

CARD = "#1 · Acme"


async def test_a_request_is_claimed_and_answered_by_keys_alone(agency: Walk, sit: Desks) -> None:
    await agency.asked()
    mira = await sit(agency.server, "mira", "general")
    keys = Keys(mira)
    await keys.press(mira.room_link("requests"))
    await keys.press(mira.button("Claim", on=CARD))
    await mira.sees("Mira Lahtinen", within=mira.message(CARD))
    await keys.press(mira.button("Acknowledge, checked within 4 h", on=CARD))
    window = await mira.window("Reply to #1")
    await keys.write(window.get_by_label("Your words"), "Thank you, we look into it today.")
    await keys.press(mira.button("Send", within=window))
    await mira.sees("Sending to Acme · leaves at")
    await mira.page.keyboard.press("Escape")
    await mira.window_is_gone()
    await agency.later(seconds=11)
    await mira.sees("Acknowledgement sent to", within=mira.message(CARD))


async def test_focus_stays_where_it_was_when_the_page_changes(agency: Walk, sit: Desks) -> None:
    """A card that is shown anew under one's fingers keeps them where they are, and what was typed stays."""
    await agency.asked()
    mira = await sit(agency.server, "mira")
    keys = Keys(mira)
    await keys.reach(mira.button("More about", on=CARD))
    await agency.press("@jonas", "claim_request", 1)
    await mira.sees("Jonas Weber", within=mira.message(CARD))
    await expect(mira.button("More about", on=CARD)).to_be_focused()
    await keys.write(mira.composer(), "Half a sen")
    agency.control.say("@sam", "#requests", "Good morning, all!")
    await mira.sees("Good morning, all!")
    await expect(mira.composer()).to_be_focused()
    await mira.holds("Half a sen")


async def test_a_window_keeps_the_keys_and_gives_them_back(agency: Walk, sit: Desks) -> None:
    await agency.asked()
    mira = await sit(agency.server, "mira")
    keys = Keys(mira)
    await keys.press(mira.button("More about", on=CARD))
    window = await mira.window("More")
    for _ in range(30):
        await mira.page.keyboard.press("Tab")
        inside = "e => e.contains(document.activeElement) || document.activeElement === document.body"
        assert await window.evaluate(inside)
    await mira.page.keyboard.press("Escape")
    await mira.window_is_gone()
    await expect(mira.button("More about", on=CARD)).to_be_focused()


async def test_the_first_tab_leads_past_the_rooms_to_the_messages(agency: Walk, sit: Desks) -> None:
    mira = await sit(agency.server, "mira")
    await mira.page.keyboard.press("Tab")
    skip = mira.page.get_by_role("link", name="To the messages")
    await expect(skip).to_be_focused()
    await mira.page.keyboard.press("Enter")
    await expect(mira.main).to_be_focused()
