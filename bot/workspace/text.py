"""What Slack does to words: escaping, mentions, and the ids and defaults that it puts into blocks."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.workspace.ids import make_block_id
from bot.workspace.models import JSON, Channel, User

_BARE_AMPERSAND: Final = re.compile(r"&(?!(?:amp|lt|gt);)")
_MENTION: Final = re.compile(r"(?<![\w@#<|/])([@#])([\w.-]*\w)")
_TOKEN: Final = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_URL: Final = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)\]}'\"]")


def escape(text: str) -> str:
    """A person's typed words as Slack stores them: &, < and > become entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The words behind Slack's three entities."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in text else text


def escape_posted(text: str) -> str:
    """An app's text as Slack stores it: a bare & becomes an entity; what looks like a tag stays."""
    return _BARE_AMPERSAND.sub("&amp;", text)


def link_typed(text: str, user: Callable[[str], User | None], channel: Callable[[str], Channel | None]) -> str:
    """Escape typed words and turn @names, #channels and addresses into Slack's tokens, as its composer does."""

    def mention(match: re.Match[str]) -> str:
        mark, name = match.groups()
        if mark == "@":
            found = user(name)
            return f"<@{found.id}>" if found else match.group()
        room = channel(name)
        return f"<#{room.id}|{room.name}>" if room else match.group()

    pieces, last = [], 0
    for url in _URL.finditer(text):
        pieces.append(_MENTION.sub(mention, escape(text[last : url.start()])))
        pieces.append(f"<{escape(url.group())}>")
        last = url.end()
    pieces.append(_MENTION.sub(mention, escape(text[last:])))
    return "".join(pieces)


def typed_text(text: str, users: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """The way back from `link_typed`: what a person typed, by the names of ids."""

    def word(match: re.Match[str]) -> str:
        mark, body, label = match.groups()
        if mark == "@":
            return f"@{users.get(body, label or body)}"
        if mark == "#":
            return f"#{channels.get(body) or label or body}"
        return f"@{body}" if mark == "!" else body

    return unescape(_TOKEN.sub(word, text))


def rich_text(text: str) -> JSON:
    """The rich_text block that a person's message carries beside its text."""
    elements: list[JSON] = []

    def plain(part: str) -> None:
        if part:
            elements.append({"type": "text", "text": unescape(part)})

    last = 0
    for token in _TOKEN.finditer(text):
        plain(text[last : token.start()])
        mark, body, label = token.groups()
        if mark == "@":
            elements.append({"type": "user", "user_id": body})
        elif mark == "#":
            elements.append({"type": "channel", "channel_id": body})
        elif mark == "!":
            elements.append({"type": "broadcast", "range": body})
        else:
            link = {"type": "link", "url": unescape(body)}
            elements.append({**link, "text": unescape(label)} if label else link)
        last = token.end()
    plain(text[last:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": make_block_id(text), "elements": [section]}


def normalise_blocks(blocks: list[JSON], seed: str) -> list[JSON]:
    """An app's blocks as Slack gives them back: every block has an id, text objects carry their defaults."""
    out = []
    for index, block in enumerate(blocks):
        full = {"type": block.get("type"), "block_id": block.get("block_id") or make_block_id(f"{seed}/{index}")}
        out.append({**full, **{key: _normalise(value) for key, value in block.items() if key not in full}})
    return out


def _normalise(value: Any) -> Any:
    if isinstance(value, list):
        return [_normalise(one) for one in value]
    if not isinstance(value, dict):
        return value
    out = {key: _normalise(one) for key, one in value.items()}
    if isinstance(out.get("text"), str):
        if out.get("type") == "mrkdwn":
            out["text"] = escape_posted(out["text"])
            out.setdefault("verbatim", False)
        elif out.get("type") == "plain_text":
            out.setdefault("emoji", True)
    return out
