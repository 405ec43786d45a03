"""Windows: a person's open modals, and their Home tab."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.workspace import windows as stacks
from bot.workspace.elements import initial_values
from bot.workspace.models import JSON, View
from bot.workspace.page.beside import drawn
from bot.workspace.page.composing import facts
from bot.workspace.page.html import blocks_html, text_html
from bot.workspace.page.html.words import plain_words
from bot.workspace.page.sight import Sight
from bot.workspace.page.templating import render


@dataclass(frozen=True)
class Window:
    """The topmost open modal as it is drawn; `below` is the title of what lies under it, if anything does.

    `touched` says that words would be lost with it, `touched_below` with those under it.
    """

    id: str
    title: Markup
    blocks: Markup
    submit: Markup | None
    close: Markup
    below: str
    errors: int
    touched: bool
    touched_below: bool


async def modal(sight: Sight) -> Markup:
    """The topmost open modal, and what the page's menus and completion know of the app."""
    stack = stacks.stack(sight.core, sight.user.id)
    window = await _window(sight, stack[-1], stack[:-1]) if stack else None
    return render("windows/modal.html", sight=sight, window=window, facts=facts(sight))


async def home(sight: Sight) -> Markup:
    """The Home tab; before the app has published one, that it is on its way."""
    view = sight.core.state.homes.get(sight.user.id)
    blocks = await _blocks(sight, view) if view else None
    return render("windows/home.html", sight=sight, blocks=blocks, enabled=sight.core.state.app.home_enabled)


async def _window(sight: Sight, view: View, below: list[View]) -> Window:
    body, reader = view.body, sight.reader
    close = text_html(body["close"], reader) if body.get("close") else Markup("Close")
    return Window(
        id=view.id,
        title=text_html(body["title"], reader),
        blocks=await _blocks(sight, view),
        submit=text_html(body["submit"], reader) if body.get("submit") else None,
        close=close,
        below=plain_words(below[-1].body["title"]) if below else "",
        errors=len(view.errors),
        touched=has_words(view),
        touched_below=any(has_words(one) for one in below),
    )


async def _blocks(sight: Sight, view: View) -> Markup:
    def draw(given: Any) -> Markup:
        blocks, values, errors = given
        return blocks_html(blocks, reader, prefix=prefix, values=values, errors=errors)

    reader, prefix = sight.reader, view.id
    return await drawn(draw, (view.body["blocks"], view.values, view.errors), reader)


def has_words(view: View) -> bool:
    """Whether a person wrote something here that the view did not come with."""
    return _words(view.values) != _words(initial_values(view.body["blocks"]))


def _words(values: JSON) -> dict[tuple[str, str], str]:
    """What stands in the fields that are written into; an emptied one is as good as one never touched."""
    return {
        (block_id, action_id): state["value"]
        for block_id, states in values.items()
        for action_id, state in states.items()
        if state.get("value")
    }
