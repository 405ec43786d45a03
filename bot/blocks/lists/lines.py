"""One request in a list: who asked what, who has it, what was promised by when, and the obvious next press."""

from collections.abc import Sequence
from datetime import datetime

from bot.blocks import aim_words, phrases
from bot.blocks.client_words import excerpt_line
from bot.blocks.ids import Action, encode
from bot.blocks.pieces import Block, button, context, plain_section
from bot.blocks.words import escape, mrkdwn, one_line, person
from bot.domain.promises import still_stands
from bot.domain.requests import State
from bot.domain.snapshots.lists import Line

LINES_IN_MESSAGE = 15
"""Two blocks each, and room for a heading and a last row."""


def line_blocks(entry: Line, now: datetime, *, show_owner: bool = True) -> list[Block]:
    """Return one request as two blocks: the words with a button, then the facts."""
    name = phrases.title(entry.request, entry.client)
    value = encode(request=entry.request.id)
    if entry.request.state is State.NEW and entry.owner is None:
        press = button("Claim", Action.CLAIM, value, style="primary", describe=f"Claim {name}")
    else:
        press = button("Show", Action.SHOW_STATUS, value, describe=f"Show {name}")
    words = f"{name} · {excerpt_line(entry.request, entry.excerpt)}"
    return [plain_section(words, press), context(mrkdwn(_facts(entry, now, show_owner=show_owner, mention=True)))]


def line_text(entry: Line, now: datetime) -> str:
    """Return one request as a line of a fallback text, escaped."""
    words = f"{phrases.title(entry.request, entry.client)} · {excerpt_line(entry.request, entry.excerpt)}"
    return f"{escape(one_line(words, 200))} ({_facts(entry, now, show_owner=True, mention=False)})"


def _facts(entry: Line, now: datetime, *, show_owner: bool, mention: bool) -> str:
    facts = [phrases.category(entry.request)]
    if show_owner:
        facts.append(_owner(entry, mention=mention))
    if entry.request.state not in {State.NEW, State.OPEN}:
        stands = still_stands([entry.promise], entry.slipped, now)
        facts.append(phrases.state(entry.request, stands=stands))
    if entry.slipped:
        facts.append(phrases.slipped(entry.slipped))
    if entry.promise:
        facts.append(phrases.promise(entry.promise, now))
    elif entry.target and not entry.slipped:
        facts.append(aim_words.aim(entry.target, now, entry.missed))
    if entry.request.waiting_since:
        facts.append(phrases.waiting(entry.request))
    return " · ".join(facts)


def _owner(entry: Line, *, mention: bool) -> str:
    if entry.owner is None:
        return "nobody has it yet"
    return person(entry.owner.id, entry.owner.name) if mention else escape(one_line(entry.owner.name, 60))


def rest(total: int, shown: Sequence[Line]) -> str:
    """Return how many more there are, empty when all are shown."""
    return f"and {total - len(shown)} more" if total > len(shown) else ""
