"""Drawing that takes long happens beside the loop: the workspace, and in the trial the app too, answers meanwhile."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

from markupsafe import Markup

from bot.workspace.render import Reader

LIGHT: Final = 1000
"""Characters of JSON that are drawn at once: the worst of them (`![![…` as markdown) takes 20 ms, 8,000 take 330."""


async def drawn(draw: Callable[[Any], Markup], payload: Any, reader: Reader) -> Markup:
    """`draw(payload)`; a large payload is drawn in a thread, from a copy, so that it may change meanwhile."""
    packed = json.dumps(payload)
    if _weight(packed, reader) <= LIGHT:
        return draw(payload)
    return await asyncio.to_thread(_unpack_and_draw, draw, packed)


def _weight(packed: str, reader: Reader) -> int:
    """What it takes to draw, in characters; a select of people lists everybody, whom no payload names."""
    return len(packed) + packed.count("_select") * (len(reader.people) + len(reader.channels))


def _unpack_and_draw(draw: Callable[[Any], Markup], packed: str) -> Markup:
    return draw(json.loads(packed))
