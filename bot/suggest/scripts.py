"""Which language a text is probably in, as far as its script alone tells. Latin script tells nothing."""

import re
from typing import Final

from bot.suggest.lexicon import READ_AT_MOST

_MOST_OF_IT: Final = 0.5
"""The share of a text from which its script speaks: a name or a quotation alone says nothing."""

_SIGN: Final = 3
"""A Chinese or Japanese sign says as much as so many letters, so that an address among them does not outweigh them."""

_SCRIPTS: Final = {
    "ru": re.compile("[\u0400-\u04ff]"),
    "zh": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "hy": re.compile("[\u0530-\u058f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
}
"""By Unicode block (unicode.org/charts): the language that most who write in it write."""

_TELLING: Final = (
    ("ru", "uk", re.compile("[іїєґ]", re.IGNORECASE)),
    ("ru", "sr", re.compile("[јљњђћџ]", re.IGNORECASE)),
    ("ar", "fa", re.compile("[\u067e\u0686\u0698\u06af]")),
)
"""Letters of one language that the usual one of the same script does not have."""


def by_script(text: str) -> str:
    """Return the tag of the language that the text's script suggests; empty for Latin script and for no letters."""
    begun = text[:READ_AT_MOST]
    signs = {tag: len(pattern.findall(begun)) for tag, pattern in _SCRIPTS.items()}
    if signs["ja"]:  # Japanese is written with Chinese signs too
        signs["ja"] += signs.pop("zh")
    weights = {tag: count * (_SIGN if tag in {"zh", "ja"} else 1) for tag, count in signs.items()}
    found = max(weights, key=lambda tag: weights[tag])
    others = sum(letter.isalpha() for letter in begun) - sum(signs.values())
    if weights[found] <= _MOST_OF_IT * (others + sum(weights.values())):
        return ""
    return next((other for tag, other, letters in _TELLING if tag == found and letters.search(begun)), found)
