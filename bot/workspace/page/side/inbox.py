"""A system outside the workspace: what it received, as a quiet inbox."""

import asyncio
import json
from typing import Final

from markupsafe import Markup

from bot.workspace.companion import Outside
from bot.workspace.page.beside import LIGHT
from bot.workspace.page.place import OUTSIDE
from bot.workspace.page.sight import Sight
from bot.workspace.page.templating import render

NEWEST: Final = 100
"""So many are shown."""


async def outside(sight: Sight) -> Markup:
    """What a system outside received, the newest last; of very much the newest."""
    system = _system(sight)
    items, skipped = [], max(0, len(system.received) - NEWEST)
    for index, one in enumerate(system.received[skipped:], start=skipped + 1):
        items.append(
            render(
                "side/received.html",
                number=index,
                one=one,
                system=system,
                body=await _laid_out(one.body),
                reader=sight.reader,
            )
        )
        await asyncio.sleep(0)
    return render("side/outside.html", system=system, items=items, count=len(system.received))


async def _laid_out(body: str) -> str:
    return readable(body) if len(body) <= LIGHT else await asyncio.to_thread(readable, body)


def readable(body: str) -> str:
    """A body as it was sent; JSON is laid out."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body


def _system(sight: Sight) -> Outside:
    key = sight.place.room.removeprefix(OUTSIDE)
    return next(one for one in sight.core.companion.briefing.outside if one.key == key)
