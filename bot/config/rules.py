"""What a setting may be: text in, value out. A ValueError's sentence says what is wrong, and the cure.

Addresses and hosts have their own file, addresses.py.
"""

import base64
import binascii
import re
from datetime import timedelta

from bot.domain.aims import Aims, read_aims
from bot.domain.ladder.ladder_checks import check_leads
from bot.domain.spans import read_span

SECRET_BYTES = range(24, 65)
"""Sizes of a webhook secret (github.com/standard-webhooks, spec, "Signature scheme": 24 to 64 bytes)."""

LONGEST_UNDO = timedelta(minutes=5)

LONGEST_SHOWN = 60
"""Characters of a wrong value that are repeated."""

_NAME = re.compile(r"[#@]?[^\s#@<>,][^#@<>,]{0,79}")


def bot_token(text: str) -> str:
    """Accept a bot token."""
    return _token(text, "xoxb-", "the Bot User OAuth Token (OAuth & Permissions)")


def app_token(text: str) -> str:
    """Accept an app-level token."""
    return _token(text, "xapp-", "an app-level token with connections:write (Basic Information, App-Level Tokens)")


def _token(text: str, prefix: str, which: str) -> str:
    homes = {"xoxb-": "SLACK_BOT_TOKEN", "xapp-": "SLACK_APP_TOKEN"}
    if text.startswith(prefix) and len(text) > len(prefix) and len(text.split()) == 1:
        return text
    mistaken = next((home for start, home in homes.items() if start != prefix and text.startswith(start)), None)
    if mistaken:
        raise ValueError(f"this looks like the value of {mistaken}; put {which} here, it begins with {prefix}")
    raise ValueError(f"this is not {which}; copy it from https://api.slack.com/apps, it begins with {prefix}")


def signing_secret(text: str) -> str:
    """Accept a signing secret: any word that is not one of the tokens."""
    if text.startswith(("xoxb-", "xapp-", "xoxp-")) or len(text.split()) != 1:
        raise ValueError(
            "this is not a signing secret; copy it from Basic Information, App Credentials, Signing Secret"
        )
    return text


def webhook_secret(text: str) -> str:
    """Accept a Standard Webhooks secret."""
    cure = "make one with: echo whsec_$(openssl rand -base64 32)"
    if not text.startswith("whsec_"):
        raise ValueError(f"it must begin with whsec_; {cure}")
    encoded = text.removeprefix("whsec_")
    try:
        secret = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"what follows whsec_ is not base64; {cure}") from error
    if len(secret) not in SECRET_BYTES:
        raise ValueError(f"it holds {len(secret)} bytes, 24 to 64 are asked for; {cure}")
    return text


def slack_name(text: str) -> str:
    """Accept a Slack id or a name; a leading # or @ is taken off."""
    if not _NAME.fullmatch(text) or not text.isprintable():
        raise ValueError("write a Slack id such as C0123456789, or a name such as team-requests or mira")
    return text.lstrip("#@")


def leads(text: str) -> tuple[timedelta, ...]:
    """Accept the ladder: spans before the due time, longest first whatever order they were written in."""
    try:
        found = [read_span(part) for part in parts(text)]
    except ValueError as error:
        raise ValueError(f"{str(error).partition(', such as')[0]}, for example 60m,15m") from error
    check_leads(found)
    return tuple(sorted(set(found), reverse=True))


def undo(text: str) -> timedelta:
    """Accept the time in which a reply can be undone, in seconds with or without a unit."""
    span = read_span(f"{text}s" if text.isdigit() else text)
    if span > LONGEST_UNDO:
        raise ValueError("a reply is held for at most 5 minutes; write for example 10")
    return span


def aims(text: str) -> Aims:
    """Accept how soon a client should have an answer: the usual time, then categories that differ."""
    return read_aims(text)


def log_format(text: str) -> str:
    """Accept how log lines look."""
    return _one_of(text, ("text", "json"))


def log_level(text: str) -> str:
    """Accept the least important lines that are still written."""
    return _one_of(text, ("debug", "info", "warning", "error"))


def _one_of(text: str, words: tuple[str, ...]) -> str:
    if text.lower() not in words:
        raise ValueError(f"“{text}” is not one of {', '.join(words)}")
    return text.lower()


def echo(value: str) -> str:
    """Return `=value` for a sentence about it, cut, and nothing when it looks like a secret in the wrong place."""
    if re.search(r"xox|xapp-|whsec_|://[^/]*@", value):
        return ""
    flat = " ".join(value.split()).replace("; ", ";")
    return f"={flat if len(flat) < LONGEST_SHOWN else f'{flat[: LONGEST_SHOWN - 1]}…'}"


def parts(text: str) -> list[str]:
    """Split a list at its commas; an empty list is a mistake."""
    found = [part.strip() for part in text.split(",") if part.strip()]
    if not found:
        raise ValueError("the list is empty; write its parts with commas between them")
    return found
