"""The words after `/headsup away`: who is away, when, and who stands in."""

import re
from dataclasses import dataclass

from bot.domain.commands.slash_words import plain

_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_COVER = re.compile(r"\b(?:covered\s+by|cover(?:ed|s|ing)?|stand-?in)\b\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AwayWords:
    """`when` as it was typed; `member` and `cover` are Slack ids, or as typed where Slack made no mention of them.

    `sentence` says what cannot be meant, else it is empty.
    """

    when: str = ""
    member: str | None = None
    cover: str = ""
    sentence: str = ""


def away_words(rest: str) -> AwayWords:
    """Read who, when and who covers. Times are understood later, in the zone of the one who is away."""
    member, rest = _first_person(rest.strip())
    if member is None and rest.startswith("@"):
        member, _, rest = rest.partition(" ")
    parted = _COVER.split(rest, maxsplit=1)
    when, cover = parted[0], ""
    if len(parted) > 1:
        found, behind = _first_person(parted[1])
        named, _, after = behind.partition(" ") if found is None and behind.startswith("@") else (behind, "", "")
        cover, behind = (found, behind) if found is not None else (plain(named), after)
        if not cover:
            return AwayWords(sentence="Who stands in? For example: away until Fri cover @jonas.")
        when = f"{when} {behind}" if found is not None or after else when
    stray = _MENTION.search(when)
    if stray is not None:
        who = plain(stray[0])
        return AwayWords(sentence=f"Does {who} stand in? Then write “cover {who}”. Who is away comes first.")
    return AwayWords(when=plain(when), member=member, cover=cover)


def _first_person(text: str) -> tuple[str | None, str]:
    found = _MENTION.match(text)
    return (found[1], text[found.end() :].strip()) if found else (None, text.strip())
