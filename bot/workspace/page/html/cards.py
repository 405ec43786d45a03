"""Blocks that hold others or tell how far something is: cards, containers, alerts, tasks and plans."""

from collections.abc import Callable
from typing import Final

from markupsafe import Markup

from bot.workspace.page.html.canvas import JSON, Canvas
from bot.workspace.page.html.inline import link_html
from bot.workspace.page.html.pictures import picture_html
from bot.workspace.page.html.rich_text import rich_text_html
from bot.workspace.page.html.words import text_html
from bot.workspace.page.templating import render

_LEVELS: Final = ("info", "warning", "error", "success")
_STATES: Final = {"pending": "To do", "in_progress": "In progress", "complete": "Done", "error": "Failed"}


def alert(block: JSON, canvas: Canvas) -> Markup:
    """A sentence that must not be missed."""
    level = str(block.get("level"))
    text = text_html(block.get("text"), canvas.reader)
    return render("blocks/alert.html", level=level if level in _LEVELS else "default", text=text)


def task_card(block: JSON, canvas: Canvas) -> Markup:
    """One task and how far it is."""
    status = str(block.get("status"))
    return render(
        "blocks/task.html",
        title=str(block.get("title", "")),
        status=status if status in _STATES else "pending",
        said=_STATES.get(status, status),
        parts=[rich_text_html(block[part], canvas.reader) for part in ("details", "output") if block.get(part)],
        sources=[link_html(str(one.get("url", "")), str(one.get("text", ""))) for one in block.get("sources") or []],
    )


def plan(block: JSON, canvas: Canvas) -> Markup:
    """Tasks under a title."""
    tasks = [task_card(task, canvas) for task in block.get("tasks") or []]
    return render("blocks/plan.html", title=str(block.get("title", "")), tasks=tasks)


def card(block: JSON, canvas: Canvas, draw: Callable[[JSON, JSON, Canvas], Markup]) -> Markup:
    """A card; `draw` draws its buttons."""
    texts = {
        name: text_html(block[name], canvas.reader) if block.get(name) else Markup()
        for name in ("title", "subtitle", "body")
    }
    return render(
        "blocks/card.html",
        hero=picture_html(block["hero_image"], canvas.reader, large=True) if block.get("hero_image") else Markup(),
        icon=picture_html(block["icon"], canvas.reader) if block.get("icon") else Markup(),
        buttons=[draw(one, block, canvas) for one in block.get("actions") or []],
        **texts,
    )


def carousel(block: JSON, canvas: Canvas, draw: Callable[[JSON, JSON, Canvas], Markup]) -> Markup:
    """Cards side by side."""
    cards = [{"block_id": block.get("block_id"), **one} for one in block.get("elements") or []]
    return render("blocks/carousel.html", cards=[card(one, canvas, draw) for one in cards])


def container(block: JSON, canvas: Canvas, draw: Callable[[JSON, Canvas], Markup]) -> Markup:
    """Blocks in a box, which may fold; `draw` draws the blocks."""
    rich = block.get("rich_text_title")
    width = str(block.get("width"))
    return render(
        "blocks/container.html",
        id=canvas.new_id(str(block.get("block_id")), "container"),
        title=rich_text_html(rich, canvas.reader) if rich else text_html(block.get("title"), canvas.reader),
        subtitle=text_html(block.get("subtitle"), canvas.reader) if block.get("subtitle") else Markup(),
        icon=picture_html(block["icon"], canvas.reader) if block.get("icon") else Markup(),
        width=width if width in {"narrow", "wide", "full"} else "standard",
        folds=bool(block.get("is_collapsible")),
        folded=bool(block.get("default_collapsed")),
        line=bool(block.get("has_header_divider")),
        children=[draw(one, canvas) for one in block.get("child_blocks") or []],
    )
