"""rich_text blocks as lines."""

from typing import Any

from bot.workspace.render.dates import show_date
from bot.workspace.render.reader import Reader, wrap
from bot.workspace.render.words import show_link

JSON = dict[str, Any]


def show_rich_text(block: JSON, reader: Reader, width: int) -> list[str]:
    """The lines of a rich_text block: lists with bullets or numbers, quotes and code behind a bar."""
    lines: list[str] = []
    for part in block.get("elements", []):
        lines += _part(part, reader, width)
    return lines


def inline_text(elements: list[JSON], reader: Reader) -> str:
    """The words of the elements of one section, line breaks included."""
    return "".join(_inline(element, reader) for element in elements)


def _part(part: JSON, reader: Reader, width: int) -> list[str]:
    elements = part.get("elements", [])
    kind = part.get("type")
    if kind == "rich_text_list":
        return _list(part, reader, width)
    text = inline_text(elements, reader).rstrip("\n")
    if kind == "rich_text_quote":
        return wrap(text, width, first="│ ")
    if kind == "rich_text_preformatted":
        return [f"▏ {line}" for line in text.split("\n")]
    if kind == "rich_text_section":
        return wrap(text, width) if text else []
    return [f"(rich text: {kind})"]


def _list(part: JSON, reader: Reader, width: int) -> list[str]:
    lines: list[str] = []
    indent = "  " * int(part.get("indent", 0))
    ordered = part.get("style") == "ordered"
    for number, item in enumerate(part.get("elements", []), start=int(part.get("offset", 0)) + 1):
        mark = f"{indent}{number}. " if ordered else f"{indent}• "
        text = inline_text(item.get("elements", []), reader)
        lines += wrap(text, width, first=mark, rest=" " * len(mark))
    return lines


def _inline(element: JSON, reader: Reader) -> str:
    style = element.get("style") or {}
    text = _inline_words(element, reader)
    if style.get("code"):
        text = f"`{text}`"
    return reader.style(text, *(name for name, on in style.items() if on is True))


def _inline_words(element: JSON, reader: Reader) -> str:  # noqa: PLR0911 one way out for each kind of element
    match element.get("type"):
        case "text":
            return str(element.get("text", ""))
        case "link":
            return show_link(str(element.get("url", "")), str(element.get("text") or ""))
        case "emoji":
            return f":{element.get('name', '')}:"
        case "user":
            return f"@{reader.person(str(element.get('user_id', '')))}"
        case "channel":
            return f"#{reader.channel(str(element.get('channel_id', '')))}"
        case "usergroup":
            return f"@{element.get('usergroup_id', '')}"
        case "broadcast":
            return f"@{element.get('range', '')}"
        case "date":
            fallback = str(element.get("fallback") or "")
            return show_date(float(element.get("timestamp", 0)), str(element.get("format", "")), reader, fallback)
        case other:
            return f"({other})"
