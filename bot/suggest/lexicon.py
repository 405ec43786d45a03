"""Weighted words from a data file: which entries does a text hit, and by which of its words?

A file holds `[[entry]]` rows: `label` (what the words speak for), `weight`, `words`. In a phrase `*` ends a stem,
`…` stands for up to four words, `_` for at most one, `#` for a number, `(a|b)` are alternatives, `?` makes the letter
or group before it optional, an apostrophe may be missing. An entry counts once, however many of its phrases there are.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.domain.languages import primary

DATA = Path(__file__).parent / "data"
FALLBACK = "en"

READ_AT_MOST = 6_000
"""Characters that are looked at: a request says what it is about early, and a pasted log must not hold us up."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: any of its phrases speaks for `label` with `weight`."""

    label: str
    weight: float
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a text holds, and the words that matched, as the text has them (in small letters)."""

    label: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries of one language; `prior` is what a label has before any word was read."""

    entries: tuple[Entry, ...]
    prior: Mapping[str, float]

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return what the text hits, the heaviest first."""
        small = normal(text)
        found = ((entry, entry.pattern.search(small)) for entry in self.entries)
        hits = [Hit(entry.label, entry.weight, " ".join(match[0].split())) for entry, match in found if match]
        return tuple(sorted(hits, key=lambda hit: -hit.weight))


def normal(text: str) -> str:
    """Return what is compared: the first `READ_AT_MOST` characters in small letters with plain apostrophes."""
    return text[:READ_AT_MOST].lower().replace("’", "'").replace("‘", "'")  # noqa: RUF001 (the other apostrophes)


def compiled(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for all phrases; every repetition in it is bounded, so that no text can make it slow."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_regex(phrase) for phrase in phrases)})(?!\w)")


def lexicon(name: str, language: str = FALLBACK) -> Lexicon:
    """Return the lexicon `data/NAME.LANGUAGE.toml`, read once; a language without a file gets the English one."""
    return _read(name, spoken(name, language))


def spoken(name: str, language: str) -> str:
    """Return the language in which there is a file `data/NAME.…`: `language` (of "en-GB" the "en"), else English."""
    tag = primary(language)
    return tag if tag in _languages(name) else FALLBACK


@cache
def _languages(name: str) -> frozenset[str]:
    return frozenset(path.name.split(".")[1] for path in DATA.glob(f"{name}.*.toml"))


@cache
def _read(name: str, language: str) -> Lexicon:
    content = tomllib.loads((DATA / f"{name}.{language}.toml").read_text(encoding="utf-8"))
    entries = tuple(
        Entry(str(row["label"]), float(row["weight"]), compiled(row["words"])) for row in content.get("entry", ())
    )
    return Lexicon(entries, {str(key): float(value) for key, value in content.get("prior", {}).items()})


def _regex(phrase: str) -> str:
    escaped = re.sub(r"[.+^${}\[\]\\]", lambda found: "\\" + found[0], phrase.lower())
    escaped = escaped.replace("*", r"\w{0,20}").replace("#", "[0-9]{1,6}").replace("'", "'?")
    escaped = escaped.replace(" … ", r"\W{1,4}(?:[\w'-]{1,30}\W{1,4}){0,4}?")
    escaped = escaped.replace(" _ ", r"\W{1,4}(?:[\w'-]{1,30}\W{1,4})?")
    return escaped.replace(" ", r"\W{1,4}")
