"""Whole sets of blocks: of a message, of a window, of a Home tab."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from bot.workspace.page.html.blocks import block_html
from bot.workspace.page.html.canvas import JSON, Canvas
from bot.workspace.page.html.inline import fit
from bot.workspace.page.html.words import text_html
from bot.workspace.page.templating import render
from bot.workspace.render import Reader

_COLORS: Final = {"good": "#2eb886", "warning": "#daa038", "danger": "#a30200"}
_HEX: Final = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def blocks_html(
    blocks: Sequence[JSON],
    reader: Reader,
    *,
    prefix: str,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Markup:
    """Blocks one below the other.

    `prefix` is unique on the page (a ts or a view's id) and makes element ids; `values` is block_id → action_id → state
    (Slack's view.state.values); `errors` are sentences at input blocks by block_id.
    """
    return _drawn(blocks, Canvas(reader, prefix, values or {}, errors or {}))


def message_html(message: JSON, reader: Reader, *, prefix: str, values: Mapping[str, Any] | None = None) -> Markup:
    """What a message says: its blocks, or else its text, then its attachments; no author, no time, no files."""
    canvas = Canvas(reader, prefix, values or {})
    if message.get("blocks"):
        body = _drawn(message["blocks"], canvas)
    else:
        words = text_html(str(message.get("text") or ""), reader)
        body = (
            Markup('<div class="bk"><div class="bk-text" dir="auto">{}</div></div>').format(words) if words else words
        )
    return Markup().join([body, *(_attachment(one, canvas) for one in message.get("attachments") or [])])


def _drawn(blocks: Sequence[JSON], canvas: Canvas) -> Markup:
    return fit(Markup('<div class="bk">{}</div>').format(Markup().join(block_html(block, canvas) for block in blocks)))


def _attachment(attachment: JSON, canvas: Canvas) -> Markup:
    """What stands behind a coloured bar, in blocks or in the older fields."""
    reader, blocks = canvas.reader, attachment.get("blocks")
    color = str(attachment.get("color") or "")
    found = _HEX.fullmatch(_COLORS.get(color, color))
    words = attachment.get("text") or (None if attachment.get("title") else attachment.get("fallback"))
    return fit(
        render(
            "blocks/attachment.html",
            color=f"#{found[1]}" if found else "",
            pretext=text_html(str(attachment.get("pretext") or ""), reader),
            body=_drawn(blocks, canvas) if blocks else Markup(),
            title=text_html(str(attachment.get("title") or ""), reader),
            text=text_html(str(words or ""), reader) if not blocks else Markup(),
            fields=[
                (text_html(str(one.get("title") or ""), reader), text_html(str(one.get("value") or ""), reader))
                for one in attachment.get("fields") or []
            ],
            footer=text_html(str(attachment.get("footer") or ""), reader),
        )
    )
