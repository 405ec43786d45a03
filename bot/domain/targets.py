"""A target: an internal aim in the team's working time. The client was not told it, and it never mixes with a promise.

It runs for `amount` of working time from `start_at`. While the next move is not ours it is paused: what is left then is
kept, and from the day it goes on that much is left again, however often that happens.

An aim always ends: one that the team's hours have not enough time ahead for counts by the clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.working_time import ALWAYS, NoWorkingTimeError, WorkingTime

REMIND: Final = timedelta(minutes=15)
"""Whoever can meet an aim is reminded when this much working time is left, or half of it where there is less."""

LONGEST_REPEAT: Final = timedelta(hours=8)
"""A working day. Each aim that was missed in a row doubles the next one up to this: nobody is reminded all day long."""


class TargetKind(StrEnum):
    """`first_answer`: a person answers a new request; `next_answer`: a person answers what came after that.

    `next_word`: nobody waits for an answer, but nobody has told the client either when they will hear again.
    """

    FIRST_ANSWER = "first_answer"
    NEXT_ANSWER = "next_answer"
    NEXT_WORD = "next_word"


class TargetOutcome(StrEnum):
    """How a target stands."""

    OPEN = "open"
    MET = "met"
    MISSED = "missed"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Target:
    """One internal aim of one request; its next step is at `next_at`, None while it is paused or over.

    `paused_at` is since when it rests. `remaining` was left when it was last paused, `resumed_at` is when it went on
    after that. `nudged_at`: somebody has been reminded of it. `hours` names the hours that `due_at` was counted in.
    """

    id: int
    request: int
    kind: TargetKind
    due_at: datetime
    revision: int
    outcome: TargetOutcome
    next_at: datetime | None
    start_at: datetime
    amount: timedelta
    paused_at: datetime | None = None
    remaining: timedelta | None = None
    resumed_at: datetime | None = None
    nudged_at: datetime | None = None
    hours: str = ""

    def resting(self, hours: WorkingTime, now: datetime) -> "Target":
        """Return the target as it rests from now on; what is left of it is kept. One that rests already stays so."""
        if self.paused_at is not None:
            return self
        return replace(self, paused_at=now, remaining=hours_of(self, hours).between(now, self.due_at), next_at=None)

    def going_on(self, hours: WorkingTime, now: datetime) -> "Target":
        """Return the target as it goes on after a rest: as much is left as there was."""
        if self.paused_at is None or self.remaining is None:
            return self
        due, counted = ends_at(hours, now, max(timedelta(), self.remaining))
        return replace(
            self,
            paused_at=None,
            resumed_at=now,
            due_at=due,
            next_at=remind_at(counted, now, due),
            nudged_at=None,
            hours=counted.tag,
        )

    def lasting(self, amount: timedelta, hours: WorkingTime) -> "Target":
        """Return the target with another amount, counted from the same start; what has run stays run."""
        remaining = None if self.remaining is None else self.remaining + amount - self.amount
        changed = replace(self, amount=amount, remaining=remaining)
        if changed.paused_at is not None:
            return changed
        due, counted = due_of(changed, hours)
        return replace(changed, due_at=due, hours=counted.tag)


def ends_at(hours: WorkingTime, start: datetime, amount: timedelta) -> tuple[datetime, WorkingTime]:
    """Return when so much time is over, and the hours it counts in: these, or the clock's when they are too few."""
    try:
        return hours.add(start, amount), hours
    except NoWorkingTimeError:
        return start + amount, ALWAYS


def due_of(target: Target, hours: WorkingTime) -> tuple[datetime, WorkingTime]:
    """Return when a running target is due by these hours, from where it started or last went on; see `ends_at`."""
    if target.resumed_at is not None and target.remaining is not None:
        return ends_at(hours, target.resumed_at, max(timedelta(), target.remaining))
    return ends_at(hours, target.start_at, target.amount)


def hours_of(target: Target, hours: WorkingTime) -> WorkingTime:
    """Return the hours that a target runs in: these, or the clock's when it was counted so."""
    return ALWAYS if target.hours == ALWAYS.tag else hours


def left_of(target: Target, hours: WorkingTime, now: datetime) -> timedelta:
    """Return how much working time is left for a target, negative once it is past; while it rests, what was left."""
    if target.paused_at is not None and target.remaining is not None:
        return max(timedelta(), target.remaining)
    return hours_of(target, hours).between(now, target.due_at)


def remind_at(hours: WorkingTime, now: datetime, due_at: datetime) -> datetime:
    """Return when to remind of an aim that runs from now: a little before it is due, at once when that is past."""
    left = hours.between(now, due_at)
    if left <= timedelta():
        return now
    return hours.subtract(due_at, REMIND if left > REMIND else left / 2)


def missed_before(standing: Target, earlier: Sequence[Target], since: datetime | None) -> Target | None:
    """Return the aim that passed first of those in a row up to this one, None when none did.

    `standing` is the open one, `earlier` the request's others, oldest first; the client waits `since` then, None when
    they have an answer. A rest in between was agreed, so that what passed before it counts no more.
    """
    found: Target | None = None
    for each in earlier:
        if each.outcome is not TargetOutcome.MISSED:
            found = None
        passed = each.outcome is TargetOutcome.MISSED and each.kind is standing.kind
        if passed and found is None and (since is None or each.due_at > since):
            found = each
    rested = standing.paused_at or standing.resumed_at
    return None if found is None or (rested is not None and rested > found.due_at) else found


def repeated(amount: timedelta, missed: int) -> timedelta:
    """Return the aim that follows so many missed ones: doubled for each, a working day at most."""
    return min(amount * (1 << min(missed, 16)), max(LONGEST_REPEAT, amount))
