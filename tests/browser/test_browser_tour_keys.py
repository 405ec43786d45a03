"""The whole tour with nothing but a keyboard: by the agency's person and by the client, each on a page of their own."""

import re

from bot.trial.local import Trial
from tests.support.browser_chromium import Desks
from tests.support.browser_keys import Keys

CARD = "#1 · Acme"


async def test_the_whole_tour_by_keys_alone(short: Trial, sit: Desks) -> None:
    mira = Keys(await sit(short.server, "mira"))
    carla = Keys(await sit(short.server, "carla", "acme-shared"))
    await _claim_and_acknowledge(mira)
    await _see_what_arrived(carla)
    await _say_it_before_it_slips(mira)
    await carla.press(carla.screen.button("That works", within=carla.screen.thread))
    await mira.done(7)
    await _see_the_ledger_and_break_something(mira)


async def _claim_and_acknowledge(mira: Keys) -> None:
    screen = mira.screen
    await mira.done(0)
    await mira.press(screen.step("Look at the pile").get_by_role("link", name="Begin"))
    await mira.done(1)
    await mira.press_on(screen.message(CARD), "Claim")
    await mira.done(2)
    label = await screen.named_in_step("Tell them that you heard")
    await mira.press_on(screen.message(CARD), label)
    await mira.send(await screen.window("Reply to #1"))
    await mira.done(3)


async def _see_what_arrived(carla: Keys) -> None:
    screen = carla.screen
    await carla.press(screen.main.get_by_role("link", name="1 reply"))
    await screen.sees("Hi Carla,", within=screen.thread)
    await carla.done(4)


async def _say_it_before_it_slips(mira: Keys) -> None:
    screen = mira.screen
    await mira.press(screen.step("Let time go by").get_by_role("button", name="To the next nudge"))
    await mira.done(5)
    await mira.press(screen.room_link("Headsup"))
    await mira.press_on(screen.message("#1").last, "Send delay update")
    window = await screen.window("Delay update")
    await mira.write(window.get_by_label("What happened"), "The plugin is late.")
    await mira.write(window.get_by_label("What we are doing"), "We write it ourselves.")
    await mira.press(window.get_by_role("button", name="Preview"))
    await mira.send(await screen.window("Reply to #1"))
    await mira.done(6)


async def _see_the_ledger_and_break_something(mira: Keys) -> None:
    screen = mira.screen
    await mira.press(screen.step("See what was promised").get_by_role("link", name="Show me"))
    await screen.holds("/headsup status #1")
    await mira.page.keyboard.press("Enter")
    await mira.done(8)
    await mira.press(screen.step("And now break something").get_by_role("button", name="Show me"))
    await mira.press(screen.side.get_by_role("switch", name="An answer is lost"), "Space")
    await screen.sees("The trap is set.", within=screen.side)
    named = re.search(r"press “(.+?)” on (#\d+)", await screen.step("And now break something").inner_text())
    assert named
    await mira.press_on(screen.card(named[2]), named[1])
    await mira.send(await screen.window("Reply to"))
    await mira.done(9)
