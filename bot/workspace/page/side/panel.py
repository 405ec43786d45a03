"""The panel at the side of every page."""

from markupsafe import Markup

from bot.workspace.page.place import REFUSED, Place
from bot.workspace.page.side.accounts import books
from bot.workspace.page.side.moving import clock, jumps
from bot.workspace.page.side.tour import progress
from bot.workspace.page.side.troubles import troubles
from bot.workspace.page.sight import Sight
from bot.workspace.page.templating import render


async def side(sight: Sight) -> Markup:
    """The tour, time, faults with what must add up, and the way to what Slack refused."""
    return render(
        "side/panel.html",
        sight=sight,
        progress=progress(sight),
        clock=clock(sight),
        jumps=jumps(sight).values(),
        troubles=troubles(sight),
        books=books(sight),
        refused_search=Place(sight.place.user, REFUSED).search,
    )
