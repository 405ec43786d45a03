"""Beside the chat: the tour, time, faults, what must add up, systems outside, and what was refused."""

from markupsafe import Markup

from bot.workspace.page.sight import Sight


async def side(_sight: Sight) -> Markup:
    """The panel at the side."""
    return Markup()


async def outside(_sight: Sight) -> Markup:
    """What a system outside received."""
    return Markup()


async def refused(_sight: Sight) -> Markup:
    """The payloads that Slack would refuse."""
    return Markup()
