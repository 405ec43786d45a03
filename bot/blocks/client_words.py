"""A client's own words on a card, a thread or a list: quoted, safe, within limits."""

from collections.abc import Sequence
from typing import Final

from bot.blocks.words import Element, is_blank, line, one_line, paragraph, quote, rich_text, said, when_element
from bot.domain.incoming import Attachment
from bot.domain.requests import Message, Request

CARD_CHARACTERS: Final = 1_200
CARD_LINES: Final = 16
CARD_MESSAGES: Final = 3
_FILES: Final = 8
_KILO: Final = 1024


def ask_line(request: Request) -> str:
    """Return what is asked, on one line; empty when nothing can be said about it."""
    shown = request.ask if not is_blank(request.ask) else request.subject
    return "" if is_blank(shown) else one_line(shown, 300)


def excerpt_line(request: Request, excerpt: str) -> str:
    """Return the ask, or the beginning of the text, for a line in a list."""
    return ask_line(request) or ("" if is_blank(excerpt) else one_line(excerpt, 300)) or "(no words)"


def quoted(messages: Sequence[Message]) -> tuple[list[Element], bool]:
    """Return blocks that quote the messages, oldest first, and whether more than they show was written."""
    left, parts, more = CARD_CHARACTERS, [], len(messages) > CARD_MESSAGES
    for place, message in enumerate(messages[:CARD_MESSAGES]):
        shown, cut_off = _shown(message, left)
        if place:
            parts.append(line(when_element(message.at, "later, ")))
        parts.append(quote(*shown))
        more = more or cut_off
        left = max(200, left - len(message.text))
    return ([rich_text(*parts)] if parts else []), more


def _shown(message: Message, most: int) -> tuple[list[Element], bool]:
    if message.deleted:
        return [said("The client deleted this message.", italic=True)], False
    if is_blank(message.text):
        return [said("(no words)" if not message.attachments else "(no words, only files)", italic=True)], False
    text, cut_off = paragraph(message.text, most, lines=CARD_LINES)
    edited = [said("  (edited)", italic=True)] if message.edited else []
    return [said(text), *edited], cut_off


def says_more_than(messages: Sequence[Message], ask: str) -> bool:
    """Tell whether the messages say more than their ask, so that it is worth a line of its own."""
    most = 2 * len(ask) + 100
    begun = " ".join(message.text[:most] for message in messages)
    return len(begun) > most or " ".join(begun.split()) != " ".join(ask.split())


def files(attachments: Sequence[Attachment]) -> str:
    """Return the names of the files, on one line and not escaped; empty when there are none."""
    if not attachments:
        return ""
    names = [f"{one_line(entry.name, 60) or 'a file'}{_size(entry.size)}" for entry in attachments[:_FILES]]
    rest = len(attachments) - len(names)
    return "📎 " + " · ".join([*names, f"{rest} more"] if rest else names)


def _size(size: int | None) -> str:
    if size is None:
        return ""
    if size < _KILO * _KILO:
        return f" ({max(1, round(size / _KILO))} kB)"
    return f" ({size / _KILO / _KILO:.1f} MB)"
