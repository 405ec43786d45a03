"""Greetings and thanks in a few plain words of some languages: enough to look past them, no more."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.suggest.lexicon import DATA, compiled, normal
from bot.suggest.sentences import sentences

LONGEST_GREETING = 60
"""Characters: whoever writes more than this says more than hello."""

MOST_THANKS = 300
"""Characters of a thank-you: who writes more than this wants to say more than thanks."""

_ENGLISH_SHARE = 8
"""One word in so many is a plain English one wherever English is written."""

_NAME = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w.'’-]{0,30}"
_WORD = re.compile(r"[\w'’]+")
_QUESTION = re.compile("[?\uff1f]")


@dataclass(frozen=True, slots=True)
class _Courtesy:
    greeting: re.Pattern[str]
    thanks: re.Pattern[str] | None = None
    praise: re.Pattern[str] | None = None
    turn: re.Pattern[str] | None = None


def is_greeting(sentence: str) -> bool:
    """Tell whether a sentence only greets: "Guten Morgen, Frau Vogel!" and nothing behind it."""
    return len(sentence) <= LONGEST_GREETING and any(one.greeting.fullmatch(sentence) for one in _courtesies())


def thanks_in(text: str) -> str:
    """Return the word of thanks (in small letters) of a text that seems to be thanks and nothing else, else nothing.

    Every sentence but greetings must thank or praise, and none may ask or turn. English has a lexicon of its own and
    is not looked at here.
    """
    if len(text) > MOST_THANKS or _QUESTION.search(text):
        return ""
    said = [part.text for part in sentences(text) if not is_greeting(part.text)]
    said = [normal(part) for part in said if any(letter.isalpha() for letter in part)]
    return next((found for one in _courtesies() if (found := _thanks_alone(one, said))), "")


def _thanks_alone(one: _Courtesy, said: list[str]) -> str:
    if one.thanks is None or one.praise is None or one.turn is None:
        return ""
    thanks = [one.thanks.search(part) for part in said]
    found = next((match[0] for match in thanks if match), "")
    kind = all(match or one.praise.search(part) for match, part in zip(thanks, said, strict=True))
    return found if kind and not any(one.turn.search(part) for part in said) else ""


def looks_english(text: str) -> bool:
    """Tell whether a text in Latin script is probably English, by its smallest words."""
    words = [word.replace("’", "'") for word in _WORD.findall(normal(text))]
    return sum(word in _english() for word in words) * _ENGLISH_SHARE >= max(1, len(words))


@cache
def _english() -> frozenset[str]:
    return frozenset(_data()["english"])


@cache
def _courtesies() -> tuple[_Courtesy, ...]:
    return tuple(_courtesy(**row) for row in _data().values() if isinstance(row, dict))


def _courtesy(
    *,
    greeting: list[str],
    addressed: list[str],
    together: bool = False,
    thanks: Iterable[str] = (),
    praise: Iterable[str] = (),
    turn: Iterable[str] = (),
) -> _Courtesy:
    gap = r"\s*" if together else r"\s+"
    begins = "|".join(greeting).replace(" ", r"\s+")
    whom = f"(?:(?i:{'|'.join(addressed)})|{_NAME})"
    whole = rf"\W*(?i:{begins})(?:{gap}{whom}){{0,4}}(?:\s*[,，]\s*{whom}(?:\s+{whom}){{0,2}})?[^\w?\uff1f]*"  # noqa: RUF001 (the comma of Chinese)
    return _Courtesy(re.compile(whole), *(_any(words, together=together) for words in (thanks, praise, turn)))


def _any(phrases: Iterable[str], *, together: bool) -> re.Pattern[str] | None:
    """Return one pattern for the phrases, None when there are none; where words run together they stand anywhere."""
    listed = tuple(phrases)
    if not listed:
        return None
    return re.compile("|".join(map(re.escape, listed))) if together else compiled(listed)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((DATA / "courtesy.toml").read_text(encoding="utf-8"))
