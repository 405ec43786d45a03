"""The ladder: when the owner of a promise is told that its time nears, and who is told when it slipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

BUNDLE_WINDOW = timedelta(seconds=60)
"""A nudge may wait this long for another one to the same person."""

BUNDLE_MOST = 10
"""Promises named in one message."""

SNOOZE = timedelta(minutes=30)
"""How long a snooze lasts, unless the due time is nearer: then half of what is left."""


class RungKind(StrEnum):
    """What a rung says."""

    BEFORE = "before"
    SLIPPED = "slipped"


class Subject(StrEnum):
    """What a nudge is about; with an id and a revision it makes the nudge's key."""

    PROMISE = "promise"
    TARGET = "target"
    REPLY = "reply"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: its number (0 first), its instant, and whether it comes before the due time or at it."""

    number: int
    at: datetime
    kind: RungKind


@dataclass(frozen=True, slots=True)
class Ladder:
    """Leads before the due time, longest first, in plain minutes. The rung at the due time is always there."""

    leads: tuple[timedelta, ...] = (timedelta(minutes=60), timedelta(minutes=15))

    def rungs(self, opened_at: datetime, due_at: datetime) -> tuple[Rung, ...]:
        """Return all rungs of a promise, soonest first; the last is always the slipped rung at `due_at`.

        A promise shorter than the smallest lead gets one rung at half of its life instead of the leads.
        """
        length = due_at - opened_at
        if self.leads and length <= min(self.leads):
            before: tuple[datetime, ...] = (opened_at + length / 2,) if length > timedelta() else ()
        else:
            before = tuple(due_at - lead for lead in sorted(self.leads, reverse=True))
        told = tuple(Rung(number, at, RungKind.BEFORE) for number, at in enumerate(before))
        return (*told, Rung(len(told), due_at, RungKind.SLIPPED))


def first_rung(rungs: Sequence[Rung], opened_at: datetime) -> Rung:
    """Return the first rung that is not already past when the promise opens; the slipped rung is never superseded."""
    return next(rung for rung in rungs if rung.at > opened_at or rung.kind is RungKind.SLIPPED)


def due_rung(rungs: Sequence[Rung], number: int, now: datetime) -> Rung | None:
    """Return the most urgent rung from `number` on that is due at `now`; the ones between are superseded."""
    due = [rung for rung in rungs if rung.number >= number and rung.at <= now]
    return due[-1] if due else None


def next_rung(rungs: Sequence[Rung], after: Rung) -> Rung | None:
    """Return the rung that follows, None after the slipped rung."""
    return next((rung for rung in rungs if rung.number > after.number), None)


def snooze_until(now: datetime, due_at: datetime) -> datetime:
    """Return when a snoozed nudge comes again: after `SNOOZE`, or at half of what is left when that is sooner."""
    return now + min(SNOOZE, max(timedelta(), (due_at - now) / 2))


def nudge_key(subject: Subject, ident: int, revision: int, rung: str, recipient: str) -> str:
    """Return the key under which a nudge exists at most once: (what, id, revision, rung, recipient)."""
    return f"nudge:{subject}:{ident}:{revision}:{rung}:{recipient}"
