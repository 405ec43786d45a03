"""One finding of `headsup doctor`."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a finding is meant. A note needs nothing done."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is so about a subject, as a sentence, and what cures it when it is bad."""

    subject: str
    level: Level
    sentence: str
    cure: str = ""
