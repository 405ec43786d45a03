"""A system outside the workspace: what it received, as a quiet inbox."""

import asyncio
import json

from markupsafe import Markup

from bot.workspace.companion import Outside
from bot.workspace.page.place import OUTSIDE
from bot.workspace.page.sight import Sight
from bot.workspace.page.templating import render


async def outside(sight: Sight) -> Markup:
    """What a system outside received, the newest last."""
    system = _system(sight)
    items = []
    for index, one in enumerate(system.received, start=1):
        items.append(
            render(
                "side/received.html",
                number=index,
                one=one,
                system=system,
                body=readable(one.body),
                reader=sight.reader,
            )
        )
        await asyncio.sleep(0)
    return render("side/outside.html", system=system, items=items)


def readable(body: str) -> str:
    """A body as it was sent; JSON is laid out."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body


def _system(sight: Sight) -> Outside:
    key = sight.place.room.removeprefix(OUTSIDE)
    return next(one for one in sight.core.companion.briefing.outside if one.key == key)
