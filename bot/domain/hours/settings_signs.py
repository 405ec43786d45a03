"""Words and emoji that mean away, as people type them, and as two people change them at once."""

import re
from collections.abc import Iterable, Sequence

from bot.domain.hours.settings import AwaySigns

_BETWEEN_WORDS = re.compile(r"[,;\n、，]")  # noqa: RUF001 - the commas of other keyboards
_EMOJI = re.compile(r":?([\w+'-]+)(?:::skin-tone-\d)?:?", re.ASCII)


class SignsTextError(ValueError):
    """An emoji is not written by its name; the text is a sentence."""


def read_words(text: str) -> tuple[str, ...]:
    """Return the words or phrases between the commas, each once."""
    tidy = (" ".join(word.split()) for word in _BETWEEN_WORDS.split(text))
    return _distinct(word for word in tidy if word)


def read_emoji(text: str) -> tuple[str, ...]:
    """Return the names of the emoji, each once.

    Raises:
        SignsTextError: one of them is no name.
    """
    names: dict[str, None] = {}
    for typed in filter(None, re.split(r"[\s,;]+", text.replace("::skin-tone", "/skin-tone").replace("::", ": :"))):
        match = _EMOJI.fullmatch(typed.replace("/skin-tone", "::skin-tone"))
        if match is None:
            raise SignsTextError(f"“{typed[:20]}” is not the name of an emoji; write it like :palm_tree:.")
        names[match[1].casefold()] = None
    return tuple(names)


def merge_signs(was: AwaySigns, held: AwaySigns, wanted: AwaySigns) -> AwaySigns:
    """Return what holds now with what this person added and took away since `was`."""
    return AwaySigns(
        words=_merged(was.words, held.words, wanted.words), emoji=_merged(was.emoji, held.emoji, wanted.emoji)
    )


def _merged(was: Sequence[str], held: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    dropped = {each.casefold() for each in was} - {each.casefold() for each in wanted}
    added = [each for each in wanted if each.casefold() not in {before.casefold() for before in was}]
    kept = [each for each in held if each.casefold() not in dropped]
    return _distinct([*kept, *added])


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    """Return each word once, as it is written first."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(word.casefold(), word)
    return tuple(found.values())
