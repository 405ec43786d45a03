"""The parts of a page that are sent anew when they differ."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from markupsafe import Markup

from bot.workspace.page import rooms, side, windows
from bot.workspace.page.ahead import ahead
from bot.workspace.page.place import HOME, OUTSIDE, REFUSED
from bot.workspace.page.sight import Sight
from bot.workspace.page.templating import render

Region = Callable[[Sight], Awaitable[Markup]]


async def main(sight: Sight) -> Markup:
    """The room that the page is in, of whatever kind."""
    room = sight.place.room
    if room == HOME:
        return await windows.home(sight)
    if room == REFUSED:
        return await side.refused(sight)
    return await (side.outside(sight) if room.startswith(OUTSIDE) else rooms.messages(sight))


async def banner(sight: Sight) -> Markup:
    """What stands at the top of every page: a wrong address, and what the companion has to say."""
    sentences = [one for one in (sight.notice, sight.core.companion.briefing.banner) if one]
    return render("banner.html", sentences=sentences)


REGIONS: Final[Mapping[str, Region]] = {
    "top": rooms.top,
    "ahead": ahead,
    "banner": banner,
    "sidebar": rooms.sidebar,
    "main": main,
    "thread": rooms.thread,
    "modal": windows.modal,
    "side": side.side,
}
"""By the id of the element that holds them, in the order in which they stand on the page."""


async def all_regions(sight: Sight) -> dict[str, Markup]:
    """Every region of a page."""
    return {name: await region(sight) for name, region in REGIONS.items()}
