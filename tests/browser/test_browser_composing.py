"""Writing: slash commands with completion, a message's menu, and words that only one person sees."""

import re

from playwright.async_api import expect

from tests.support.browser_chromium import Desks
from tests.support.walk import Walk

ONLY_YOU = re.compile("only (visible to )?you", re.IGNORECASE)


async def test_a_slash_command_is_completed_while_it_is_typed(agency: Walk, sit: Desks) -> None:
    mira = await sit(agency.server, "mira")
    await mira.composer().press_sequentially("/he")
    offered = mira.page.get_by_role("option", name="/headsup")
    await expect(offered.first).to_be_visible()
    await mira.page.keyboard.press("Tab")
    await expect(mira.composer()).to_have_value(re.compile(r"^/headsup ?$"))
    await mira.page.keyboard.press("Escape")
    await mira.composer().fill("/headsup help")
    await mira.composer().press("Enter")
    await mira.sees("/headsup status [#n")
    await expect(mira.composer()).to_have_value("")


async def test_what_only_one_person_sees_the_other_does_not(agency: Walk, sit: Desks) -> None:
    mira, jonas = await sit(agency.server, "mira"), await sit(agency.server, "jonas")
    await mira.say("/headsup open")
    await mira.sees(ONLY_YOU)
    await mira.say("Everybody reads this")
    await jonas.sees("Everybody reads this")
    await jonas.misses(ONLY_YOU)


async def test_a_message_becomes_a_request_by_its_menu(agency: Walk, sit: Desks) -> None:
    mira = await sit(agency.server, "mira", "beta-shared")
    agency.control.say("@mira", "#beta-shared", "Beta phoned: the form on their page is broken.")
    message = mira.message("Beta phoned")
    await message.hover()
    await mira.button("More actions", within=message).click()
    await mira.page.get_by_role("menuitem", name="Make a client request").click()
    window = await mira.window("New client request")
    await mira.sees("the form on their page is broken", within=window)
    await mira.fill("Client", "Beta GmbH")
    await mira.press("Create", within=window)
    await mira.sees("This is #1 now.", within=await mira.window())
    await mira.close()
    await mira.go("requests")
    await mira.sees("#1 · Beta GmbH")


async def test_a_wrong_field_is_said_at_the_field(agency: Walk, sit: Desks) -> None:
    number = await agency.asked()
    mira = await sit(agency.server, "mira")
    await mira.press("Acknowledge, checked within 4 h", on=f"#{number} · Acme")
    window = await mira.window(f"Reply to #{number}")
    words = window.get_by_label("Your words")
    await words.fill("")
    await mira.press("Send", within=window)
    await expect(words).to_have_attribute("aria-invalid", "true")
    await expect(words).to_be_focused()
    await words.fill("Thank you, we look into it.")
    await mira.press("Send", within=window)
    await mira.sees("Sending to Acme · leaves at")
