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
"""So many are shown; the journal, and its verb `refusals`, keep the newest 500."""

_RENDERED: Final[WeakKeyDictionary[Journal, dict[int, Markup]]] = WeakKeyDictionary()
"""By the number of the entry: a refusal never changes, and a large payload takes a while to lay out."""


async def refused(sight: Sight) -> Markup:
    """The refusals, the newest first."""
    journal = sight.core.journal
    shown = journal.refusals[: -NEWEST - 1 : -1]
    before = _RENDERED.get(journal, {})
    items = [before[one.number] if one.number in before else await asyncio.to_thread(_item, one) for one in shown]
    _RENDERED[journal] = {entry.number: item for entry, item in zip(shown, items, strict=True)}
    return render("side/refused.html", items=items, count=journal.refusal_count)


def _item(entry: Entry) -> Markup:
    problems = entry.answer["problems"]
    return render("side/refusal.html", entry=entry, problems=problems, parts=parts(entry.args, problems))
