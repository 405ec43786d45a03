"""How soon a client should have an answer: our own aims, as data, by category and by client. No client is told them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.categories import COMPLAINT, THANKS, is_category
from bot.domain.spans import read_span, span_text

SHORTEST: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(days=14)
NONE: Final = "none"

SHARES: Final[Mapping[str, int]] = {COMPLAINT: 2, THANKS: 0}
"""What a category's aim is of the usual one where nobody set it: the second part of it, or (0) none at all."""


@dataclass(frozen=True, slots=True)
class Aims:
    """One kind of aim: `usual` working time, and where a category differs; None is no aim."""

    usual: timedelta
    by_category: tuple[tuple[str, timedelta | None], ...] = ()

    def of(self, category: str, own: timedelta | None = None) -> timedelta | None:
        """Return the aim of a category. `own` is the client's, which wins; what is urgent stays as urgent as it is."""
        aim = dict(self.by_category).get(category, self.usual)
        if aim is None or own is None:
            return aim
        return min(aim, own) if aim < self.usual else own

    @property
    def without(self) -> tuple[str, ...]:
        """The categories that have no aim."""
        return tuple(category for category, aim in self.by_category if aim is None)

    def __str__(self) -> str:
        named = (f"{category}={NONE if aim is None else span_text(aim)}" for category, aim in self.by_category)
        return ", ".join([span_text(self.usual), *named])


def aims(usual: timedelta, named: Mapping[str, timedelta | None] | None = None) -> Aims:
    """Return the aims of a usual span; categories that are not `named` have their share of it."""
    shares = {category: usual / part if part else None for category, part in SHARES.items()}
    return Aims(usual, tuple({**shares, **(named or {})}.items()))


FIRST_ANSWER: Final = aims(timedelta(hours=1))
"""Until a person answers a new request."""

NEXT_ANSWER: Final = aims(timedelta(hours=4))
"""Until a person answers what a client wrote after that."""


def read_aims(text: str) -> Aims:
    """Read `1h`, or `1h, complaint=30m, thanks=none`: the usual aim, then categories that differ.

    Raises:
        ValueError: its sentence says what to write instead.
    """
    first, *rest = (part.strip() for part in text.replace(";", ",").split(","))
    if "=" in first:
        raise ValueError(f"“{first}” stands first; begin with the usual time, for example 1h, {first}")
    named: dict[str, timedelta | None] = {}
    for part in filter(None, rest):
        name, equals, span = (word.strip() for word in part.partition("="))
        category = name.lower().replace(" ", "_").replace("-", "_")
        if not equals or not is_category(category):
            raise ValueError(f"“{part}” is not a category and its time; write for example complaint=30m")
        if category in named:
            raise ValueError(f"“{category}” is there twice; keep one of them")
        named[category] = None if span.lower() == NONE else read_aim(span)
    return aims(read_aim(first), named)


def read_aim(text: str) -> timedelta:
    """Read one aim.

    Raises:
        ValueError: it is no span, or under a minute, or over 14 days.
    """
    span = read_span(text)
    if not SHORTEST <= span <= LONGEST:
        raise ValueError("write a time from 1m to 14d, for example 1h")
    return span
