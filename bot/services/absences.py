"""Absences: entered by a person, ended by time, by coming back or by a Slack status; who stands in meanwhile."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.absences import Spell
from bot.store import Tx, absences


def stand_ins(tx: Tx, now: datetime) -> Mapping[str, str | None]:
    """Return who stands in for whom at an instant: an absence's stand-in wins over the one that the member chose."""
    return absences.stand_ins(tx, now)


def absences_of(tx: Tx, member: str) -> tuple[Spell, ...]:
    """Return every time a member is, was or will be away, disjoint and in order."""
    return absences.spells_of(tx, member)
