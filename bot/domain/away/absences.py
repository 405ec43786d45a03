"""Absences: a member's time away, who stands in, and what may not be entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from bot.domain.away.absence_words import Spell, ends_words, past_words, span_words
from bot.domain.moments.moment_parts import TIMES

LONGEST = timedelta(days=366)
"""What lasts longer is asked about: is it meant? A Slack status without an end is taken for one that lasts as long."""

LONGEST_MEANT = timedelta(days=3 * 366)
"""Nobody is away for longer than the longest parental leave."""

MOSTLY = 0.5
"""Whoever is away for more than this part of an absence cannot stand in for it."""


class Source(StrEnum):
    """Where an absence was entered."""

    SLASH = "slash"
    HOME = "home"
    STATUS = "status"
    CLI = "cli"


@dataclass(frozen=True, slots=True)
class Absence:
    """A time in which a member is away, from `starts_at` (in it) until `ends_at` (not in it).

    `ends_at` is None only for a Slack status without an end. `ended_at` is when they came back early or took it back,
    `summarised_at` when they were told what had happened meanwhile. `stand_in` is who covers during it, None: whoever
    stands in for them anyway. `promises` are those that fell into it when it was entered, `kept` those that stay.
    """

    id: int
    member: str
    starts_at: datetime
    ends_at: datetime | None
    stand_in: str | None
    reason: str
    source: Source
    made_at: datetime
    made_by: str | None = None
    ended_at: datetime | None = None
    summarised_at: datetime | None = None
    promises: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()

    @property
    def over_at(self) -> datetime:
        """When it is over: as entered or earlier; never before it starts."""
        entered = self.ends_at or self.starts_at + LONGEST
        early = entered if self.ended_at is None else min(entered, self.ended_at)
        return max(self.starts_at, early)

    @property
    def spell(self) -> Spell:
        """The time away; empty when it was taken back before it began."""
        return (self.starts_at, self.over_at)

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back before it began."""
        return self.ended_at is not None and self.ended_at <= self.starts_at

    def is_as_asked(self, asked: Spell, stand_in: str | None) -> bool:
        """Tell whether it is what came of asking for a time, with the same stand-in."""
        begins = max(asked[0], self.made_at)
        return (self.starts_at, self.ends_at, self.stand_in) == (begins, asked[1], stand_in)

    def is_over(self, now: datetime) -> bool:
        """Tell whether it is over, or will never begin."""
        return now >= self.over_at or (self.is_undone and self.ended_at is not None and now >= self.ended_at)

    def is_running(self, now: datetime) -> bool:
        """Tell whether they are away at this instant."""
        return self.starts_at <= now < self.over_at

    def overlaps(self, spell: Spell) -> bool:
        """Tell whether a moment of it lies in the spell; absences that only touch do not overlap."""
        return max(self.starts_at, spell[0]) < min(self.over_at, spell[1])


def merged(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return the same time as disjoint spells in order, empty ones dropped, those that touch made one."""
    found: list[Spell] = []
    for start, end in sorted(spells):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


class AbsenceError(ValueError):
    """This cannot be entered: `sentence` says why, `field` where ("from", "until", "stand_in").

    `example` is what could be typed instead, on any day and at any hour.
    """

    def __init__(self, field: str, sentence: str, *, example: str = "until Fri") -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence
        self.example = example


class LongError(AbsenceError):
    """This lasts longer than a year: it can be entered when it is meant. `spell` is the time that was asked for."""

    def __init__(self, spell: Spell, sentence: str) -> None:
        super().__init__("until", sentence)
        self.spell = spell


def check_spell(starts_at: datetime, ends_at: datetime, *, now: datetime, tz: tzinfo, meant: bool = False) -> Spell:
    """Return the time that is meant, from now on at the earliest; refuse what is no time away.

    It ends before it starts, lies in the past, begins more than a year from now or lasts longer than `LONGEST_MEANT`.
    What begins `now` is what named only its end; of any other, a wrong order is said first, whatever the time is.
    What lasts longer than `LONGEST` raises LongError, unless somebody said that it is `meant`.
    """
    if starts_at > now + LONGEST:
        raise AbsenceError("from", "That is more than a year away. Enter it when it is nearer.")
    if ends_at <= starts_at and starts_at != now:
        raise AbsenceError("until", ends_words(starts_at, ends_at, tz, now), example=TIMES)
    if ends_at <= now:
        raise AbsenceError("until", past_words(ends_at, now, tz))
    spell = (max(starts_at, now), ends_at)
    if ends_at > spell[0] + LONGEST_MEANT:
        raise AbsenceError("until", "That is too far away: an absence lasts three years at most.")
    if ends_at > spell[0] + LONGEST and not meant:
        raise LongError(spell, f"That is longer than a year: {span_words(spell, tz, now)}. Is it meant so?")
    return spell


def check_free(spell: Spell, others: Iterable[Absence], *, now: datetime, tz: tzinfo, whose: str = "You are") -> None:
    """Refuse a time that overlaps an absence that a person entered; one that only a Slack status said gives way."""
    taken = next((other for other in others if other.source is not Source.STATUS and other.overlaps(spell)), None)
    if taken is not None:
        raise OverlapError(taken, f"{whose} away then already: {span_words(taken.spell, tz, now)}.")


class OverlapError(AbsenceError):
    """There is an absence already at that time: `absence`."""

    def __init__(self, absence: Absence, sentence: str) -> None:
        super().__init__("from", sentence)
        self.absence = absence


def share_of(spell: Spell, others: Iterable[Spell]) -> float:
    """Return how much of a spell the others cover, from 0 to 1."""
    length = spell[1] - spell[0]
    if not length:
        return 0.0
    parts = ((max(start, spell[0]), min(end, spell[1])) for start, end in merged(others))
    return sum((end - start for start, end in parts if start < end), timedelta()) / length
