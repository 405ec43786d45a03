"""A bad day for the app: nothing is lost or doubled on the screen of the owner, nor on the client's."""

from functools import partial

import pytest
from playwright.async_api import expect

from bot.trial.local import Trial
from tests.support.browser import Screen
from tests.support.browser_chromium import Desks
from tests.support.walk_ground import until

CARD = "#1 · Acme"


@pytest.mark.parametrize("fault", ["Slack answers slowly", "Slack asks to slow down (429)", "An answer is lost"])
async def test_a_reply_arrives_once_whatever_slack_does(short: Trial, sit: Desks, fault: str) -> None:
    mira, carla = await sit(short.server, "mira"), await sit(short.server, "carla", "acme-shared")
    await carla.open_thread("careers page")
    await _approve(mira)
    await _switch(mira, fault)
    await mira.press("+15 min", within=mira.side)
    await carla.sees("Hi Carla,", within=carla.thread, seconds=30)
    await mira.sees("sent to #acme-shared", within=mira.message(CARD))
    await _once(short, mira, carla)


async def test_when_nobody_can_know_a_person_decides(short: Trial, sit: Desks) -> None:
    """While Slack is down nobody can tell whether the words arrived, and they are never sent twice by themselves."""
    mira, carla = await sit(short.server, "mira"), await sit(short.server, "carla", "acme-shared")
    await carla.open_thread("careers page")
    await _approve(mira)
    await _switch(mira, "Slack is down")
    await mira.press("+15 min", within=mira.side)
    tried = partial(short.server.journal.calls, "chat.postMessage")
    await until(lambda: any(call.fault for call in tried()), "the app to have tried to send the words")
    await mira.press("Clear all", within=mira.side)
    await mira.press("+15 min", within=mira.side)
    await mira.sees("we cannot tell whether it arrived", within=mira.message(CARD), seconds=30)
    await carla.misses("Hi Carla,", within=carla.thread)
    await mira.press("Send again", on=CARD)
    await mira.press("Send again", within=await mira.window("Send it again?"))
    await mira.misses("we cannot tell whether it arrived", within=mira.message(CARD))
    await mira.press("+15 min", within=mira.side)
    await carla.sees("Hi Carla,", within=carla.thread)
    await _once(short, mira, carla)


async def test_presses_and_words_outlive_a_cut_connection(short: Trial, sit: Desks) -> None:
    mira, carla = await sit(short.server, "mira"), await sit(short.server, "carla", "acme-shared")
    await _open_faults(mira)
    await mira.press("Cut the connection", within=mira.side)
    await carla.say("One more thing: the phone number on the contact page is wrong.")
    await mira.sees("the phone number on the contact page is wrong", within=mira.main, seconds=20)
    await mira.press("Claim", on=CARD)
    await mira.sees("Mira Lahtinen", within=mira.message(CARD))
    await expect(carla.message("the phone number on the contact page is wrong")).to_have_count(1)
    await expect(mira.message("the phone number on the contact page is wrong")).to_have_count(1)


async def _open_faults(mira: Screen) -> None:
    await mira.side.get_by_role("heading", name="When things go wrong").click()


async def _switch(mira: Screen, fault: str) -> None:
    await _open_faults(mira)
    await mira.side.get_by_role("switch", name=fault).click()
    await expect(mira.side.get_by_role("switch", name=fault)).to_be_checked()


async def _approve(mira: Screen) -> None:
    await mira.press("Acknowledge", on=CARD)
    await mira.window("Reply to #1")
    await mira.press("Send")
    await mira.sees("Sending to Acme · leaves at")
    await mira.close()


async def _once(short: Trial, mira: Screen, carla: Screen) -> None:
    """Both see one reply and one card, and the page's own accounts agree."""
    await expect(carla.message("Hi Carla,", within=carla.thread)).to_have_count(1)
    await expect(mira.message(CARD)).to_have_count(1)

    def agree() -> bool:
        accounts = short.server.companion.briefing.accounts
        return bool(accounts) and all(account.is_right for account in accounts)

    await until(agree, f"the accounts to agree: {short.server.companion.briefing.accounts}")
    await mira.misses("lost", within=mira.side.get_by_role("table"))
    await mira.misses("twice", within=mira.side.get_by_role("table"))
