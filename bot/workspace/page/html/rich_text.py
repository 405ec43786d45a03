"""The rich_text block as HTML (docs: /reference/block-kit/blocks/rich-text-block)."""

import re
from collections.abc import Callable
from typing import Any, Final

from markupsafe import Markup, escape

from bot.workspace.page.html.emoji import emoji_named
from bot.workspace.page.html.inline import (
    channel_html,
    group_html,
    link_html,
    mention_html,
    time_html,
    words_html,
)
from bot.workspace.page.html.unknown import unknown_html
from bot.workspace.page.templating import render
from bot.workspace.render import Reader

JSON = dict[str, Any]
_STYLES: Final = {
    "code": Markup("<code>{}</code>"),
    "strike": Markup("<s>{}</s>"),
    "underline": Markup("<u>{}</u>"),
    "italic": Markup("<em>{}</em>"),
    "bold": Markup("<strong>{}</strong>"),
}
"""From the innermost to the outermost."""

_COLOR: Final = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_DEEPEST: Final = 8


def rich_text_html(block: JSON, reader: Reader) -> Markup:
    """Sections, lists, quotes and preformatted text, one below the other."""
    parts = [_part(part, reader) for part in block.get("elements") or [] if isinstance(part, dict)]
    return Markup('<div class="bk-rich-text">{}</div>').format(Markup().join(parts))


def inline_html(elements: list[JSON], reader: Reader) -> Markup:
    """The elements of one section."""
    return Markup().join(_styled(element, reader) for element in elements if isinstance(element, dict))


def _part(part: JSON, reader: Reader) -> Markup:
    elements = part.get("elements") or []
    border = " has-border" if part.get("border") else ""
    match part.get("type"):
        case "rich_text_section":
            return Markup('<div class="bk-text" dir="auto">{}</div>').format(_trimmed(elements, reader))
        case "rich_text_list":
            return _list(part, reader)
        case "rich_text_quote":
            return Markup('<blockquote class="bk-quote{}" dir="auto">{}</blockquote>').format(
                border, _trimmed(elements, reader)
            )
        case "rich_text_preformatted":
            return Markup("<pre><code>{}</code></pre>").format(_preformatted(elements))
    return unknown_html(part, "rich text")


def _trimmed(elements: list[JSON], reader: Reader) -> Markup:
    """A section's last line break ends it; it opens no empty line."""
    last = elements[-1] if elements else {}
    if last.get("type") == "text" and str(last.get("text", "")).endswith("\n"):
        elements = [*elements[:-1], {**last, "text": str(last["text"]).removesuffix("\n")}]
    return inline_html(elements, reader)


def _list(part: JSON, reader: Reader) -> Markup:
    return render(
        "blocks/rich_list.html",
        ordered=part.get("style") == "ordered",
        start=_number(part.get("offset")) + 1,
        indent=min(_number(part.get("indent")), _DEEPEST),
        border=bool(part.get("border")),
        items=[inline_html(item.get("elements") or [], reader) for item in part.get("elements") or []],
    )


def _number(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _preformatted(elements: list[JSON]) -> Markup:
    return Markup().join(
        link_html(str(element.get("url", "")), escape(str(element.get("text") or "")))
        if element.get("type") == "link"
        else escape(str(element.get("text", "")))
        for element in elements
    )


def _styled(element: JSON, reader: Reader) -> Markup:
    html = _inline(element, reader)
    given = element.get("style")
    style = given if isinstance(given, dict) else {}
    for name, styled in _STYLES.items():
        if style.get(name) is True:
            html = styled.format(html)
    return html


def _inline(element: JSON, reader: Reader) -> Markup:
    drawer = _INLINE.get(str(element.get("type")))
    return drawer(element, reader) if drawer else unknown_html(element, "rich text", inline=True)


def _link(element: JSON, _reader: Reader) -> Markup:
    return link_html(str(element.get("url", "")), str(element.get("text") or ""))


def _everybody(element: JSON, _reader: Reader) -> Markup:
    return group_html(str(element.get("usergroup_id") or element.get("team_id") or element.get("range") or ""))


def _emoji(element: JSON, _reader: Reader) -> Markup:
    name, tone = str(element.get("name", "")), element.get("skin_tone")
    named = emoji_named(name, str(tone or ""))
    return escape(named or _points(str(element.get("unicode") or "")) or f":{name}:")


def _points(unicode: str) -> str:
    """Slack writes an emoji without a common name as its code points in hexadecimal: 1f44b-1f3fe."""
    try:
        return "".join(chr(int(point, 16)) for point in unicode.split("-")) if unicode else ""
    except (ValueError, OverflowError):
        return ""


def _color(element: JSON, _reader: Reader) -> Markup:
    value = str(element.get("value", ""))
    if not _COLOR.fullmatch(value):
        return escape(value)
    return Markup(
        '<span class="bk-color"><svg viewBox="0 0 1 1" aria-hidden="true"><rect width="1" height="1" fill="{}"/></svg>'
        "{}</span>"
    ).format(value, value)


def _date(element: JSON, reader: Reader) -> Markup:
    fallback, stamp = str(element.get("fallback") or ""), element.get("timestamp")
    if not isinstance(stamp, int | float):
        return escape(fallback)
    template, url = str(element.get("format", "")), str(element.get("url") or "")
    return time_html(stamp, template, reader, fallback=fallback, url=url)


_INLINE: Final[dict[str, Callable[[JSON, Reader], Markup]]] = {
    "text": lambda element, _reader: words_html(str(element.get("text", "")), emoji=False),
    "link": _link,
    "emoji": _emoji,
    "user": lambda element, reader: mention_html(str(element.get("user_id", "")), reader),
    "channel": lambda element, reader: channel_html(str(element.get("channel_id", "")), reader),
    "usergroup": _everybody,
    "team": _everybody,
    "broadcast": _everybody,
    "color": _color,
    "date": _date,
}
