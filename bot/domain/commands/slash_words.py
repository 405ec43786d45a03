"""What Slack makes of the words after a slash command, read back.

With `should_escape` on, Slack sends people as `<@U123|name>`, channels as `<#C1|name>` (a private one may come without
its name), addresses as `<https://…|label>`, and `&`, `<`, `>` as entities
(docs: /interactivity/implementing-slash-commands, /messaging/formatting-message-text).
"""

import re
from unicodedata import normalize

MOST_REQUESTS = 2**31 - 1
"""The largest number that a request can have in the database."""

_NUMBER = re.compile(r"(?:#\s?|no\.?\s)?([0-9]{1,40})\.?", re.IGNORECASE)
_MEMBER = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^>]*)?>")
_MARKUP = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_SPACES = re.compile(r"[^\S\n]+")


def number_in(text: str) -> int | None:
    """Return the request number when the text is nothing else: `142`, `#142`, `no 142`."""
    found = _NUMBER.fullmatch(normalize("NFKC", text.strip()))
    return int(found[1]) if found else None


def member_in(text: str) -> str | None:
    """Return the Slack user id when the text is one mention and nothing else."""
    found = _MEMBER.fullmatch(text.strip())
    return found[1] if found else None


def channel_in(text: str) -> str | None:
    """Return the Slack channel id when the text is one channel and nothing else."""
    found = _CHANNEL.fullmatch(text.strip())
    return found[1] if found else None


def plain(text: str) -> str:
    """Return the words as they were typed: mentions, links and entities read back, spaces single, lines kept."""
    words = _MARKUP.sub(_read_back, text)
    words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in words.splitlines()).strip()


def _read_back(found: re.Match[str]) -> str:
    body, label = found[1], found[2] or ""
    if body[0] in "@#":
        return f"{body[0]}{label or body[1:]}"
    if body[0] == "!":
        return label or f"@{body[1:].partition('^')[0]}"
    if not label or label in body:
        # Slack turns "acme.com" into <http://acme.com|acme.com>: what was typed is the label.
        return label or body.removeprefix("mailto:")
    return f"{label} ({body})"
