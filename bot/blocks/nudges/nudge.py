"""The nudge: what was told to whom, by when in the reader's own time, and what can still be done about it."""

from datetime import datetime

from bot.blocks import phrases
from bot.blocks.client_words import excerpt_line
from bot.blocks.ids import Action, encode
from bot.blocks.nudges.nudge_once import told_once
from bot.blocks.nudges.nudge_over import why_moot
from bot.blocks.nudges.nudge_pile import ALL, Pile, heading_blocks, is_pile, named_blocks, pile_of
from bot.blocks.nudges.nudge_words import heading, left, sentences
from bot.blocks.pieces import Block, Post, actions, button, context, divider, section
from bot.blocks.reply_rows import reply_buttons
from bot.blocks.words import escape, fallback, line, mrkdwn, one_line, plain, rich_text, said
from bot.domain.ladder.nudges import BUNDLE_MOST
from bot.domain.promises import Outcome, Promise
from bot.domain.snapshots.nudge import ItemKind, Nudge, NudgeItem

_UNANSWERED = frozenset({Outcome.OPEN, Outcome.SLIPPED})
"""Outcomes after which the client still waits for a word."""


def build_nudge(nudge: Nudge, *, now: datetime) -> Post:
    """Return one message with all its items; what no longer matters is struck through, with the reason."""
    if is_pile(nudge):
        return _build_pile(pile_of(told_once(nudge.items)), nudge.recipient, now)
    items = told_once(nudge.items[:BUNDLE_MOST])
    live = [item for item in items if not item.moot]
    blocks = [section(f"*{heading(items, live)}*")]
    told = list(zip(items, sentences(items, now, nudge.recipient), strict=True))
    for number, (item, words) in enumerate(told):
        blocks += [divider()] if number else []
        blocks += _moot(item, words) if item.moot else _live(item, words, now)
    lines = [f"{escape(_name(item))}: {words}{left(item, now)}" for item, words in told if not item.moot]
    lines += [f"{escape(_name(item))}: {why_moot(item)}" for item in items if item.moot]
    return Post(text=fallback([heading(items, live), *lines]), blocks=blocks)


def _build_pile(pile: Pile, reader: str, now: datetime) -> Post:
    blocks = heading_blocks(pile)
    told = list(zip(pile.shown, sentences(pile.shown, now, reader), strict=True))
    for number, (item, words) in enumerate(told):
        blocks += [divider()] if number else []
        blocks += _live(item, words, now)
    rest = named_blocks(pile)
    blocks += [divider(), *rest] if rest and told else rest
    lines = [f"{escape(_name(item))}: {words}{left(item, now)}" for item, words in told]
    return Post(text=fallback([pile.heading, *lines, f"{pile.more}. {ALL}" if pile.more else ""]), blocks=blocks)


def _name(item: NudgeItem) -> str:
    return f"{phrases.title(item.request, item.client)} · {one_line(excerpt_line(item.request, item.excerpt), 150)}"


def _named(item: NudgeItem) -> Block:
    """Return which request it is about, the client before their words."""
    words = one_line(excerpt_line(item.request, item.excerpt), 150)
    return rich_text(line(said(phrases.title(item.request, item.client), bold=True), said(f" · {words}")))


def _live(item: NudgeItem, words: str, now: datetime) -> list[Block]:
    rows = [_named(item), section(words)]
    if item.kind is ItemKind.RECHECK and phrases.pause_note(item.request):
        rows.append(context(plain(phrases.pause_note(item.request))))
    if item.reply and item.reply.error:
        rows.append(context(plain(one_line(item.reply.error, 400))))
    return [*rows, *_buttons(item, now)]


def _moot(item: NudgeItem, words: str) -> list[Block]:
    return [rich_text(line(said(_name(item), strike=True))), context(mrkdwn(f"~{words}~"), mrkdwn(why_moot(item)))]


def _buttons(item: NudgeItem, now: datetime) -> list[Block]:
    request = encode(request=item.request.id)
    show = button("Show", Action.SHOW_STATUS, request, describe=f"Show {phrases.title(item.request, item.client)}")
    claim = button("Claim", Action.CLAIM, request, style="primary")
    over = button("Hand over", Action.HAND_OVER, request)
    if item.kind is ItemKind.REPLY and item.reply:
        return _in_one_row(reply_buttons(item.reply), show)
    told = item.passed or item.promise
    if told and told.outcome in _UNANSWERED and item.kind is not ItemKind.HANDED_OVER:
        return actions(None if item.owner else claim, *_promise_buttons(item, told, now), over, show)
    if item.kind is ItemKind.RECHECK:
        go_on = button("Go on", Action.RESUME, request, describe="We go on: the wait is over")
        close = button("Close", Action.CLOSE, request, describe="Close it: nothing is left to do or to say")
        return actions(None if item.owner else claim, _acknowledge(item), go_on, close, show)
    return actions(None if item.owner else claim, _acknowledge(item), over if item.owner else None, show)


def _in_one_row(rows: list[Block], another: Block) -> list[Block]:
    """Return the buttons with another one behind them: ten items of a message must fit into its fifty blocks."""
    return actions(*(element for row in rows for element in row["elements"]), another)


def _acknowledge(item: NudgeItem) -> Block | None:
    """Return the card's own button that acknowledges: as there, nothing leaves before it was looked through."""
    if item.acknowledge is None:
        return None
    value = encode(request=item.request.id, suggestion=item.acknowledge.key)
    style = "primary" if item.owner else None
    return button(item.acknowledge.label, Action.SUGGESTION_1, value, style=style)


def _promise_buttons(item: NudgeItem, promise: Promise, now: datetime) -> list[Block]:
    facts = {"promise": promise.id, "request": item.request.id, "revision": promise.revision}
    value, once = encode(**facts), encode(**facts, put_off=item.put_off)
    delay = button("Send delay update", Action.DELAY, value)
    if item.kind is ItemKind.SAID_DIRECTLY:
        return [button("Yes, answered", Action.ANSWERED, value, style="primary"), delay]
    if item.kind is ItemKind.CLIENT_ANSWER:
        return [delay]
    in_time = promise.outcome is Outcome.OPEN and promise.due_at > now
    answers = [button("I'm on it", Action.ON_IT, value), button("Snooze", Action.SNOOZE, once)]
    waits = in_time and promise.acked_at is None
    return [button("Answered", Action.ANSWERED, value), {**delay, "style": "primary"}, *(answers if waits else [])]
