"""Absences: a member's time away, who stands in, and what may not be entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.domain.local_times import day_words, moment_words

Spell = tuple[datetime, datetime]
"""From an instant until another, the second not in it; both aware, in UTC."""

LONGEST = timedelta(days=366)
"""An absence lasts a year at most; a Slack status without an end is taken for one that lasts as long."""


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
    """This cannot be entered: `sentence` says why, `field` where ("from", "until", "stand_in")."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


def check_spell(starts_at: datetime, ends_at: datetime, *, now: datetime, tz: tzinfo) -> Spell:
    """Return the time that is meant, from now on at the earliest; refuse what is no time away.

    It ends before it starts, lies in the past, lasts longer than a year or begins more than a year from now.
    """
    if ends_at <= starts_at:
        raise AbsenceError("until", f"That ends before it starts: {_to(starts_at, ends_at, tz, now)}.")
    if ends_at <= now:
        raise AbsenceError("until", f"That is past: it ended {moment_words(ends_at, tz, now)}.")
    if starts_at > now + LONGEST:
        raise AbsenceError("from", "That is more than a year away. Enter it when it is nearer.")
    begins = max(starts_at, now)
    if ends_at > begins + LONGEST:
        raise AbsenceError("until", "That is longer than a year. Enter the first year, and the rest when it is nearer.")
    return (begins, ends_at)


def check_free(spell: Spell, others: Iterable[Absence], *, now: datetime, tz: tzinfo, whose: str = "You are") -> None:
    """Refuse a time that overlaps an absence that a person entered; one that only a Slack status said gives way."""
    taken = next((other for other in others if other.source is not Source.STATUS and other.overlaps(spell)), None)
    if taken is not None:
        raise OverlapError(taken, f"{whose} away then already: {_to(*taken.spell, tz, now)}.")


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


def span_words(spell: Spell, tz: tzinfo, now: datetime) -> str:
    """Return a time away in words: "from Fri 27 Nov, 00:00 until Mon 30 Nov, 00:00", or "from now until …"."""
    starts_at, ends_at = spell
    begins = "now" if starts_at <= now < ends_at else moment_words(starts_at, tz, now)
    return f"from {begins} until {moment_words(ends_at, tz, now)}"


def last_day_words(spell: Spell, tz: tzinfo, now: datetime) -> str:
    """Return the last day of an absence that ends at a midnight: "Sun 29 Nov"; empty when it ends within a day."""
    local = spell[1].astimezone(tz)
    if local.time() != time(0):
        return ""
    return day_words(local.date() - timedelta(days=1), now.astimezone(tz).date())


def _to(starts_at: datetime, ends_at: datetime, tz: tzinfo, now: datetime) -> str:
    return f"from {moment_words(starts_at, tz, now)} until {moment_words(ends_at, tz, now)}"
