"""axe-core finds nothing on any kind of screen, in light, dark and on a phone."""

from typing import Any

import pytest

from bot.trial.local import Trial
from bot.workspace.server import WorkspaceServer
from tests.support.browser import Screen
from tests.support.browser_axe import findings
from tests.support.browser_chromium import PHONE, Desks
from tests.support.browser_posts import call, section
from tests.support.walk import Walk

LOOKS = {"light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}, "phone": PHONE}


@pytest.mark.parametrize("look", LOOKS)
async def test_nothing_stands_in_anybodys_way(agency: Walk, sit: Desks, look: str) -> None:
    number = await agency.asked()
    await agency.send(number, "Thank you, we look into it.")
    mira = await sit(agency.server, "mira", **LOOKS[look])
    found = {"channel": await findings(mira)}
    for what, visit in VISITS.items():
        await visit(agency, mira)
        found[what] = await findings(mira)
    assert {what: one for what, one in found.items() if one} == {}


@pytest.mark.parametrize("look", LOOKS)
async def test_nor_where_refused_payloads_stand(workspace: WorkspaceServer, sit: Desks, look: str) -> None:
    room = workspace.core.state.channel("#requests").id
    await call(workspace, "chat.postMessage", channel=room, text="Too long", blocks=[section("x" * 3001)])
    mira = await sit(workspace, "mira", "refused", **LOOKS[look])
    await mira.sees("chat.postMessage", within=mira.main)
    assert await findings(mira) == []


@pytest.mark.xdist_group("morning")
@pytest.mark.parametrize("look", LOOKS)
async def test_nor_in_the_morning(morning: Trial, sit: Desks, look: str) -> None:
    """A pile in five languages, the tour beside it, and what a system outside received."""
    mira = await sit(morning.server, "mira", **LOOKS[look])
    found = {}
    if look == "phone":
        await mira.sees("0 of 9 done", within=mira.side)
        found["the panel"] = await findings(mira)
        await mira.press("Close the panel")
    found["the pile"] = await findings(mira)
    for outside in morning.server.companion.briefing.outside:
        await mira.open(as_="mira", room=f"outside-{outside.key}")
        await mira.sees(outside.about, within=mira.main)
        found[outside.name] = await findings(mira)
    assert {what: one for what, one in found.items() if one} == {}


async def _client_channel(_agency: Walk, mira: Screen) -> None:
    await mira.open(as_="mira", room="acme-shared")


async def _thread(agency: Walk, mira: Screen) -> None:
    await mira.open(as_="mira", room="requests", thread=agency.cards()[1]["ts"])
    await mira.sees("Thank you, we look into it.", within=mira.thread)


async def _window_with_error(_agency: Walk, mira: Screen) -> None:
    await mira.open(as_="mira", room="requests")
    await mira.press("More about", on="#1 · Acme")
    await mira.submit(await mira.window("More"))
    await mira.sees("needs another look")


async def _home(_agency: Walk, mira: Screen) -> None:
    await mira.open(as_="mira", room="home")
    await mira.sees("My promises, by time")


async def _direct(_agency: Walk, mira: Screen) -> None:
    await mira.open(as_="mira", room="dm")


async def _empty_room(_agency: Walk, mira: Screen) -> None:
    await mira.open(as_="mira", room="general")


async def _as_the_client(_agency: Walk, mira: Screen) -> None:
    await mira.open(as_="carla", room="acme-shared")


VISITS: dict[str, Any] = {
    "a client's channel": _client_channel,
    "a thread": _thread,
    "a window with an error": _window_with_error,
    "Home": _home,
    "direct messages": _direct,
    "an empty room": _empty_room,
    "the client's page": _as_the_client,
}
