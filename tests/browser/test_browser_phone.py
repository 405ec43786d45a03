"""A phone's width: nothing hangs over the edge, and everything is within a thumb's reach."""

import pytest
from playwright.async_api import expect

from tests.support.browser import Screen
from tests.support.browser_chromium import PHONE, Desks
from tests.support.walk import Walk

CARD = "#1 · Acme"
NARROW = {**PHONE, "viewport": {"width": 320, "height": 640}}
_SMALL = """() => [...document.querySelectorAll("button, a[href], input, select, textarea, summary, [role=button]")]
  .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .map(one => [one.closest("label") || one, one])
  .map(([area, one]) => [area.getBoundingClientRect(), one])
  .filter(([box, one]) => box.width > 1 && box.height > 1 && getComputedStyle(one).display !== "inline")
  .filter(([box]) => box.height < 24 || box.width < 24)
  .map(([box, one]) => `${one.tagName} ${one.getAttribute("aria-label") || one.textContent.trim()} ` +
    `${Math.round(box.width)}×${Math.round(box.height)}`)"""


@pytest.mark.parametrize("phone", [PHONE, NARROW], ids=["390", "320"])
async def test_nothing_hangs_over_the_edge(agency: Walk, sit: Desks, phone: dict[str, object]) -> None:
    await agency.asked()
    agency.control.say("@carla", "#acme-shared", "https://acme.example/" + "a" * 300)
    mira = await sit(agency.server, "mira", **phone)
    for room in ("requests", "acme-shared", "dm", "home", "general"):
        await mira.open(as_="mira", room=room)
        await _fits(mira, room)
    await mira.open(as_="mira", room="requests", thread=agency.cards()[1]["ts"])
    await _fits(mira, "thread")


async def test_a_request_is_answered_by_touch(agency: Walk, sit: Desks) -> None:
    await agency.asked()
    mira = await sit(agency.server, "mira", "general", **PHONE)
    await mira.tap_room("requests")
    await mira.button("Claim", on=CARD).tap()
    await mira.sees("Mira Lahtinen", within=mira.message(CARD))
    await mira.button("Acknowledge, checked within 4 h", on=CARD).tap()
    window = await mira.window("Reply to #1")
    await _fits(mira, "window")
    await mira.button("Send", within=window).tap()
    await mira.sees("Sending to Acme · leaves at")
    await mira.close()
    await agency.later(seconds=11)
    await mira.sees("Acknowledgement sent to", within=mira.message(CARD))


async def test_what_is_pressed_is_large_enough_for_a_thumb(agency: Walk, sit: Desks) -> None:
    await agency.asked()
    mira = await sit(agency.server, "mira", **PHONE)
    await expect(mira.button("Claim", on=CARD)).to_be_visible()
    assert await mira.page.evaluate(_SMALL) == []
    box = await mira.button("Claim", on=CARD).bounding_box()
    assert box is not None
    assert box["height"] >= 44


async def _fits(screen: Screen, where: str) -> None:
    """Nothing scrolls sideways but what is made for it."""
    wide = await screen.page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{where} hangs {wide} px over the edge"
