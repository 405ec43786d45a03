"""A message that somebody pointed at, carried through the form that asks whose it is: whole, whatever its length."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from bot.blocks.ids import decode, encode
from bot.blocks.limits import LIMITS, chunks, width
from bot.blocks.pieces import Block
from bot.blocks.words import quote, rich_text
from bot.domain.incoming import Attachment, IncomingMessage, Source

_WORDS: Final = "words"
_ROOM: Final = "view.private_metadata"
_FACTS: Final = ("channel", "ts", "thread", "sender_user", "sender_team", "sender_name")


def pack_message(incoming: IncomingMessage) -> str:
    """Return where a message came from, for a window's metadata; files that do not fit are left out, last first."""
    facts = {name: str(getattr(incoming, name))[:_NAME] for name in _FACTS if getattr(incoming, name)}
    facts |= {"identity": incoming.identity, "at": incoming.at.isoformat()}
    files = [{name: fact for name, fact in asdict(entry).items() if fact} for entry in incoming.attachments]
    while True:
        try:
            return encode(_ROOM, **facts, files=json.dumps(files, separators=(",", ":")))
        except ValueError:
            files = files[:-1]


_NAME: Final = 200
"""Characters of a sender's name; ids are shorter anyway, so that what is packed always fits without files."""


def unpack_message(metadata: str) -> IncomingMessage | None:
    """Return what `pack_message` packed, without its words; None when the form was opened without a message."""
    if not metadata:
        return None
    facts = dict(decode(metadata))
    at, files = datetime.fromisoformat(facts.pop("at")), json.loads(facts.pop("files"))
    empty = IncomingMessage(source=Source.SHORTCUT, identity=facts.pop("identity"), text="", at=at)
    attachments = tuple(Attachment(**entry) for entry in files)
    known: dict[str, Any] = {name: facts[name] for name in _FACTS if name in facts}
    return replace(empty, attachments=attachments, **known)


def is_too_long(text: str) -> bool:
    """Tell whether a text is longer than an input takes, so that it must be shown instead of edited."""
    return width(text) > LIMITS["plain_text_input.max_length"]


def word_blocks(text: str) -> list[Block]:
    """Return a text that is too long for an input, as it will be taken."""
    pieces = chunks(text, LIMITS["text.text"])
    return [
        {**rich_text(quote({"type": "text", "text": piece})), "block_id": f"{_WORDS}{at}"}
        for at, piece in enumerate(pieces)
    ]


def unpack_words(view: Mapping[str, Any]) -> str:
    """Return the text that `word_blocks` put into a submitted window, empty when it has none."""
    return "".join(
        element["text"]
        for block in view.get("blocks", [])
        if str(block.get("block_id", "")).startswith(_WORDS)
        for part in block["elements"]
        for element in part["elements"]
    )
