"""Tables: the first row names the columns; a wide table scrolls inside its own frame."""

from typing import Any

from markupsafe import Markup, escape

from bot.workspace.page.html.canvas import JSON, Canvas
from bot.workspace.page.html.rich_text import rich_text_html
from bot.workspace.page.templating import render
from bot.workspace.render import Reader


def table(block: JSON, canvas: Canvas) -> Markup:
    """A table or data table."""
    rows = block.get("rows") or []
    settings = [one if isinstance(one, dict) else {} for one in block.get("column_settings") or []]
    width = max((len(row) for row in rows), default=0)
    return render(
        "blocks/table.html",
        caption=str(block.get("caption") or ""),
        columns=[_column(settings[index] if index < len(settings) else {}) for index in range(width)],
        head=[_cell(cell, canvas.reader) for cell in rows[0]] if rows else [],
        rows=[[(_cell(cell, canvas.reader), _is_number(cell)) for cell in row] for row in rows[1:]],
        row_header=block.get("row_header_column_index", -1),
    )


def _column(setting: JSON) -> str:
    align = str(setting.get("align"))
    kind = f"align-{align}" if align in {"center", "right"} else ""
    return f"{kind} is-wrapped".strip() if setting.get("is_wrapped") else kind


def _is_number(cell: Any) -> bool:
    return isinstance(cell, dict) and cell.get("type") == "raw_number"


def _cell(cell: Any, reader: Reader) -> Markup:
    if not isinstance(cell, dict):
        return Markup()
    if cell.get("type") == "rich_text":
        return rich_text_html(cell, reader)
    return escape(str(cell.get("text") or cell.get("value") or ""))
