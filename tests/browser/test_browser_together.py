"""Two people, each with a page of their own: what one does, the other sees, without a reload."""

import asyncio

from bot.workspace.server import WorkspaceServer
from tests.support.browser_chromium import Desks
from tests.support.walk import Walk


async def test_what_one_says_the_other_reads(workspace: WorkspaceServer, sit: Desks) -> None:
    mira, carla = await asyncio.gather(*(sit(workspace, who, "acme-shared") for who in ("mira", "carla")))
    await carla.say("Is anybody there?")
    await mira.sees("Is anybody there?")
    await mira.say("Good morning, Carla!")
    await carla.sees("Good morning, Carla!")


async def test_what_is_changed_or_deleted_changes_on_every_page(workspace: WorkspaceServer, sit: Desks) -> None:
    mira, carla = await asyncio.gather(*(sit(workspace, who, "acme-shared") for who in ("mira", "carla")))
    await carla.say("The invoice is wrong.")
    (said,) = workspace.control.messages("#acme-shared")
    workspace.control.edit("@carla", "#acme-shared", said["ts"], "The invoice of May is wrong.")
    await mira.sees("The invoice of May is wrong.")
    workspace.control.delete("@carla", "#acme-shared", said["ts"])
    await mira.misses("The invoice of May is wrong.")


async def test_two_press_claim_at_once_and_both_pages_are_right(agency: Walk, sit: Desks) -> None:
    """L5 on the screen: one wins, the other is told who, and both cards say the same."""
    number = await agency.asked()
    mira, jonas = await asyncio.gather(*(sit(agency.server, who) for who in ("mira", "jonas")))
    for who in (mira, jonas):
        await who.put_finger_on("Claim", on=f"#{number} · Acme")
    await asyncio.gather(*(who.page.mouse.up() for who in (mira, jonas)))
    await agency.on_card(number, "Nobody yet", gone=True)
    owner = (await agency.card(number)).owner
    assert owner is not None
    loser = jonas if owner.id == agency.id("@mira") else mira
    await loser.sees(f"{owner.name} was faster: #{number} is theirs now.")
    for who in (mira, jonas):
        await who.sees(owner.name, within=who.message(f"#{number} · Acme"))
        await who.misses("Nobody yet")
