"""Windows: a person's open modals, and their Home tab."""

from markupsafe import Markup

from bot.workspace.page.sight import Sight


async def modal(_sight: Sight) -> Markup:
    """The topmost open modal."""
    return Markup()


async def home(_sight: Sight) -> Markup:
    """The Home tab."""
    return Markup()
