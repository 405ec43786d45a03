"""What makes a Slack status an absence: words in its text, or its emoji."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from unicodedata import normalize

from bot.domain.hours.settings import AwaySigns

DEFAULT_SIGNS = AwaySigns(
    words=(
        "vacation", "holiday", "holidays", "out sick", "off sick", "sick", "away", "OOO", "out of office",
        "parental leave", "on leave", "Urlaub", "krank", "abwesend", "Elternzeit", "loma", "lomalla", "sairas",
        "sairaana", "poissa", "vanhempainvapaa", "отпуск", "в отпуске", "болею", "на больничном", "больничный",
        "отсутствую", "декрет", "休假", "请假", "度假", "病假", "产假", "不在",
    ),
    emoji=("palm_tree", "face_with_thermometer", "airplane", "beach_with_umbrella", "desert_island", "baby_bottle"),
)  # fmt: skip
"""What holds until somebody changes it: Slack's own suggestions, and the same in five languages."""


@dataclass(frozen=True, slots=True)
class Status:
    """What somebody says of themselves at Slack: words, an emoji, and until when; None: until they change it."""

    text: str = ""
    emoji: str = ""
    until: datetime | None = None


def read_status(text: object, emoji: object, expiration: object) -> Status:
    """Return a status as Slack's profiles have it: `expiration` in seconds since 1970, 0 or nothing for no end.

    An expiration that no calendar has is none.
    """
    return Status(str(text or ""), str(emoji or ""), _until(expiration))


def _until(expiration: object) -> datetime | None:
    if not isinstance(expiration, int | float) or not 0 < expiration < _LAST_SECOND:
        return None
    return datetime.fromtimestamp(expiration, UTC)


_LAST_SECOND = datetime.max.replace(tzinfo=UTC).timestamp() - 86_400
"""A day before the last one there is: it is counted on from, and said in other zones."""


_TONE = re.compile(r"::skin-tone-\d")


def is_away(text: str, emoji: str, signs: AwaySigns) -> bool:
    """Tell whether a status says that somebody is away: by its emoji, or by a word of its text.

    Words count as whole words, in any case; in scripts that put no spaces between them they count anywhere.
    """
    if emoji_name(emoji) in {emoji_name(each) for each in signs.emoji} - {""}:
        return True
    said = _folded(text)
    return any(_stands_in(word, said) for each in signs.words if (word := _folded(each)))


def emoji_name(emoji: str) -> str:
    """Return an emoji's name without colons and skin tone: ":airplane:" is "airplane"."""
    return _TONE.sub("", emoji.strip().casefold()).strip(":")


def _stands_in(word: str, said: str) -> bool:
    if not _puts_spaces(word):
        return word in said
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) is not None


def _puts_spaces(word: str) -> bool:
    return not any("\u2e80" <= char <= "\u9fff" or "\u3040" <= char <= "\u30ff" for char in word)


def _folded(text: str) -> str:
    return " ".join(normalize("NFKC", text).casefold().split())
