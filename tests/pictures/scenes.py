"""The scenes, in the order of a day: each goes on where the one before ended, and yields its pictures by name."""

from collections.abc import AsyncIterator, Callable

from tests.pictures.day import Day, picture
from tests.support.browser import Screen
from tests.support.browser_chromium import PHONE

Pictures = AsyncIterator[tuple[str, bytes]]
Scene = Callable[[Day], Pictures]

NUMBER = "#30"
CARD = f"{NUMBER} · Acme"
ASKED = "our contact form"


async def morning(day: Day) -> Pictures:
    """The pile in the team's channel, in light and dark, and the card that the day is about."""
    for name, scheme in (("card", "light"), ("dark", "dark")):
        mira = await day.sit("mira", color_scheme=scheme)
        await _newest(mira)
        await mira.sees("0 of 9 done", within=mira.side)
        yield name, await picture(mira)
        await mira.context.close()


async def phone(day: Day) -> Pictures:
    """The same card on a phone."""
    mira = await day.sit("mira", **PHONE)
    await mira.press("Close the panel")
    await _newest(mira)
    yield "phone", await picture(mira)


async def review(day: Day) -> Pictures:
    """What will leave, before it leaves."""
    mira = await day.sit("mira")
    await mira.press("Claim", on=CARD)
    await mira.sees("Mira Lahtinen", within=mira.message(CARD))
    await mira.press(await mira.named_in_step("Tell them that you heard"), on=CARD)
    await mira.window(f"Reply to {NUMBER}")
    yield "review", await picture(mira)
    await mira.press("Send")
    await mira.sees("Sending to Acme · leaves at")
    await mira.close()
    await mira.press("+15 min", within=mira.side)
    await mira.sees("3 of 9 done", within=mira.side)


async def nudge(day: Day) -> Pictures:
    """Before the promise slips, the owner is told."""
    mira, carla = await day.sit("mira"), await day.sit("carla", "acme-shared")
    await carla.open_thread(ASKED)
    await mira.sees("4 of 9 done", within=mira.side)
    await mira.press("To the next nudge", within=mira.step("Let time go by"))
    await mira.sees("5 of 9 done", within=mira.side)
    await mira.go("Headsup")
    await mira.sees("there is still time to say so")
    await mira.fold_side()
    yield "nudge", await picture(mira)


async def delay(day: Day) -> Pictures:
    """The client hears the new time before the old one has passed, and keeps the choice."""
    mira = await day.sit("mira", "dm")
    await mira.press("Send delay update", on=NUMBER)
    window = await mira.window("Delay update")
    await mira.fill("What happened", "Your host has switched off the old mail gateway that the form uses.")
    await mira.fill("What we are doing", "We are moving the form to the new one, and test it with you today.")
    await mira.press("Preview", within=window)
    await mira.press("Send", within=await mira.window(f"Reply to {NUMBER}"))
    await mira.sees("Sending to Acme · leaves at")
    await mira.close()
    await mira.press("+15 min", within=mira.side)
    carla = await day.sit_alone("carla", "acme-shared")
    await carla.open_thread(ASKED)
    await carla.sees("the old mail gateway", within=carla.thread)
    yield "delay", await picture(carla)
    await carla.press("That works", within=carla.thread)
    await mira.sees("“That works.”", within=mira.main)


async def status(day: Day) -> Pictures:
    """What was promised, and what became of it."""
    mira = await day.sit_alone("mira", viewport={"width": 1200, "height": 940})
    await mira.say(f"/headsup status {NUMBER}")
    await mira.sees("Moved before it was due")
    yield "status", await picture(mira)


async def _newest(screen: Screen) -> None:
    """Wait until the newest card is on the screen."""
    await screen.sees("Acme", within=screen.message(CARD))
    await screen.message(CARD).scroll_into_view_if_needed()


SCENES: tuple[Scene, ...] = (morning, phone, review, nudge, delay, status)
