"""mrkdwn and plain text as a person reads them: names for mentions, local times for dates, styles for marks."""

import re
from typing import Any, Final

from bot.workspace.render.dates import show_date
from bot.workspace.render.reader import Reader

_TAG: Final = re.compile(r"<([^<>]+)>")
_CODE: Final = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_MARKS: Final = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "bold"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "italic"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "strike"),
)
_ASIDE: Final = re.compile(r"\0(\d+)\0")
_BROADCASTS: Final = ("here", "channel", "everyone")


def unescape(text: str) -> str:
    """The characters that Slack escapes, as they are."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def show_text(thing: Any, reader: Reader) -> str:
    """A text object, or a message's text, as words."""
    if isinstance(thing, str):
        return show_mrkdwn(thing, reader)
    if not isinstance(thing, dict):
        return ""
    text = str(thing.get("text", ""))
    return text if thing.get("type") == "plain_text" else show_mrkdwn(text, reader)


def show_mrkdwn(text: str, reader: Reader) -> str:
    """Slack's markup as words; code keeps its backticks, quotes their bar, emoji codes stay as they are."""
    pieces, last = [], 0
    for code in _CODE.finditer(text):
        pieces.append(_marked(text[last : code.start()], reader))
        pieces.append(unescape(_TAG.sub(lambda match: _tag(match.group(1), reader), code.group())))
        last = code.end()
    pieces.append(_marked(text[last:], reader))
    return "".join(pieces)


def _marked(text: str, reader: Reader) -> str:
    tags: list[str] = []  # set aside, so that an underscore in an address is no mark

    def set_aside(match: re.Match[str]) -> str:
        tags.append(_tag(match.group(1), reader))
        return f"\0{len(tags) - 1}\0"

    text = _TAG.sub(set_aside, text.replace("\0", ""))
    text = re.sub(r"(?m)^(?:&gt;|>) ?", "│ ", text)
    for pattern, style in _MARKS:
        text = pattern.sub(lambda match, style=style: reader.style(match.group(1), style), text)  # type: ignore[misc]
    return _ASIDE.sub(lambda match: tags[int(match.group(1))], unescape(text))


def _tag(tag: str, reader: Reader) -> str:
    body, _, label = unescape(tag).partition("|")
    if body.startswith("!date^"):
        return _date_tag(body, label, reader)
    if body.startswith("@"):
        return f"@{reader.person(body[1:])}"
    if body.startswith("#"):
        return f"#{reader.channels.get(body[1:]) or label or body[1:]}"
    if body.startswith("!"):
        name = body[1:].partition("^")[0]
        return f"@{name}" if name in _BROADCASTS else label or f"@{name}"
    return show_link(body, label)


def show_link(url: str, label: str = "") -> str:
    """A link: its label with the address behind it, mail addresses bare."""
    plain = url.removeprefix("mailto:")
    return f"{label} ({plain})" if label and label not in {plain, url} else plain


def _date_tag(body: str, label: str, reader: Reader) -> str:
    parts = body.split("^")
    template = parts[2] if len(parts) > 2 else ""  # noqa: PLR2004 !date, the instant, then the template
    instant = parts[1] if parts[1:] else ""
    return show_date(int(instant), template, reader, label) if instant.isdigit() else label
