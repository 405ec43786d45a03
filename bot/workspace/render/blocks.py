"""Blocks as lines of text; a block that is not known is shown as what it is, never hidden."""

from collections.abc import Callable
from typing import Any, Final

from bot.workspace.render.elements import is_choice, show_element
from bot.workspace.render.fields import show_field
from bot.workspace.render.reader import columns, pad, wrap
from bot.workspace.render.rich_text import inline_text, show_rich_text
from bot.workspace.render.sheet import Sheet
from bot.workspace.render.words import show_text

JSON = dict[str, Any]
_LEVELS: Final = {"warning": "⚠", "error": "✗", "success": "✓"}
_STATES: Final = {"pending": "○", "in_progress": "◐", "complete": "●", "error": "✗"}


def show_blocks(blocks: list[JSON], sheet: Sheet) -> list[str]:
    """The lines of all blocks, an empty line before headers and between input fields."""
    lines: list[str] = []
    for block in blocks:
        if lines and block.get("type") in {"header", "input"} and lines[-1]:
            lines.append("")
        lines += show_block(block, sheet)
    return lines


def show_block(block: JSON, sheet: Sheet) -> list[str]:
    """The lines of one block."""
    drawer = _DRAWERS.get(str(block.get("type")))
    if drawer is None:
        return [f"({block.get('type')} block)"]
    return drawer(block, sheet)


def _header(block: JSON, sheet: Sheet) -> list[str]:
    return [sheet.reader.style(line, "bold") for line in wrap(show_text(block.get("text"), sheet.reader), sheet.width)]


def _divider(_block: JSON, sheet: Sheet) -> list[str]:
    return [sheet.reader.style("─" * min(sheet.width, 40), "dim")]


def _section(block: JSON, sheet: Sheet) -> list[str]:
    text = show_text(block.get("text"), sheet.reader)
    lines = wrap(text, sheet.width) if text else []
    lines += _fields([show_text(one, sheet.reader) for one in block.get("fields") or []], sheet)
    if is_choice(block.get("accessory") or {}):
        lines += sheet.lines(block, block["accessory"])
    elif block.get("accessory"):
        lines = _beside(lines, sheet.show(block, block["accessory"]), sheet.width)
    return lines


def _beside(lines: list[str], accessory: str, width: int) -> list[str]:
    """The accessory at the right of the first line where there is room, else on a line of its own."""
    if lines and columns(lines[0]) + 3 + columns(accessory) <= width:
        return [f"{lines[0]}   {accessory}", *lines[1:]]
    return [*lines, accessory]


def _fields(fields: list[str], sheet: Sheet) -> list[str]:
    lines: list[str] = []
    half = (sheet.width - 3) // 2
    for left, right in zip(fields[::2], [*fields[1::2], ""], strict=False):
        one, two = wrap(left, half), wrap(right, half)
        height = max(len(one), len(two))
        one += [""] * (height - len(one))
        two += [""] * (height - len(two))
        lines += [f"{pad(a, half)}   {b}".rstrip() for a, b in zip(one, two, strict=True)]
    return lines


def _context(block: JSON, sheet: Sheet) -> list[str]:
    parts = [
        show_element(part, sheet.reader) if part.get("type") == "image" else show_text(part, sheet.reader)
        for part in block.get("elements", [])
    ]
    return [sheet.reader.style(line, "dim") for line in wrap("  ".join(parts), sheet.width, first="· ", rest="  ")]


def _actions(block: JSON, sheet: Sheet) -> list[str]:
    lines = [""]
    for element in block.get("elements", []):
        first, *rest = sheet.lines(block, element) or [""]
        if lines[-1] and (rest or columns(lines[-1]) + 1 + columns(first) > sheet.width):
            lines.append("")
        lines[-1] += f" {first}" if lines[-1] else first
        lines += [*rest, ""] if rest else []
    return lines if lines[-1] else lines[:-1]


def _image(block: JSON, sheet: Sheet) -> list[str]:
    title = show_text(block.get("title"), sheet.reader)
    return [f"(image: {block.get('alt_text', '')}{f' – {title}' if title else ''})"]


def _rich_text(block: JSON, sheet: Sheet) -> list[str]:
    return show_rich_text(block, sheet.reader, sheet.width)


def _markdown(block: JSON, sheet: Sheet) -> list[str]:
    return wrap(str(block.get("text", "")), sheet.width)


def _cell(cell: JSON, sheet: Sheet) -> str:
    if cell.get("type") == "rich_text":
        return " ".join(inline_text(part.get("elements", []), sheet.reader) for part in cell.get("elements", []))
    return str(cell.get("text", ""))


def _table(block: JSON, sheet: Sheet) -> list[str]:
    rows = [[_cell(cell, sheet) for cell in row] for row in block.get("rows", [])]
    count = max((len(row) for row in rows), default=0)
    widths = [max((columns(row[index]) for row in rows if index < len(row)), default=0) for index in range(count)]
    lines = [" │ ".join(pad(cell, width) for cell, width in zip(row, widths, strict=False)).rstrip() for row in rows]
    caption = str(block.get("caption") or "")
    return [*([sheet.reader.style(caption, "dim")] if caption else []), *lines]


def _alert(block: JSON, sheet: Sheet) -> list[str]:
    mark = _LEVELS.get(str(block.get("level")), "i")
    return wrap(show_text(block.get("text"), sheet.reader), sheet.width, first=f"{mark} ", rest="  ")


def _task(block: JSON, sheet: Sheet) -> list[str]:
    lines = [f"{_STATES.get(str(block.get('status')), '○')} {block.get('title', '')}"]
    for part in ("details", "output"):
        if block.get(part):
            lines += [f"  {line}" for line in show_rich_text(block[part], sheet.reader, sheet.width - 2)]
    return lines


def _plan(block: JSON, sheet: Sheet) -> list[str]:
    tasks = [f"  {line}" for task in block.get("tasks", []) for line in _task(task, sheet)]
    return [sheet.reader.style(str(block.get("title", "")), "bold"), *tasks]


_DRAWERS: Final[dict[str, Callable[[JSON, Sheet], list[str]]]] = {
    "header": _header,
    "divider": _divider,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": show_field,
    "image": _image,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "table": _table,
    "data_table": _table,
    "alert": _alert,
    "task_card": _task,
    "plan": _plan,
}
