"""Where a promise stands on its ladder: its rungs by today's hours, when its next step is, and why."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.domain.ladder.ladders import Ladder, Rung, at_opening, due_rung, escalation_at, ladder_of, next_rung, timetable
from bot.domain.ladder.reaching import Person, bearer, hours_of_nobody
from bot.domain.promises import Promise
from bot.domain.requests import Request
from bot.domain.working_time import ALWAYS, WorkingTime
from bot.services.context import Context
from bot.services.hours.reaching import Crew
from bot.services.nudges.relying import Relied, relied_on


@dataclass(frozen=True)
class Climb:
    """An open promise on its ladder. `people` are those it concerns, in order; nothing here is stored.

    `relied` is who has it in hand, or was told of it; None while nobody is. `crew` knows the team's hours.
    """

    promise: Promise
    people: tuple[Person, ...]
    ladder: Ladder
    relied: Relied | None = None
    crew: Crew | None = None

    @cached_property
    def team(self) -> WorkingTime:
        """The team's hours: its channel hears within them."""
        return self.crew.hours() if self.crew else ALWAYS

    @property
    def opened_at(self) -> datetime:
        """When it was told: nothing counts before."""
        return self.promise.opened_at or self.promise.made_at

    @cached_property
    def bearer(self) -> Person | None:
        """Whose working time counts: the first who had any since it was told, or changed hands; None: nobody has."""
        return bearer(self.people, self.promise.anew_at or self.opened_at, self.promise.due_at)

    @cached_property
    def hours(self) -> WorkingTime:
        """Return the hours that the rungs are counted in: the team's when nobody in line has any."""
        if self.bearer is not None:
            return self.bearer.hours
        return hours_of_nobody(self.promise.anew_at or self.opened_at, self.promise.due_at, self.team)

    @cached_property
    def rungs(self) -> tuple[Rung, ...]:
        """All rungs since it was told; the team channel's begin as soon as the team works, if it has little time."""
        found = timetable(self.opened_at, self.promise.due_at, self.hours, self.ladder)
        return at_opening(found, self.opened_at, self.hours, self.ladder) if self.bearer is None else found

    def due(self, now: datetime) -> Rung | None:
        """Return the rung that is to be told now."""
        return due_rung(self.rungs, self.promise.rung, now)

    def said_last(self) -> int:
        """Return the number of the rung that was told last, for saying it once more."""
        return max(0, self.promise.rung - 1)

    def escalates_at(self) -> datetime | None:
        """Return when the next one in line hears, if nobody answers; None when they need not."""
        promise = self.promise
        if promise.nudged_at is None or promise.escalated_at or promise.acked_at or promise.snoozed_until:
            return None
        told = bearer(self.people, promise.nudged_at, promise.due_at) or self.bearer
        rest = [person for person in self.people if person is not told]
        other = bearer(rest, promise.nudged_at, promise.due_at)
        return escalation_at(
            promise.nudged_at,
            promise.due_at,
            ack=self.ladder.ack,
            theirs=told.hours if told else ALWAYS,
            others=other.hours if other else None,
        )

    def next_at(self) -> datetime:
        """Return when there is something to do next: a rung, what was put off, the next one in line, or the end."""
        promise = self.promise
        leaves = self.relied.until if self.relied else None
        if promise.acked_at is not None:
            return min(promise.due_at, leaves) if leaves else promise.due_at
        after = next_rung(self.rungs, promise.rung)
        steps = (after.at if after else None, promise.snoozed_until, self.escalates_at(), leaves, promise.due_at)
        return min(step for step in steps if step is not None)


def climb(ctx: Context, crew: Crew, promise: Promise, request: Request) -> Climb:
    """Return where a promise of a request stands by the hours that hold now."""
    return climb_of(ctx, crew, promise, owner=request.owner, category=request.category)


def climb_of(ctx: Context, crew: Crew, promise: Promise, *, owner: str | None, category: str) -> Climb:
    """Return what `climb` does, for a request of this owner and category."""
    crew.reach_back(promise.opened_at or promise.made_at)
    people = crew.people(owner, until=promise.due_at)
    relied = relied_on(crew, promise, owner, people)
    return Climb(promise, people, ladder_of(category, ctx.policy.ladder), relied, crew)
