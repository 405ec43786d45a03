"""Emoji codes such as :tada: as emoji; a code that nobody knows stays as it is."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rich.emoji import Emoji

CODE: Final = re.compile(r":([a-z0-9][a-z0-9_+'-]{0,60}|[+-]1):(?::skin-tone-([2-6]):)?")
"""A code, with a skin tone or without."""

_SLACKS: Final = {
    "bookmark_tabs": "📑",
    "brain": "🧠",
    "face_with_monocle": "🧐",
    "face_with_raised_eyebrow": "🤨",
    "hourglass": "⌛",
    "large_blue_square": "🟦",
    "large_brown_circle": "🟤",
    "large_green_circle": "🟢",
    "large_green_square": "🟩",
    "large_orange_circle": "🟠",
    "large_orange_square": "🟧",
    "large_purple_circle": "🟣",
    "large_red_square": "🟥",
    "large_yellow_circle": "🟡",
    "large_yellow_square": "🟨",
    "melting_face": "🫠",
    "partying_face": "🥳",
    "pleading_face": "🥺",
    "saluting_face": "🫡",
    "simple_smile": "🙂",
    "smiling_face_with_3_hearts": "🥰",
    "yawning_face": "🥱",
}
"""Names that Slack has and the library has not."""

_TONES: Final = {"2": "🏻", "3": "🏼", "4": "🏽", "5": "🏾", "6": "🏿"}
_FLAG: Final = re.compile(r"flag-([a-z])([a-z])")
_REGIONAL: Final = ord("🇦") - ord("a")


def emoji_named(name: str, tone: str = "") -> str:
    """The emoji of this name (without colons), in a skin tone 2 to 6; empty for a name that nobody knows."""
    found = _find(name)
    return found.rstrip("\ufe0f") + _TONES.get(tone, "") if found and tone else found


def with_emoji(text: str) -> str:
    """The text with its codes replaced."""
    return CODE.sub(lambda match: emoji_named(match[1], match[2] or "") or match.group(), text) if ":" in text else text


def names_alone(text: str) -> list[str]:
    """The names of the emoji when a text is nothing but known codes, else an empty list."""
    codes = list(CODE.finditer(text))
    if not codes or CODE.sub("", text).strip() or not all(emoji_named(code[1]) for code in codes):
        return []
    return [code[1].replace("_", " ") for code in codes]


@lru_cache(maxsize=4096)
def _find(name: str) -> str:
    flag = _FLAG.fullmatch(name)
    if flag:
        return "".join(chr(ord(letter) + _REGIONAL) for letter in flag.groups())
    code = f":{name}:"
    found = _SLACKS.get(name) or Emoji.replace(code)
    if found == code:
        return ""
    in_colour = len(found) > 1 or unicodedata.east_asian_width(found) == "W"
    return found if in_colour else f"{found}\ufe0f"
