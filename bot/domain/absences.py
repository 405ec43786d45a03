"""Absences: a member's time away, who stands in, and what may not be entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

Spell = tuple[datetime, datetime]
"""From an instant until another, the second not in it; both aware, in UTC."""

LONGEST = timedelta(days=366)
"""An absence lasts a year at most; a Slack status without an end is taken for one that lasts as long."""


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
    stands in for them anyway.
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
