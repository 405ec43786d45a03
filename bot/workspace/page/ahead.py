"""What the tour asks for next, in one line: for screens on which the panel at the side is a drawer."""

from markupsafe import Markup

from bot.workspace.page.side.tour import progress
from bot.workspace.page.sight import Sight
from bot.workspace.page.templating import render


async def ahead(sight: Sight) -> Markup:
    """The tour's current step with the way to it, or what the tour waits for; nothing without a tour or after it."""
    found = progress(sight)
    stop = next((one for one in found.stops if one.state == "current"), None) if found else None
    waiting = found.tour.waiting if found else None
    return render("rooms/ahead.html", progress=found, stop=stop, waiting=waiting) if stop or waiting else Markup()
