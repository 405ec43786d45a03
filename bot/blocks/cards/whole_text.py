"""Show all: everything a client wrote, in as many parts as it takes."""

from collections.abc import Sequence
from typing import Final

from bot.blocks import phrases
from bot.blocks.client_words import files
from bot.blocks.ids import Action, Window, encode
from bot.blocks.limits import width, word_chunks
from bot.blocks.pieces import Block, View, actions, button, context, modal
from bot.blocks.words import is_blank, mrkdwn, one_line, plain, quote, rich_text, said, when
from bot.domain.characters import clean
from bot.domain.requests import Message
from bot.domain.snapshots.card import Card

PART: Final = 9_000
"""Characters in one part: safely below what all blocks of one payload may hold."""

_ROWS: Final = 40


def build_message_text(card: Card, *, part: int = 0, messages: Sequence[Message] | None = None) -> View:
    """Return one part of the whole text, with buttons to the next and previous one; a part out of range is the last."""
    parts = _parts(card.opening if messages is None else messages)
    at = max(0, min(part, len(parts) - 1))
    value = {"request": card.request.id}
    back = button("Back", Action.SHOW_PREVIOUS_PART, encode(**value, part=at - 1)) if at else None
    on = button("Go on", Action.SHOW_NEXT_PART, encode(**value, part=at + 1)) if at + 1 < len(parts) else None
    place = [context(mrkdwn(f"Part {at + 1} of {len(parts)}"))] if len(parts) > 1 else []
    return modal(
        Window.TEXT,
        phrases.title(card.request, card.client),
        [*place, *parts[at], *actions(back, on)],
        metadata=encode(**value, part=at),
    )


def _parts(messages: Sequence[Message]) -> list[list[Block]]:
    """Lay out all messages, breaking to a new part whenever one is full."""
    parts: list[list[Block]] = [[]]
    used = 0
    for message in messages:
        for place, piece in enumerate(_pieces(message)):
            if used + width(piece) > PART or len(parts[-1]) > _ROWS:
                parts.append([])
                used = 0
            if not place:
                parts[-1].append(context(plain(one_line(message.author, 80) or "They"), mrkdwn(when(message.at))))
            parts[-1].append(rich_text(quote(said(piece))))
            used += width(piece)
        names = "" if message.deleted else files(message.attachments)
        parts[-1] += [context(plain(names))] if names else []
    return parts if parts[0] else [[rich_text(quote(said("")))]]


def _pieces(message: Message) -> list[str]:
    text = clean(message.text).strip("\n")
    if message.deleted:
        return ["This message was deleted."]
    if is_blank(text):
        return [""]
    return word_chunks(text, PART)
