"""The card: one request in the team channel."""

from datetime import datetime
from typing import Final

from bot.blocks import aim_words, phrases
from bot.blocks.client_words import ask_line, files, quoted, says_more_than
from bot.blocks.ids import SUGGESTIONS, Action, encode
from bot.blocks.pieces import (
    Block,
    Post,
    actions,
    button,
    context,
    fields,
    header,
    option,
    plain_section,
    select,
)
from bot.blocks.reply_rows import reply_rows
from bot.blocks.words import (
    Element,
    escape,
    fallback,
    line,
    listed,
    mrkdwn,
    one_line,
    paragraph,
    person,
    plain,
    rich_text,
    said,
    spoken,
)
from bot.domain.categories import CATEGORIES, category_of
from bot.domain.promises import Ledger, still_stands
from bot.domain.requests import CLOSED, State
from bot.domain.snapshots.card import Card

_PROMISES: Final = 4
_REPLIES: Final = 4
_REASONS: Final = 5
_OTHERS: Final = 5


def build_card(card: Card, *, now: datetime) -> Post:
    """Return the card as it stands at `now`."""
    ask = ask_line(card.request)
    quotes, more = quoted(card.opening)
    blocks = [
        header(phrases.title(card.request, card.client)),
        context(*_since(card)),
        *([rich_text(line(said(ask, bold=True)))] if ask and says_more_than(card.opening, ask) else []),
        *quotes,
        *_files(card),
        *(_show_all(card) if more else []),
        _category(card),
        fields(*_facts(card, now)),
        *pause_note(card),
        *(block for reply in card.replies[:_REPLIES] for block in reply_rows(reply)),
        *_ledger(card),
        *_language(card),
        *_buttons(card),
    ]
    return Post(text=_fallback(card, ask, now), blocks=blocks)


def _since(card: Card) -> list[Element]:
    contact, heat = phrases.contact_name(card.contact), phrases.heat(card.request)
    more = card.conversation_count - len(card.opening)
    parts = [
        plain(contact) if contact else None,
        mrkdwn(phrases.waiting(card.request)),
        mrkdwn(heat) if heat else None,
        mrkdwn(f"{more} more in the thread") if more > 0 else None,
        mrkdwn(_others(card)) if card.others else None,
        None if card.client.confirmed else mrkdwn("✨ a new client: confirm in More → Profile"),
    ]
    return [part for part in parts if part]


def _others(card: Card) -> str:
    """Return the client's other live requests: "any news?" is often about one of them."""
    numbers = [f"#{number}" for number in card.others[-_OTHERS:]]
    more = len(card.others) - len(numbers)
    return f"also open for them: {', '.join(numbers)}" + (f" and {more} more" if more else "")


def _files(card: Card) -> list[Block]:
    names = files([entry for message in card.opening if not message.deleted for entry in message.attachments])
    return [context(plain(names))] if names else []


def _show_all(card: Card) -> list[Block]:
    return actions(button("Show all", Action.SHOW_TEXT, encode(request=card.request.id)))


def _category(card: Card) -> Block:
    request = card.request
    options = [
        option(f"{row.emoji} {row.name}", encode(request=request.id, category=row.key), row.description)
        for row in CATEGORIES
    ]
    current = encode(request=request.id, category=request.category)
    if current not in {choice["value"] for choice in options}:
        gone = category_of(request.category)
        options.append(option(f"{gone.emoji} {gone.name}", current, gone.description))
    return plain_section(_why(card), select(Action.SET_CATEGORY, options, chosen=current, placeholder="Category"))


def _why(card: Card) -> str:
    request = card.request
    name = category_of(request.category).name
    if request.category_by:
        by = next((member.name for member in card.members if member.id == request.category_by), "a colleague")
        return f"{name}: chosen by {one_line(by, 60)}"
    if not request.reasons:
        return f"{name}: a guess"
    words = [f"“{one_line(word, 40)}”" for word in request.reasons[:_REASONS]]
    return f"{name}: a guess, because of {listed(words)}"


def _facts(card: Card, now: datetime) -> list[str]:
    owner = person(card.owner.id, card.owner.name) if card.owner else "Nobody yet"
    only_an_aim = card.target and not (card.promises or card.slipped)
    promised = "Nothing promised yet" if only_an_aim else "Promised" if card.slipped else "Next promise"
    facts = [f"*Owner*\n{owner}", f"*{promised}*\n{_next(card, now)}"]
    if card.request.state not in {State.NEW, State.OPEN}:
        facts.append(f"*State*\n{state(card, now)}")
    return facts


def state(card: Card, now: datetime) -> str:
    """Return where the request stands, and of a wait whether a promise stands meanwhile."""
    return phrases.state(card.request, stands=still_stands(card.promises, card.slipped, now))


def pause_note(card: Card) -> list[Block]:
    """Return our own words about a wait, plain: they may quote a client."""
    note = phrases.pause_note(card.request)
    return [context(plain(note))] if note else []


def _next(card: Card, now: datetime) -> str:
    told = [phrases.slipped(card.slipped)] if card.slipped else []
    told += [phrases.promise(promise, now) for promise in card.promises[:_PROMISES]]
    if card.target and not told:
        told = [aim_words.aim(card.target, now, card.missed)]
    return "\n".join(told) or "Nothing promised"


def _ledger(card: Card) -> list[Block]:
    """Return what became of earlier promises; a client without any needs no line about it."""
    if card.ledger == Ledger():
        return []
    return [context(mrkdwn("Promises to them so far: " + phrases.ledger(card.ledger)))]


def _language(card: Card) -> list[Block]:
    said = _in_english(card)
    return [context(plain(said))] if said else []


def _in_english(card: Card) -> str:
    """Say that the suggestions are not in the client's language, when there are any; else nothing."""
    if card.unwritten is None or not card.suggestions:
        return ""
    reads = phrases.reads(card.client, card.unwritten)
    return f"{reads[0].upper()}{reads[1:]}; the suggested replies are in English for now."


def _buttons(card: Card) -> list[Block]:
    request = card.request
    value, name = encode(request=request.id), phrases.title(request, card.client)
    more = button("More", Action.MORE, value, describe=f"More about {name}")
    if request.state in CLOSED:
        return actions(button("Reopen", Action.REOPEN, value, describe=f"Reopen {name}"), more)
    claim = button("Claim", Action.CLAIM, value, style="primary", describe=f"Claim {name}")
    suggestions = [
        button(choice.label, action, encode(request=request.id, suggestion=choice.key))
        for action, choice in zip(SUGGESTIONS, card.suggestions, strict=False)
    ]
    return actions(None if card.owner else claim, _delay(card), *suggestions, more)


def _delay(card: Card) -> Block | None:
    """Return the button that says openly what slipped, with a new time; none while every time told still holds."""
    if card.slipped is None:
        return None
    value = encode(promise=card.slipped.id, request=card.request.id)
    return button("Send delay update", Action.DELAY, value, style="primary" if card.owner else None)


def _fallback(card: Card, ask: str, now: datetime) -> str:
    """Say all that the card says; the client's own words come last, so that nothing else is cut away."""
    request = card.request
    words = "\n".join("(deleted)" if message.deleted else message.text for message in card.opening)
    owner = escape(one_line(card.owner.name, 60)) if card.owner else "nobody yet"
    return fallback(
        [
            f"{escape(phrases.title(request, card.client))} ({escape(_why(card))})",
            " · ".join(["from " + escape(phrases.contact_name(card.contact) or "them"), phrases.waiting(request)]),
            phrases.heat(request),
            escape(ask),
            f"{state(card, now)} · owner: {owner}",
            escape(phrases.pause_note(request)),
            _next(card, now),
            *(spoken(phrases.reply(reply)) for reply in card.replies[:_REPLIES]),
            f"Promises to them so far: {phrases.ledger(card.ledger)}",
            escape(_in_english(card)),
            escape(paragraph(words, 1_500)[0]),
        ]
    )
