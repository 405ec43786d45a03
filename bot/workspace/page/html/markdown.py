"""The markdown block (docs: /reference/block-kit/blocks/markdown-block); its HTML stays text, its images are links."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from bot.workspace.page.html.emoji import with_emoji
from bot.workspace.page.html.inline import safe_address


def markdown_html(text: str) -> Markup:
    """CommonMark with tables and strikethrough; no raw HTML, no link but http, https and mailto."""
    shown = _PARSER.render(text)
    return Markup('<div class="bk-markdown bk-text" dir="auto">{}</div>').format(Markup(shown))  # noqa: S704 (the parser escapes, html is off)


class _Renderer(RendererHTML):
    """Headings of one level with looks of their own, links that open beside the page, images as links."""

    def heading_open(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return f'<h3 class="bk-h{tokens[index].tag[1:]}">'

    def heading_close(self, *_: Any) -> str:
        return "</h3>\n"

    def link_open(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        address = escape(str(tokens[index].attrGet("href") or ""))
        return f'<a class="bk-link" href="{address}" target="_blank" rel="noopener noreferrer">'

    def image(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        address, alt = escape(str(tokens[index].attrGet("src") or "")), escape(tokens[index].content or "image")
        return f'<a class="bk-link" href="{address}" target="_blank" rel="noopener noreferrer">{alt}</a>'

    def fence(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return f"<pre><code>{escape(tokens[index].content)}</code></pre>\n"

    def text(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return escape(with_emoji(tokens[index].content))

    def table_open(self, *_: Any) -> str:
        return '<div class="bk-table-frame" tabindex="0" role="group" aria-label="Table"><table class="bk-table">\n'

    def table_close(self, *_: Any) -> str:
        return "</table></div>\n"

    def td_open(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return f"<td{_aligned(tokens[index].attrs)}>"

    def th_open(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return f'<th scope="col"{_aligned(tokens[index].attrs)}>'


def _aligned(attributes: Mapping[str, Any]) -> str:
    align = str(attributes.get("style", "")).removeprefix("text-align:")
    return f' class="align-{align}"' if align in {"center", "right"} else ""


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: bool(safe_address(url))  # type: ignore[method-assign] # the library's own way
    return parser


_PARSER: Final = _parser()
