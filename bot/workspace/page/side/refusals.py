"""What the app sent and Slack would refuse, each with the place in its payload that is wrong."""

import asyncio
from typing import Final
from weakref import WeakKeyDictionary

from markupsafe import Markup

from bot.workspace.journal import Entry, Journal
from bot.workspace.page.side.payloads import parts
from bot.workspace.page.sight import Sight
from bot.workspace.page.templating import render

NEWEST: Final = 40
"""So many are shown; the journal, and its verb `refusals`, have them all."""

_RENDERED: Final[WeakKeyDictionary[Journal, dict[int, Markup]]] = WeakKeyDictionary()
"""By the number of the entry: a refusal never changes, and a large payload takes a while to lay out."""


async def refused(sight: Sight) -> Markup:
    """The refusals, the newest first."""
    journal = sight.core.journal
    shown = journal.refusals[-NEWEST:]
    rendered = _RENDERED.setdefault(journal, {})
    items = []
    for entry in reversed(shown):
        items.append(rendered.get(entry.number) or await asyncio.to_thread(_item, entry))
    _RENDERED[journal] = {entry.number: item for entry, item in zip(reversed(shown), items, strict=True)}
    return render("side/refused.html", items=items, count=journal.refusal_count, app=sight.app_name)


def _item(entry: Entry) -> Markup:
    problems = entry.answer["problems"]
    return render("side/refusal.html", entry=entry, problems=problems, parts=parts(entry.args, problems))
