"""Languages by their tags (ISO 639-1): what the team calls them, and when we have no words of our own in one."""

from dataclasses import dataclass
from typing import Final

NAMES: Final = {
    "en": "English",
    "ar": "Arabic",
    "bg": "Bulgarian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nb": "Norwegian",
    "nl": "Dutch",
    "nn": "Norwegian",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""By primary tag, in English: the team reads these names, and cannot be expected to read 中文."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A client's language in which there are no ready replies yet. `guessed`: by the script of their words alone."""

    language: str
    guessed: bool = False


def primary(tag: str) -> str:
    """Return the first part of a language tag in small letters: "pt" of "pt-BR", "zh" of "ZH_Hant"."""
    return tag.replace("_", "-").partition("-")[0].strip().lower()


def name_of(tag: str) -> str:
    """Return what a language is called in English; of one that is not in the table, its tag as it came."""
    return NAMES.get(primary(tag), tag)
