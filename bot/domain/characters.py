"""Characters that cannot be seen, or that move others about: what is left of a text for Slack, and for a terminal."""

import re
import unicodedata
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufff9-\ufffb]")
_REORDERING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_UNUSUAL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
_JOINERS: Final = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f])")
_BLANK_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SHOWN_MARKS: Final = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Format characters that are seen all the same (Unicode's property Prepended_Concatenation_Mark, PropList.txt)."""


def clean(text: str) -> str:
    """Return the text without what cannot be shown: control characters, halves of characters, forced directions.

    Line ends become newlines. Marks that natural right-to-left text needs stay.
    """
    if _UNUSUAL.search(text) is None:
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _UNSEEN.sub("", text)
    return _SURROGATES.sub("\ufffd", _REORDERING.sub("", text))


def visible(text: str) -> str:
    """Return the text as a terminal may print it: what cannot be seen is left out, newlines and tabs stay.

    Beside what `clean` takes out these are zero-width and other format characters, and letters that are blank. Joiners
    stay between the letters and emoji that need them. Line ends that are no newline become spaces: one line stays one.
    """
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    text = clean(_LINE_ENDS.sub(" ", text))
    text = "".join(char for char in text if not _is_unseen(char))
    return _JOINERS.sub("", text)


def _is_unseen(char: str) -> bool:
    if char in "\u200c\u200d":
        return False
    return char in _BLANK_LETTERS or (unicodedata.category(char) == "Cf" and char not in _SHOWN_MARKS)
