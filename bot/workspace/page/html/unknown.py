"""What this page does not know, or does not fetch, is shown as what it is: in a frame with its name."""

import json
from typing import Any

from markupsafe import Markup

from bot.workspace.page.templating import render


def unknown_html(thing: dict[str, Any], kind: str, *, inline: bool = False) -> Markup:
    """A block or element of an unknown type, with its JSON; `kind` says what it is (block, element, rich text)."""
    name = f"{kind}: {thing.get('type') or 'no type'}"
    if inline:
        return Markup('<code class="bk-unknown-inline" title="{}">{}</code>').format(name, json.dumps(thing))
    written = json.dumps(thing, indent=2, ensure_ascii=False)
    return render("blocks/unknown.html", name=name, written=written)
