"""What comes next of a promise, if nothing happens before: when, to whom, and why then."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.domain.ladder.early import first_missing
from bot.domain.ladder.reaching import CHANNEL, Person, Reach, Why, reach_slipped
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import Request
from bot.domain.snapshots.status import LadderStep, StepKind
from bot.domain.working_time import NoWorkingTimeError, WorkingTime
from bot.services.context import Context
from bot.services.hours.reaching import Crew
from bot.services.nudges import climbing
from bot.services.nudges.climbing import Climb
from bot.services.nudges.reasons import pause_of
from bot.services.nudges.relying import Relied, relied_on
from bot.store.nudges import Told


def steps_of(ctx: Context, crew: Crew, promise: Promise, request: Request) -> tuple[LadderStep, ...]:
    """Return the steps that are still to come of an open promise, in order; none of one that is due or has ended.

    Hours, absences and stand-ins are those that are known now. What is due this instant is about to be planned. It is
    lived through look by look as planning will, by what planning itself decides; what is written already and waits for
    its reader is no step any more.
    """
    if promise.outcome is not Outcome.OPEN or promise.due_at <= ctx.now:
        return ()
    ahead = Ahead(ctx, crew, request.owner, climbing.climb(ctx, crew, promise, request))
    return (*ahead.steps(ctx.now), _slipped(crew, ahead.climb))


@dataclass
class Ahead:
    """What becomes of a promise from one look at it to the next, while nobody does anything."""

    ctx: Context
    crew: Crew
    owner: str | None
    climb: Climb
    coming: list[LadderStep] = field(default_factory=list)

    def steps(self, now: datetime) -> list[LadderStep]:
        """Live until it is due, and return what was told on the way, in order."""
        at = max(now, self.climb.next_at(now))
        while at < self.climb.promise.due_at:
            self._live(at)
            at = self.climb.next_look(at)
        return sorted(self.coming, key=lambda step: step.at)

    def _live(self, at: datetime) -> None:
        """Do what planning does at an instant: hand on, tell, pass on."""
        self._be(told=tuple(_as_of(one, at) for one in self.climb.told), people=self._in_line(at))
        relied = self.climb.relied
        if relied is not None and relied.until is not None and relied.until <= at:
            self._hand_on(relied, at)
        passes = self.climb.passes_on(at)
        if self.climb.promise.acked_at is None:
            self._tell(at)
            if passes is not None and passes.at <= at:
                self._pass_on(at)
        climb = self.climb
        self._be(relied=relied_on(self.crew, climb.promise, self.owner, climb.people, climb.told))

    def _in_line(self, at: datetime) -> tuple[Person, ...]:
        """Return whom it concerns then: a stand-in whose time is over by then is out of line."""
        then = Crew(self.crew.tx, replace(self.ctx, now=at))
        line = then.line(self.owner, until=self.climb.promise.due_at)
        return tuple(map(self.crew.person, line))

    def _hand_on(self, relied: Relied, at: datetime) -> None:
        to, was = self.climb.reach_instead_of(relied.member, at), self.climb.promise
        if self.climb.has_heard(to):
            self._be(promise=replace(was, nudged_at=at, counted_on=None), relied=None)
            return
        self._take_back(at)
        since = max(at, relied.leaves or at)
        facts: dict[str, Any] = {
            "acked_at": None,
            "acked_by": None,
            "counted_on": None,
            "escalated_at": None,
            "snoozed_until": None,
        }
        anew = replace(was, revision=was.revision + 1, rung=0, nudged_at=None, anew_at=since, **facts)
        self._be(promise=anew, relied=None, told=())
        number = self.climb.told_first(at, anyway=was.rung > 0)
        if number is not None:
            self._say(_told_instead(self.crew, self.climb, relied, to), to)
            self._be(promise=replace(anew, rung=number + 1, nudged_at=to.at))

    def _tell(self, at: datetime) -> None:
        to = self.climb.tells(at)
        if to is not None:
            self._take_back(at)
            self._say(_step(self.crew, self.climb, StepKind.NUDGE, to), to)
            self._be(promise=self.climb.after_telling(to, at))

    def _pass_on(self, at: datetime) -> None:
        climb, heard_at = self.climb, self.climb.heard_late(at)
        if heard_at is not None:
            self._be(promise=replace(climb.promise, nudged_at=heard_at))
            return
        to = climb.passes_on(at)
        if to is None or to.at > at:
            return
        if CHANNEL not in climb.recipients:
            self._say(_step(self.crew, climb, StepKind.PASSED_ON, to), to)
        self._be(promise=replace(climb.promise, escalated_at=at))

    def _take_back(self, at: datetime) -> None:
        """Forget what has not left by then: something more urgent takes its place."""
        self.coming = [step for step in self.coming if step.at < at]
        self._be(told=tuple(one for one in self.climb.told if not one.waits))

    def _say(self, step: LadderStep, to: Reach) -> None:
        self.coming.append(step)
        told = Told(to.recipient, waits=True, not_before=to.at, sent_at=None)
        self._be(told=(*self.climb.told, told))

    def _be(self, **facts: Any) -> None:
        self.climb = replace(self.climb, **facts)


def _as_of(one: Told, at: datetime) -> Told:
    """Return what was written as it stands when an instant is planned: what might leave before it has left."""
    return replace(one, waits=False, sent_at=one.not_before) if one.waits and one.not_before < at else one


def _told_instead(crew: Crew, climb: Climb, relied: Relied, to: Reach) -> LadderStep:
    """Return how somebody hears because who is relied on goes away: when their own work stops has no part in it."""
    step = _step(crew, climb, StepKind.NUDGE, to)
    step = replace(step, closes_at=None, opens_at=None, missing=None, office=False)
    leaver = crew.member(relied.member)
    if leaver is None or relied.leaves is None:
        return step
    hours, usual = crew.person(leaver.id).hours, crew.usual(leaver.id)
    taken = first_missing(relied.leaves, due_at=climb.promise.due_at, hours=hours, usual=usual)
    return replace(step, leaver=leaver, leaving=taken)


def _slipped(crew: Crew, climb: Climb) -> LadderStep:
    due = climb.promise.due_at
    at_once = [crew.member(to.recipient) for to in reach_slipped(climb.people, due) if to.at == due]
    return LadderStep(due, StepKind.SLIPPED, tuple(member for member in at_once if member is not None))


def _step(crew: Crew, climb: Climb, kind: StepKind, to: Reach) -> LadderStep:
    member = crew.member(to.recipient)
    reader = next((person for person in climb.people if person.id == to.recipient), None)
    pause = pause_of(crew, reader, to.at, climb.promise.due_at) if reader else None
    return LadderStep(
        at=to.at,
        kind=kind,
        to=(member,) if member is not None else (),
        why=Why.UNANSWERED if kind is StepKind.PASSED_ON else to.why,
        closes_at=pause.closes if pause else None,
        opens_at=pause.opens if pause else None,
        missing=pause.missing if pause else None,
        office=pause is not None and _closes(crew.hours(), pause.closes),
        lead=(reader.hours if reader else climb.hours).between(to.at, climb.promise.due_at),
    )


def _closes(office: WorkingTime, at: datetime) -> bool:
    """Tell whether the whole team stops at an instant."""
    try:
        return not office.is_open(at) and office.previous_close(at) == at
    except NoWorkingTimeError:
        return False
