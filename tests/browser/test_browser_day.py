"""The day of a request, lived by two people on two pages at once: Mira of the agency and Carla, the client."""

import re
from datetime import timedelta

from playwright.async_api import expect

from tests.support.browser import Screen
from tests.support.browser_chromium import Desks
from tests.support.walk import Walk

ASKED = "The invoice has the wrong VAT number. Can you send a new one?"
CARD = "#1 · Acme"


async def test_two_people_live_through_a_request(agency: Walk, sit: Desks) -> None:
    mira, carla = await sit(agency.server, "mira", "acme-shared"), await sit(agency.server, "carla", "acme-shared")
    await _link(mira)
    await _ask_and_claim(mira, carla)
    await _acknowledge_after_an_undo(agency, mira, carla)
    await _tell_before_it_slips(agency, mira, carla)
    await _let_the_client_answer(mira, carla)
    await _see_the_ledger(mira)


async def _link(mira: Screen) -> None:
    await mira.say("/headsup client")
    await mira.press("Link to a client", within=mira.main)
    window = await mira.window("Link")
    await mira.fill("Whose channel is it?", "Acme")
    await mira.submit(window)
    await mira.window("Linked")
    await mira.close()


async def _ask_and_claim(mira: Screen, carla: Screen) -> None:
    await carla.say(ASKED)
    await mira.go("requests")
    await mira.sees("Billing: a guess, because of “invoice”", within=mira.message(CARD))
    await mira.press("Claim", on=CARD)
    await mira.sees("Mira Lahtinen", within=mira.message(CARD))
    await mira.misses("Nobody yet")


async def _acknowledge_after_an_undo(agency: Walk, mira: Screen, carla: Screen) -> None:
    await mira.press("Acknowledge, checked within 4 h", on=CARD)
    await mira.sees("To Acme · #acme-shared", within=await mira.window("Reply to #1"))
    await mira.press("Send")
    await mira.sees("Sending to Acme · leaves at")
    await mira.press("Undo")
    await mira.window("Reply to #1")
    await carla.misses("Hi Carla,")
    await mira.press("Send")
    await mira.sees("Sending to Acme · leaves at")
    await mira.close()
    await agency.later(seconds=11)
    await carla.open_thread(ASKED)
    await carla.sees("Hi Carla,", within=carla.thread)
    await mira.sees("Acknowledgement sent to", within=mira.message(CARD))
    await expect(carla.message("Hi Carla,", within=carla.thread)).to_have_count(1)


async def _tell_before_it_slips(agency: Walk, mira: Screen, carla: Screen) -> None:
    await agency.later(hours=3, minutes=1)
    await mira.go("Headsup")
    await mira.sees("there is still time to say so")
    await mira.press("Send delay update", on="#1")
    window = await mira.window("Delay update")
    await mira.fill("What happened", "The new number was rejected by the tax office.")
    await mira.fill("What we are doing", "We call them this afternoon.")
    await mira.fill_time("The new time", agency.clock.now() + timedelta(hours=5))
    await mira.press("Preview", within=window)
    await expect((await mira.window()).get_by_label("Your words")).to_have_value(
        re.compile("rejected by the tax office")
    )
    await mira.press("Send")
    await mira.sees("Sending to Acme · leaves at")
    await mira.close()
    await agency.later(seconds=11)
    await carla.sees("rejected by the tax office", within=carla.thread)


async def _let_the_client_answer(mira: Screen, carla: Screen) -> None:
    await carla.press("That works", within=carla.thread)
    await carla.sees("It stays as promised", within=carla.thread)
    await mira.sees("“That works.”")
    await mira.go("requests")
    await mira.sees("the client said “That works”", within=mira.message(CARD))


async def _see_the_ledger(mira: Screen) -> None:
    await mira.say("/headsup status #1")
    await mira.sees("Moved before it was due")
    await mira.go("Home")
    await mira.sees("My promises, by time (1)")
