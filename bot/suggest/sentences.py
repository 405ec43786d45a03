"""A message taken apart: the writer's own words, without what they quote and sign, and the sentences of them."""

import re
from dataclasses import dataclass

from bot.suggest.lexicon import READ_AT_MOST

_QUOTE_STARTS = re.compile(
    r"^(?:-{2,}\s*original message\b.*|on\b.{5,120}\bwrote:|_{10,}|from:\s.+@.+)$", re.IGNORECASE | re.MULTILINE
)
_SIGNATURE = re.compile(
    r"^(?:--\s*|sent from my\b.*|get outlook for\b.*|(?:kind|best|warm|many)?\s*(?:regards|wishes)\b.{0,40}"
    r"|(?:best|cheers|sincerely|yours(?: \w+){0,2}|greetings)\s*[,!.]?(?:\s+[A-Z]\w+){0,2}[.!]?)$",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control characters and marks that turn the direction of writing: none of them is a word."""

_BULLET = re.compile(r"^\s*(?:[-*•]|\(?[0-9]{1,2}[.):])\s+")
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=\S)|(?<=[。\uff01\uff1f])")
_ABBREVIATION = re.compile(
    r"(?:^|\s)(?:e\.g|i\.e|etc|approx|incl|no|[\w-]{0,30}nr|mr|mrs|ms|dr|vs|st|[0-9]{1,2}|[b-z])\.$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence on one line, its list mark removed. `listed`: it was an item of a list."""

    text: str
    listed: bool = False


def own_words(text: str) -> str:
    """Return what the writer wrote themselves: without quoted history, signature and unseen characters.

    Only the beginning of a very long text is read. A text that would have nothing left is returned whole.
    """
    seen = without_unseen(text[:READ_AT_MOST].replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    for line in _QUOTE_STARTS.split(seen, maxsplit=1)[0].splitlines():
        stripped = line.strip()
        if any(kept) and _SIGNATURE.match(stripped):
            break
        if not stripped.startswith(">"):
            kept.append(stripped)
    return "\n".join(kept).strip() or seen.strip()


def without_unseen(text: str) -> str:
    """Return the text without control characters and without marks that turn the direction of writing."""
    return _UNSEEN.sub("", text)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order. A line ends a sentence, an abbreviation's dot does not."""
    found: list[Sentence] = []
    for line in text.splitlines():
        listed = bool(_BULLET.match(line))
        parts: list[str] = []
        for piece in _END.split(_BULLET.sub("", line)):
            words = " ".join(piece.split())
            if parts and _ABBREVIATION.search(parts[-1]):
                parts[-1] = f"{parts[-1]} {words}"
            elif words:
                parts.append(words)
        found.extend(Sentence(part, listed) for part in parts)
    return tuple(found)
