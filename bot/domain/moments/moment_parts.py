"""The parts that a day, a time or a span has as people name them, before anyone knows which instants they are."""

from dataclasses import dataclass, field
from enum import StrEnum


class MomentError(ValueError):
    """What was typed is no time, or not one that can be meant: `sentence` says why, `at_end` whose fault it is.

    `example` is what could be typed instead: it can be meant on any day, at any hour.
    """

    def __init__(self, sentence: str, *, at_end: bool = False, example: str = "until Fri") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.at_end = at_end
        self.example = example


TIMES = "tomorrow 14:00-16:00"
"""An example with times: those of tomorrow are never past."""

DATES = "24 Dec - 2 Jan"
"""An example with dates."""


class Which(StrEnum):
    """Which day of that name: the first to come, or the one of the week after this."""

    COMING = "coming"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was named: so many days from today, a weekday, a date with or without its year, or a whole week.

    A date may name its weekday too; `date` alone is a day of a month that was named with the other end.
    """

    said: str
    ahead: int | None = None
    weekday: int | None = None
    which: Which = Which.COMING
    year: int | None = None
    month: int | None = None
    date: int | None = None
    week: int | None = None


@dataclass(slots=True)
class Point:
    """One end of a span: a day, a time of the wall clock in minutes, both or neither.

    `part` is a half of a day instead of a time; `number` is one that may still be a date or an hour; `pm` tells that
    the time was said with am (False) or pm (True).
    """

    day: Day | None = None
    minutes: int | None = None
    part: tuple[int, int] | None = None
    number: int | None = None
    pm: bool | None = None
    is_now: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was said."""
        return not self.is_now and all(said is None for said in (self.day, self.minutes, self.part, self.number))

    @property
    def has_time(self) -> bool:
        """Tell whether a time of the day was said, however roughly."""
        return self.minutes is not None or self.part is not None


@dataclass(frozen=True, slots=True)
class Length:
    """How long: calendar months, whole days, or minutes."""

    months: int = 0
    days: int = 0
    minutes: int = 0


@dataclass(slots=True)
class Said:
    """Everything that was said: where it begins, where it ends or how long it lasts."""

    start: Point = field(default_factory=Point)
    end: Point | None = None
    length: Length | None = None
    begins: bool = False


def short(text: str) -> str:
    """Return the beginning of what somebody typed, for a sentence about it."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


_SHOWN = 40
