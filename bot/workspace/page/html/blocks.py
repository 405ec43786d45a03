"""Blocks as HTML; a block that is not known is shown as what it is, never hidden."""

from collections.abc import Callable
from typing import Final

from markupsafe import Markup

from bot.workspace.page.html.canvas import JSON, Canvas
from bot.workspace.page.html.cards import alert, card, carousel, container, plan, task_card
from bot.workspace.page.html.elements import element_html
from bot.workspace.page.html.field import input_block
from bot.workspace.page.html.frames import call, file, image, video
from bot.workspace.page.html.inline import fit
from bot.workspace.page.html.markdown import markdown_html
from bot.workspace.page.html.pictures import picture_html
from bot.workspace.page.html.rich_text import rich_text_html
from bot.workspace.page.html.tables import table
from bot.workspace.page.html.unknown import unknown_html
from bot.workspace.page.html.words import text_html
from bot.workspace.page.templating import render


def block_html(block: JSON, canvas: Canvas) -> Markup:
    """One block."""
    drawer = _DRAWERS.get(str(block.get("type")))
    return fit(unknown_html(block, "block") if drawer is None else drawer(block, canvas))


def _header(block: JSON, canvas: Canvas) -> Markup:
    return Markup('<h3 class="bk-header" dir="auto">{}</h3>').format(text_html(block.get("text"), canvas.reader))


def _divider(_block: JSON, _canvas: Canvas) -> Markup:
    return Markup('<hr class="bk-divider">')


def _section(block: JSON, canvas: Canvas) -> Markup:
    beside = block.get("accessory")
    named = canvas.new_id(str(block.get("block_id")), "text") if block.get("text") else ""
    labels = named and isinstance(beside, dict) and not beside.get("placeholder")
    return render(
        "blocks/section.html",
        id=named,
        text=text_html(block.get("text"), canvas.reader),
        fields=[text_html(one, canvas.reader) for one in block.get("fields") or []],
        accessory=element_html(beside, block, canvas, labelled=named if labels else "") if beside else Markup(),
        kind=(beside or {}).get("type", ""),
    )


def _context(block: JSON, canvas: Canvas) -> Markup:
    parts = [
        (
            one.get("type") == "image",
            picture_html(one, canvas.reader) if one.get("type") == "image" else text_html(one, canvas.reader),
        )
        for one in block.get("elements") or []
    ]
    return render("blocks/context.html", parts=parts)


def _actions(block: JSON, canvas: Canvas) -> Markup:
    elements = [element_html(one, block, canvas) for one in block.get("elements") or []]
    return Markup('<div class="bk-actions">{}</div>').format(Markup().join(elements))


def _rich_text(block: JSON, canvas: Canvas) -> Markup:
    return rich_text_html(block, canvas.reader)


def _markdown(block: JSON, _canvas: Canvas) -> Markup:
    return markdown_html(str(block.get("text", "")))


def _card(block: JSON, canvas: Canvas) -> Markup:
    return card(block, canvas, element_html)


def _carousel(block: JSON, canvas: Canvas) -> Markup:
    return carousel(block, canvas, element_html)


def _container(block: JSON, canvas: Canvas) -> Markup:
    return container(block, canvas, block_html)


_DRAWERS: Final[dict[str, Callable[[JSON, Canvas], Markup]]] = {
    "header": _header,
    "divider": _divider,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": input_block,
    "image": image,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "table": table,
    "data_table": table,
    "alert": alert,
    "task_card": task_card,
    "plan": plan,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "video": video,
    "file": file,
    "call": call,
}
