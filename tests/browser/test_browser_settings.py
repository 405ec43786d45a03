"""Settings on the page: read in plain words, changed in windows, refused at the field."""

import re

from playwright.async_api import Locator, expect

from tests.support.browser import Screen
from tests.support.browser_axe import findings
from tests.support.browser_chromium import PHONE, Desks
from tests.support.walk import Walk


async def settings(sit: Desks, agency: Walk, **how: object) -> tuple[Screen, Locator]:
    """Open the settings from App Home."""
    mira = await sit(agency.server, "mira", "home", **how)
    await mira.press("Settings", within=mira.main)
    return mira, await mira.window("Settings")


async def test_the_teams_hours_are_changed_where_they_are_read(agency: Walk, sit: Desks) -> None:
    mira, window = await settings(sit, agency)
    await mira.sees("The team works", within=window)
    assert await findings(mira) == []
    await mira.press("Team hours")
    form = await mira.window("Team hours")
    await mira.fill("When does the team work?", "Mon 09:00-12:00 11:00-15:00")
    await mira.press("Save", within=form)
    await expect(form.get_by_label("When does the team work?")).to_have_accessible_description(
        re.compile("Monday 09:00-12:00 and Monday 11:00-15:00 cross each other; make one of them shorter.")
    )
    assert await findings(mira) == []
    await mira.fill("When does the team work?", "Mon-Thu 8-16, Fri 8-13")
    await mira.press("Save", within=form)
    await mira.sees("Mon–Thu 08:00–16:00, Fri 08:00–13:00", within=await mira.window("Saved"))
    await mira.press("Back to Settings")
    await mira.sees("Mon–Thu 08:00–16:00, Fri 08:00–13:00", within=await mira.window("Settings"))


async def test_every_window_of_the_settings_can_be_used_by_everybody(agency: Walk, sit: Desks) -> None:
    """Each is looked at by axe, on a phone and in the dark, as the lead, who sees all of them."""
    sam = await sit(agency.server, "sam", "home", color_scheme="dark", **PHONE)
    await sam.press("Settings", within=sam.main)
    await sam.press("Team hours")
    form = await sam.window("Team hours")
    await form.get_by_label("Whose public holidays are days off?").click()
    await sam.page.keyboard.type("Finland")
    await sam.page.keyboard.press("Enter")
    await expect(form.get_by_label("Which part of the country?")).to_be_visible()
    assert await findings(sam) == []
    await sam.press("Save", within=form)
    await sam.press("Back to Settings", within=await sam.window("Saved"))
    for button, title in (
        ("Confirm 20", "Holidays"),
        ("Special days", "Special days"),
        ("My hours", "My hours"),
        ("Away words", "Away words"),
    ):
        await sam.press(button, within=await sam.window("Settings"))
        await sam.window(title)
        assert await findings(sam) == []
        await sam.press("Back to Settings")
    await sam.window("Settings")
    assert await findings(sam) == []
