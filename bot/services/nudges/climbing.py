"""Where a promise stands on its ladder: its rungs by today's hours, when its next step is, and why."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from bot.domain.ladder.ladders import Ladder, Rung, at_opening, due_rung, escalation_at, ladder_of, next_rung, timetable
from bot.domain.ladder.reaching import (
    CHANNEL,
    Person,
    Reach,
    Why,
    bearer,
    hours_of_nobody,
    reach,
    reach_instead,
    reach_next,
)
from bot.domain.promises import Promise
from bot.domain.requests import Request
from bot.domain.working_time import ALWAYS, WorkingTime
from bot.services.context import Context
from bot.services.hours.reaching import Crew
from bot.services.nudges.relying import Relied, relied_on
from bot.store import nudges
from bot.store.nudges import Told

UNSENT_WAITS = timedelta(seconds=60)
"""How soon to look again at a nudge that should be answered by now but has not left yet."""


@dataclass(frozen=True)
class Climb:
    """An open promise on its ladder. `people` are those it concerns, in order; nothing here is stored.

    `relied` is who has it in hand, or was told of it; None while nobody is. `crew` knows the team's hours.
    `told` is what was written of this revision, while nobody has it in hand.
    """

    promise: Promise
    people: tuple[Person, ...]
    ladder: Ladder
    relied: Relied | None = None
    crew: Crew | None = None
    told: tuple[Told, ...] = ()

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

    @property
    def recipients(self) -> tuple[str, ...]:
        """Return who was told of this revision, each once."""
        return tuple(dict.fromkeys(one.recipient for one in self.told))

    def tells(self, now: datetime) -> Reach | None:
        """Return who hears of the rung that is due, or once more of what was put off; None when nothing is due."""
        if self.due(now) is None and not self._comes_again(now):
            return None
        return reach(self.people, now, self.promise.due_at, self.team)

    def after_telling(self, to: Reach, now: datetime) -> Promise:
        """Return the promise as it stands once that one is told what is due."""
        promise, rung = self.promise, self.due(now)
        return replace(
            promise,
            rung=rung.number + 1 if rung else promise.rung,
            nudged_at=to.at if self._comes_again(now) else promise.nudged_at or to.at,
            snoozed_until=None,
            acked_by=None,
            counted_on=None,
        )

    def _comes_again(self, now: datetime) -> bool:
        return self.promise.snoozed_until is not None and self.promise.snoozed_until <= now

    def reach_instead_of(self, member: str, now: datetime) -> Reach:
        """Return who hears instead of a member who goes away, and when."""
        return reach_instead(self.people, [member], now, self.promise.due_at, self.team)

    def has_heard(self, to: Reach) -> bool:
        """Tell whether whoever hears instead need not: they were told, and nobody said that they have it."""
        return self.promise.acked_at is None and to.recipient in self.recipients

    def told_first(self, now: datetime, *, anyway: bool) -> int | None:
        """Return the rung that is told first of a promise that begins anew; None: nothing yet.

        Of what is due the most urgent, else where it stands; that only if it is told `anyway`.
        """
        rung = self.due(now)
        if rung is not None:
            return rung.number
        return max(0, self.rungs[0].number - 1) if anyway else None

    def passes_on(self, now: datetime) -> Reach | None:
        """Return who hears what nobody answers, and when; None when nobody need.

        Who is next in line once it is to be answered, and opens in time, is waited for. That is never before `now`:
        whoever was waited for and does not come after all is not looked for in the past.
        """
        at = self.unanswered_at()
        if at is None:
            return None
        if CHANNEL in self.recipients:  # everybody was told: it is only noted
            return Reach(CHANNEL, max(at, now), Why.UNANSWERED)
        to = reach_next(self.people, self.recipients, at, self.promise.due_at)
        return to if to.at > now else reach_next(self.people, self.recipients, now, self.promise.due_at)

    def heard_late(self, now: datetime) -> datetime | None:
        """Return from when on an answer is to be waited for, when a nudge left late or has not left; None: as noted."""
        promise = self.promise
        left_at = min((one.sent_at for one in self.told if one.sent_at is not None), default=None)
        waits = [one.not_before for one in self.told if one.waits]
        if left_at is None and waits:
            return min(waits) if min(waits) > now else promise.nudged_at
        if left_at is not None and promise.nudged_at is not None and left_at > promise.nudged_at + UNSENT_WAITS:
            at = replace(self, promise=replace(promise, nudged_at=left_at)).unanswered_at()
            if at is not None and at > now:
                return left_at
        return None

    def _as_known(self, at: datetime) -> tuple[Person, ...]:
        return tuple(self.crew.as_known(person, at) for person in self.people) if self.crew else self.people

    def unanswered_at(self) -> datetime | None:
        """Return when what was told should have been answered; None when it need not.

        That goes by the hours that were known when it was told: who goes away after it delays nothing.
        """
        promise = self.promise
        if promise.nudged_at is None or promise.escalated_at or promise.acked_at or promise.snoozed_until:
            return None
        told = bearer(self._as_known(promise.nudged_at), promise.nudged_at, promise.due_at) or self.bearer
        rest = [person for person in self.people if told is None or person.id != told.id]
        other = bearer(rest, promise.nudged_at, promise.due_at)
        return escalation_at(
            promise.nudged_at,
            promise.due_at,
            ack=self.ladder.ack,
            theirs=told.hours if told else ALWAYS,
            others=other.hours if other else None,
        )

    def next_at(self, now: datetime) -> datetime:
        """Return when there is something to do next: a rung, what was put off, the next one in line, or the end.

        What is to be done already has its own instant, or `now`. Whoever may be waited for is looked for anew then.
        """
        promise = self.promise
        leaves = self.relied.until if self.relied else None
        if promise.acked_at is not None:
            return min(promise.due_at, leaves) if leaves else promise.due_at
        after = next_rung(self.rungs, promise.rung)
        unanswered = self.unanswered_at()
        if unanswered is not None and unanswered <= now:
            passes = self.passes_on(now)
            unanswered = passes.at if passes else None
        steps = (after.at if after else None, promise.snoozed_until, unanswered, leaves, promise.due_at)
        return min(step for step in steps if step is not None)

    def next_look(self, now: datetime) -> datetime:
        """Return when to look next, after all that is to be done `now` was done: after it."""
        at = self.next_at(now)
        if at > now:
            return at
        return min(now + UNSENT_WAITS, self.promise.due_at)  # what was to be answered by now has not even left


def climb(ctx: Context, crew: Crew, promise: Promise, request: Request) -> Climb:
    """Return where a promise of a request stands by the hours that hold now."""
    return climb_of(ctx, crew, promise, owner=request.owner, category=request.category)


def climb_of(ctx: Context, crew: Crew, promise: Promise, *, owner: str | None, category: str) -> Climb:
    """Return what `climb` does, for a request of this owner and category."""
    crew.reach_back(promise.opened_at or promise.made_at)
    people = crew.people(owner, until=promise.due_at)
    is_told = promise.nudged_at is not None and promise.acked_at is None
    told = nudges.told_of(crew.tx, promise.id, promise.revision) if is_told else ()
    relied = relied_on(crew, promise, owner, people, told)
    return Climb(promise, people, ladder_of(category, ctx.policy.ladder), relied, crew, told)
