"""One request in full: how it stands, every promise it ever had, and what happened when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.blocks import aim_words, phrases
from bot.blocks.cards.card import pause_note, state
from bot.blocks.client_words import ask_line, files, quoted, says_more_than
from bot.blocks.ids import Action, Window, encode
from bot.blocks.lists.history import happened
from bot.blocks.nudges.steps import steps
from bot.blocks.pieces import Block, Post, View, actions, button, context, fields, header, modal, section
from bot.blocks.reply_rows import reply_rows
from bot.blocks.words import (
    Element,
    escape,
    fallback,
    line,
    mrkdwn,
    newest,
    one_line,
    person,
    plain,
    rich_text,
    said,
    spoken,
)
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import CLOSED
from bot.domain.snapshots.card import Card
from bot.domain.snapshots.status import Status

_HISTORY: Final = 20
_PROMISES: Final = 12


def build_status(status: Status, *, now: datetime) -> Post:
    """Return the request for the one who asked."""
    card = status.card
    promises = [phrases.promise(promise, now) for promise in status.promises[-_PROMISES:]]
    names = {member.id: member.name for member in card.members}
    history = [happened(entry, names) for entry in status.history[-_HISTORY:]]
    replies = [spoken(phrases.reply(reply)) for reply in card.replies]
    lines = [
        escape(phrases.title(card.request, card.client)),
        escape(ask_line(card.request)),
        f"{state(card, now)} · {phrases.waiting(card.request)} · owner: {_owner(card)}",
        *promises,
        *steps(status, now),
        aim_words.aim(card.target, now, card.missed) if card.target else "",
        *replies,
        f"Promises to them so far: {phrases.ledger(card.ledger)}",
    ]
    return Post(text=fallback(lines), blocks=_blocks(status, promises, history, now))


def build_status_view(status: Status, *, now: datetime) -> View:
    """Return the same as a window, for where no message can stand."""
    number = phrases.number(status.card.request)
    return modal(Window.STATUS, f"Request {number}", build_status(status, now=now)["blocks"])


def _blocks(status: Status, promises: Sequence[str], history: Sequence[list[Element]], now: datetime) -> list[Block]:
    card = status.card
    ask = ask_line(card.request)
    quotes, more = quoted(card.opening)
    names = files([entry for message in card.opening if not message.deleted for entry in message.attachments])
    return [
        header(phrases.title(card.request, card.client)),
        context(*_facts(card)),
        *([rich_text(line(said(ask, bold=True)))] if ask and says_more_than(card.opening, ask) else []),
        *quotes,
        *([context(plain(names))] if names else []),
        fields(f"*Owner*\n{_owner(card, mention=True)}", f"*State*\n{state(card, now)}"),
        *pause_note(card),
        section("*Promises*\n" + (newest(promises) or "None so far")),
        *_ladder(status, now),
        *([context(mrkdwn(aim_words.aim(card.target, now, card.missed)))] if card.target else []),
        *(block for reply in card.replies[:4] for block in reply_rows(reply)),
        *_history(history),
        context(mrkdwn(f"Promises to them so far: {phrases.ledger(card.ledger)}")),
        *_buttons(card, status.promises, more=more),
    ]


def _ladder(status: Status, now: datetime) -> list[Block]:
    if not status.ladder:
        return []
    return [section("*What comes next, if nothing happens before*\n" + "\n".join(steps(status, now)))]


def _facts(card: Card) -> list[Block]:
    contact = phrases.contact_name(card.contact)
    words = [phrases.category(card.request), phrases.waiting(card.request), phrases.heat(card.request)]
    return [*([plain(contact)] if contact else []), *(mrkdwn(word) for word in words if word)]


def _owner(card: Card, *, mention: bool = False) -> str:
    if card.owner is None:
        return "Nobody yet"
    return person(card.owner.id, card.owner.name) if mention else escape(one_line(card.owner.name, 60))


def _history(history: Sequence[list[Element]]) -> list[Block]:
    if not history:
        return []
    lines = [element for entry in history for element in entry]
    return [section("*What happened*"), rich_text(line(*lines))]


def _buttons(card: Card, promises: Sequence[Promise], *, more: bool) -> list[Block]:
    value = encode(request=card.request.id)
    everything = button("Show all", Action.SHOW_TEXT, value) if more else None
    if card.request.state in CLOSED:
        return actions(button("Reopen", Action.REOPEN, value), everything)
    about = next((promise for promise in promises if promise.outcome is Outcome.OPEN), card.slipped)
    claim = button("Claim", Action.CLAIM, value, style="primary") if card.owner is None else None
    return actions(claim, *_promise_buttons(card, about), button("More", Action.MORE, value), everything)


def _promise_buttons(card: Card, about: Promise | None) -> list[Block]:
    """Return what can be done about a promise that is open or slipped, as a nudge about it offers it."""
    if about is None:
        return []
    value = encode(promise=about.id, request=card.request.id)
    style = "primary" if about is card.slipped and card.owner else None
    return [
        button("Answered", Action.ANSWERED, value),
        button("Send delay update", Action.DELAY, value, style=style),
    ]
