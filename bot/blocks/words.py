"""Words and times as Slack must get them: a client's words can never mention, link, format or reorder anything."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from bot.blocks.limits import LIMITS, cut, width
from bot.domain.characters import clean

Element = dict[str, Any]
Part = str | datetime | tuple[str, datetime]
"""Of a sentence that may hold anybody's words between its instants; a pair is an instant with what stands before it."""

NO_WORDS: Final = "(no words)"
"""Stands where a client wrote nothing that can be seen."""

DATE: Final = "{date_short_pretty} at {time}"
"""A reader's own date and time: "Today at 3:00 PM" (docs.slack.dev/messaging/formatting-message-text)."""

SAME_DATE: Final = "{date_short} at {time}"
"""The same date on every day that it is read: never "today"."""

_GAPS: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_HALF_TOKEN: Final = re.compile(r"<[^<>]*$|&[a-z]*$")
_USER_ID: Final = re.compile(r"[UW][A-Z0-9]+")
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_GLANCE: Final = 8
"""How many times its limit of a text is looked at: however long it is, showing its beginning takes no time."""

_FIRST_STRONG, _POP = "\u2068", "\u2069"


def is_blank(text: str) -> bool:
    """Tell whether nothing of the text could be seen."""
    return all(char.isspace() or unicodedata.category(char) in {"Cf", "Cc", "Zs", "Mn"} for char in text)


def one_line(text: str, limit: int) -> str:
    """Return the text as one line within the limit; right-to-left text is isolated, so that ours keeps its order."""
    begun = text[: limit * _GLANCE]
    line = " ".join(clean(begun).split())
    line = cut(f"{line}…" if len(begun) < len(text) else line, limit - 2)
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in line):
        return f"{_FIRST_STRONG}{line}{_POP}"
    return line


def paragraph(text: str, limit: int, *, lines: int | None = None) -> tuple[str, bool]:
    """Return the text within the limit and number of lines, and whether anything was left out."""
    begun = text[: limit * _GLANCE]
    whole = clean(begun).strip()
    shown = _GAPS.sub("\n\n", whole)
    if len(begun) < len(text.rstrip()):
        shown = f"{shown.rstrip()}…"
    if lines is not None and shown.count("\n") >= lines:
        shown = "\n".join(shown.split("\n")[:lines]).rstrip() + "\n…"
        return cut(shown, limit), True
    short = cut(shown, limit)
    return short, short != shown or len(begun) < len(text.rstrip())


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    return " and ".join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])


def escape(text: str) -> str:
    """Return the text safe for mrkdwn and for a message's fallback: nothing in it mentions or links."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def when(instant: datetime, before: str = "") -> str:
    """Return a date token for mrkdwn and fallback texts: each reader sees their own zone.

    `before` are our own words that lead to it ("by "): Slack says "Today" where a token begins and "today" within it.
    """
    return f"<!date^{int(instant.timestamp())}^{before}{DATE}|{before}{in_utc(instant)}>"


def when_named(instant: datetime, day: str, before: str = "") -> str:
    """Return a date token whose day of the week we name ourselves ("Mon"): Slack must not say "today" behind it."""
    before = f"{before}{day} "
    return f"<!date^{int(instant.timestamp())}^{before}{SAME_DATE}|{before}{in_utc(instant)}>"


def at_time(instant: datetime, before: str = "at ") -> str:
    """Return the time of day alone, as a date token for mrkdwn: for an instant whose day goes without saying."""
    return f"<!date^{int(instant.timestamp())}^{before}{{time}}|{before}{instant.astimezone(UTC):%H:%M} UTC>"


def ago(instant: datetime) -> str:
    """Return how long ago something was, as a date token that counts on for each reader: "22 hours ago"."""
    return f"<!date^{int(instant.timestamp())}^{{ago}}|{in_utc(instant)}>"


def when_element(instant: datetime, before: str = "") -> Element:
    """Return a date of a rich text: each reader sees their own zone. `before` as in `when`."""
    at = {"type": "date", "timestamp": int(instant.timestamp())}
    return {**at, "format": f"{before}{DATE}", "fallback": f"{before}{in_utc(instant)}"}


def in_utc(instant: datetime) -> str:
    """Return the instant with its zone named, for readers that know no date tokens."""
    return f"{instant.astimezone(UTC):%d %b %Y, %H:%M} UTC"


def person(user: str | None, name: str = "") -> str:
    """Return a member for mrkdwn: their mention when the id is one, else the escaped name."""
    if user and _USER_ID.fullmatch(user):
        return f"<@{user}>"
    return escape(one_line(name or "somebody", 80))


def mention(user: str, name: str = "") -> Element:
    """Return a member for a rich text: their mention when the id is one, else the name."""
    if _USER_ID.fullmatch(user):
        return {"type": "user", "user_id": user}
    return said(one_line(name or "somebody", 80))


def said(text: str, **style: bool) -> Element:
    """Return words of anybody as an element of a rich text, as they are: no markup is read from them."""
    element: Element = {"type": "text", "text": text or NO_WORDS}
    return {**element, "style": style} if style else element


def rich_text(*parts: Element) -> Element:
    """Return a rich-text block."""
    return {"type": "rich_text", "elements": list(parts)}


def line(*elements: Element) -> Element:
    """Return one line of a rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(*elements: Element) -> Element:
    """Return a quotation of a rich text."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def plain(text: str, limit: int | str = "text.text") -> Element:
    """Return plain text: no markup, no mention, no :code: is read from it."""
    most = LIMITS[limit] if isinstance(limit, str) else limit
    begun = text[: most * _GLANCE]
    shown = cut(clean(begun) + ("…" if len(begun) < len(text) else ""), most)
    return {"type": "plain_text", "text": NO_WORDS if is_blank(shown) else shown, "emoji": False}


def mrkdwn(text: str) -> Element:
    """Return formatted text. Only words of ours, date tokens and `person` may be in it."""
    return {"type": "mrkdwn", "text": cut(text, "text.text")}


def fallback(lines: Iterable[str]) -> str:
    """Return the fallback text of a message: everything it says, for notifications and screen readers.

    The lines must be escaped already. Kept within what an update may carry; no token or entity is cut through.
    """
    whole = "\n".join(entry for entry in lines if entry)
    if is_blank(whole):
        return NO_WORDS
    short = cut(whole, "message.update_text")
    return short if short == whole else _HALF_TOKEN.sub("", short.removesuffix("…")).rstrip() + "…"


def spoken(parts: Iterable[Part]) -> str:
    """Return a sentence for a fallback text: words escaped, instants as date tokens."""
    return "".join(escape(part) if isinstance(part, str) else when(*_timed(part)) for part in parts)


def written(parts: Iterable[Part]) -> Element:
    """Return a sentence as a line of a rich text: words as they are, instants in the reader's zone."""
    return line(*(said(part) if isinstance(part, str) else when_element(*_timed(part)) for part in parts))


def _timed(part: datetime | tuple[str, datetime]) -> tuple[datetime, str]:
    return (part, "") if isinstance(part, datetime) else (part[1], part[0])


def newest(lines: Iterable[str], most: int = 2_800) -> str:
    """Return as many of the last lines as fit, whole: a date token is never cut through."""
    kept: list[str] = []
    for entry in reversed(list(lines)):
        most -= width(entry) + 1
        if most < 0:
            break
        kept.insert(0, entry)
    return "\n".join(kept)
