"""The tour: a person who does what it says finishes it, and it ticks itself off on every page at once."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from bot.trial.local import Trial
from tests.support.browser import Screen
from tests.support.browser_chromium import Desks

CARD = "#30 · Acme"
STEPS = 9


@pytest.mark.xdist_group("morning")
async def test_two_people_finish_the_whole_tour(morning: Trial, sit: Desks) -> None:
    mira, carla = await sit(morning.server, "mira"), await sit(morning.server, "carla", "acme-shared")
    await _begin(mira, carla)
    await _claim_and_acknowledge(mira, carla)
    await _see_what_arrived(mira, carla)
    await _say_it_before_it_slips(mira, carla)
    await _answer(mira, carla)
    await _see_the_ledger(mira, carla)
    await _break_something(mira, carla)
    await expect(mira.side.get_by_text("That was a request's whole day").last).to_be_in_viewport()
    await expect(mira.side.get_by_role("status")).to_contain_text("That was a request's whole day")
    assert all(account.is_right for account in morning.server.companion.briefing.accounts)


async def _done(count: int, *screens: Screen) -> None:
    """Wait until so many steps are ticked off, on every page."""
    await asyncio.gather(*(screen.sees(f"{count} of {STEPS} done", within=screen.side) for screen in screens))


async def _show(mira: Screen, title: str, way: str = "Show me") -> None:
    """Go where a step is done, as it offers; the document stands still, and only its parts scroll."""
    await mira.show_step(title, way)
    await expect(mira.page.locator(":focus")).to_be_in_viewport()
    assert await mira.page.evaluate("() => [scrollX, scrollY, document.body.scrollTop]") == [0, 0, 0]


async def _begin(mira: Screen, carla: Screen) -> None:
    """Whoever comes is told what this is and who they are, and nothing is ticked off for being there."""
    await mira.sees("Headsup sees to it that each of them hears from you in time", within=mira.side)
    await mira.sees("You are Mira, at a small agency", within=mira.side)
    await _done(0, mira, carla)
    await _show(mira, "Look at the pile", "Begin")
    await _done(1, mira, carla)
    await mira.misses("You are Mira, at a small agency", within=mira.side)


async def _claim_and_acknowledge(mira: Screen, carla: Screen) -> None:
    await _show(mira, "Claim #30 from Acme")
    await mira.press("Claim", on=CARD)
    await _done(2, mira, carla)
    await _show(mira, "Tell them that you heard")
    await mira.press(await mira.named_in_step("Tell them that you heard"), on=CARD)
    await mira.window("Reply to #30")
    await mira.press("Send")
    await mira.sees("Sending to Acme · leaves at")
    await mira.close()
    await mira.press("+15 min", within=mira.side)
    await _done(3, mira, carla)


async def _see_what_arrived(mira: Screen, carla: Screen) -> None:
    await carla.open_thread("our contact form")
    await carla.sees("Hi Carla,", within=carla.thread)
    await _done(4, mira, carla)


async def _say_it_before_it_slips(mira: Screen, carla: Screen) -> None:
    await mira.press("To the next nudge", within=mira.step("Let time go by"))
    await _done(5, mira, carla)
    await _show(mira, "Say it before it slips")
    await expect(mira.main.get_by_role("heading", level=1)).to_have_text("Headsup")
    await mira.press("Send delay update", on="#30")
    window = await mira.window("Delay update")
    await mira.fill("What happened", "Their host has blocked the form's mails.")
    await mira.fill("What we are doing", "We are on the phone with them.")
    await mira.press("Preview", within=window)
    await mira.press("Send", within=await mira.window("Reply to #30"))
    await mira.sees("Sending to Acme · leaves at")
    await mira.close()
    await mira.press("+15 min", within=mira.side)
    await _done(6, mira, carla)


async def _answer(mira: Screen, carla: Screen) -> None:
    await carla.sees("Their host has blocked the form's mails.", within=carla.thread)
    await carla.press("That works", within=carla.thread)
    await mira.sees("“That works.”", within=mira.main)
    await _done(7, mira, carla)


async def _see_the_ledger(mira: Screen, carla: Screen) -> None:
    await _show(mira, "See what was promised")
    await mira.holds("/headsup status #30")
    await expect(mira.composer()).to_be_focused()
    await mira.page.keyboard.press("Enter")
    await mira.sees("Moved before it was due")
    await _done(8, mira, carla)


async def _break_something(mira: Screen, carla: Screen) -> None:
    await _show(mira, "And now break something")
    lost = mira.side.get_by_role("switch", name="An answer is lost")
    await expect(lost).to_be_focused()
    await expect(lost).to_be_in_viewport()
    await lost.press("Space")
    await mira.sees("The trap is set.", within=mira.side)
    said = await mira.step("And now break something").inner_text()
    number = re.search("on (#[0-9]+) and", said)
    assert number, said
    await expect(mira.card(number[1])).to_contain_text("The menu on the new site covers our logo")
    await _show(mira, "And now break something")
    button = mira.button(await mira.named_in_step("And now break something"), within=mira.card(number[1]))
    await expect(button).to_be_focused()
    await button.click()
    await mira.window("Reply to")
    await mira.press("Send")
    await mira.sees("Sending to")
    await mira.close()
    await mira.press("+15 min", within=mira.side)
    await _done(9, mira, carla)
