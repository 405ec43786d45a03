"""Slack's mrkdwn as HTML (docs: /messaging/formatting-message-text)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from markupsafe import Markup, escape

from bot.workspace.page.html.emoji import names_alone, with_emoji
from bot.workspace.page.html.inline import (
    BROADCASTS,
    channel_html,
    fit,
    group_html,
    link_html,
    mention_html,
    time_html,
    words_html,
)
from bot.workspace.render import Reader
from bot.workspace.render.words import unescape

_FENCE: Final = re.compile(r"\n?```\n?(.+?)\n?```\n?", re.DOTALL)
_QUOTE: Final = re.compile(r"(?:&gt;|>) ?")
_REST_QUOTED: Final = re.compile(r"(?m)^(?:&gt;|>){3} ?")
_ASIDES: Final = re.compile(r"`([^`\n]+)`|<([^<>\n]+)>|(https?://(?:&amp;|[^\s<>&|`\0])+)", re.IGNORECASE)
_AFTER_ADDRESS: Final = ".,;:!?)]}'\"*_~"
_MARK: Final = re.compile(
    r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)"
    r"|(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"
)
_STYLED: Final = (Markup("<strong>{}</strong>"), Markup("<em>{}</em>"), Markup("<s>{}</s>"))
_PARKED: Final = re.compile("\0(\\d+)\0")
_BULLET: Final = re.compile(r"\s*[•◦▪‣]\s+")
_DATE_PARTS: Final = 3


def text_html(thing: Any, reader: Reader) -> Markup:
    """A text object, or a message's text, as HTML; nothing of it becomes an element, an attribute or a script."""
    if isinstance(thing, str):
        return fit(mrkdwn_html(thing, reader))
    if not isinstance(thing, dict):
        return Markup()
    text = str(thing.get("text", ""))
    if thing.get("type") == "plain_text":
        return fit(words_html(text, emoji=thing.get("emoji") is not False))
    return fit(mrkdwn_html(text, reader, links=thing.get("verbatim") is not True))


def plain_words(thing: Any) -> str:
    """A text object where only words can stand (an option, a title); emoji codes replaced."""
    if not isinstance(thing, dict):
        return ""
    text = str(thing.get("text", ""))
    return with_emoji(unescape(text) if thing.get("type") == "mrkdwn" else text)


def mrkdwn_html(text: str, reader: Reader, *, links: bool = True) -> Markup:
    """Slack's markup as HTML; `links` also turns bare addresses into links."""
    text = text.replace("\0", "\ufffd")
    alone = names_alone(text)
    if alone:
        return Markup('<span class="bk-emoji" role="img" aria-label="{}">{}</span>').format(
            ", ".join(alone), with_emoji(text)
        )
    pieces: list[Markup] = []
    last = 0
    for fence in _FENCE.finditer(text):
        pieces += _quotes(text[last : fence.start()], reader, links=links)
        pieces.append(Markup("<pre><code>{}</code></pre>").format(_code(fence[1], reader)))
        last = fence.end()
    return Markup().join([*pieces, *_quotes(text[last:], reader, links=links)])


def _quotes(text: str, reader: Reader, *, links: bool) -> Iterator[Markup]:
    """Lines, those behind a > together in a quote; after >>> everything is one."""
    rest = _REST_QUOTED.search(text)
    quoted: list[str] = []
    plain: list[str] = []
    for line in text[: rest.start()].removesuffix("\n").split("\n") if rest else text.split("\n") if text else []:
        mark = _QUOTE.match(line)
        if mark:
            yield from _lines(plain, reader, links=links)
            quoted.append(line[mark.end() :])
        else:
            yield from _quote(quoted, reader, links=links)
            plain.append(line)
    yield from _lines(plain, reader, links=links)
    yield from _quote(quoted, reader, links=links)
    if rest:
        yield from _quote(text[rest.end() :].split("\n"), reader, links=links)


def _quote(lines: list[str], reader: Reader, *, links: bool) -> Iterator[Markup]:
    if lines:
        yield Markup("<blockquote>{}</blockquote>").format(Markup().join(_lines(lines, reader, links=links)))
    lines.clear()


def _lines(lines: list[str], reader: Reader, *, links: bool) -> Iterator[Markup]:
    """Lines with breaks between them; one that looks like a list's item hangs behind its bullet."""
    broken = True
    for line in lines:
        bullet = _BULLET.match(line)
        inner = _inline(line, reader, links=links)
        if bullet:
            yield Markup('<span class="bk-bullet">{}</span>').format(inner)
        else:
            yield inner if broken else Markup("<br>{}").format(inner)
        broken = bullet is not None
    lines.clear()


def _inline(text: str, reader: Reader, *, links: bool = True) -> Markup:
    parked: list[Markup] = []  # set aside, so that an underscore in an address is no mark

    def park(match: re.Match[str]) -> str:
        code, tag, address = match.groups()
        tail = ""
        if address:
            if not links:
                return match.group()
            bare = address.rstrip(_AFTER_ADDRESS)
            tail, shown = address[len(bare) :], link_html(unescape(bare))
        else:
            shown = Markup("<code>{}</code>").format(_code(code, reader)) if code else _tag(tag, reader)
        parked.append(shown)
        return f"\0{len(parked) - 1}\0{tail}"

    return _marked(_ASIDES.sub(park, text), parked)


def _marked(text: str, parked: list[Markup]) -> Markup:
    pieces: list[Markup] = []
    last = 0
    for match in _MARK.finditer(text):
        which = match.lastindex or 1
        pieces.append(_leaf(text[last : match.start()], parked))
        pieces.append(_STYLED[which - 1].format(_marked(match[which], parked)))
        last = match.end()
    return Markup().join([*pieces, _leaf(text[last:], parked)])


def _leaf(text: str, parked: list[Markup]) -> Markup:
    words = _PARKED.split(text)  # words, number, words, number, …
    return Markup().join(
        parked[int(part)] if index % 2 else escape(with_emoji(unescape(part))) for index, part in enumerate(words)
    )


def _code(text: str, reader: Reader) -> Markup:
    """Code keeps its line breaks and emoji codes; only what stands in angle brackets is something else."""
    pieces = re.split(r"<([^<>\n]+)>", text)
    return Markup().join(
        _tag(part, reader) if index % 2 else escape(unescape(part)) for index, part in enumerate(pieces)
    )


def _tag(tag: str, reader: Reader) -> Markup:
    """What stands between angle brackets."""
    body, _, label = (unescape(part) for part in tag.partition("|"))
    if body.startswith("!date^"):
        return _date(body, label, reader)
    if body.startswith("@"):
        return mention_html(body[1:], reader, label)
    if body.startswith("#"):
        return channel_html(body[1:], reader, label)
    if body.startswith("!"):
        name = body[1:].partition("^")[0]
        return group_html(name if name in BROADCASTS else label or name)
    return link_html(body, with_emoji(label))


def _date(body: str, label: str, reader: Reader) -> Markup:
    parts = body.split("^")
    if len(parts) < _DATE_PARTS or not re.fullmatch(r"\d{1,12}", parts[1]):
        return escape(label)
    url = parts[_DATE_PARTS] if parts[_DATE_PARTS:] else ""
    return time_html(int(parts[1]), parts[2], reader, fallback=label, url=url)
