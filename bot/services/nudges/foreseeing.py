"""What comes next of a promise, if nothing happens before: when, to whom, and why then."""

from dataclasses import replace
from datetime import datetime

from bot.domain.ladder.early import first_missing
from bot.domain.ladder.ladders import RungKind
from bot.domain.ladder.reaching import Reach, Why, reach, reach_instead, reach_next, reach_slipped
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import Request
from bot.domain.snapshots.status import LadderStep, StepKind
from bot.domain.working_time import NoWorkingTimeError, WorkingTime
from bot.services.context import Context
from bot.services.hours.reaching import Crew
from bot.services.nudges import climbing
from bot.services.nudges.climbing import Climb
from bot.services.nudges.reasons import pause_of
from bot.services.nudges.relying import Relied


def steps_of(ctx: Context, crew: Crew, promise: Promise, request: Request) -> tuple[LadderStep, ...]:
    """Return the steps that are still to come of an open promise, in order; none of one that is due or has ended.

    Hours, absences and stand-ins are those that hold now. What is due this instant is about to be planned.
    """
    if promise.outcome is not Outcome.OPEN or promise.due_at <= ctx.now:
        return ()
    climb = climbing.climb(ctx, crew, promise, request)
    return (*sorted(_before(crew, climb, ctx.now), key=lambda step: step.at), _slipped(crew, climb))


def _before(crew: Crew, climb: Climb, now: datetime) -> list[LadderStep]:
    """Return what comes before the due time; from when somebody who is relied on goes away, others hear."""
    due = climb.promise.due_at
    nudges = [_step(crew, climb, StepKind.NUDGE, reach(climb.people, at, due, climb.team)) for at in _nudged_at(climb)]
    steps = [*nudges, *_passed_on(crew, climb, nudges)]
    if climb.relied is None or climb.relied.until is None or climb.relied.until >= due:
        return steps
    at = max(now, climb.relied.until)
    to = reach_instead(climb.people, [climb.relied.member], at, due, climb.team)
    after = _before(crew, _handed_on(climb, climb.relied, to, at), at)
    rest = [step for step in after if step.at > to.at]
    return [*(step for step in steps if step.at < at), _told_instead(crew, climb, climb.relied, to), *rest]


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


def _handed_on(climb: Climb, relied: Relied, to: Reach, at: datetime) -> Climb:
    """Return where a promise will stand once it is told anew, because whoever has it goes away."""
    since = max(at, relied.leaves or at)
    anew = replace(climb.promise, acked_at=None, acked_by=None, escalated_at=None, snoozed_until=None, anew_at=since)
    climb = replace(climb, promise=replace(anew, rung=0, nudged_at=to.at), relied=None)
    told = climb.due(at)
    return replace(climb, promise=replace(climb.promise, rung=told.number + 1 if told else climb.rungs[0].number))


def _nudged_at(climb: Climb) -> list[datetime]:
    promise = climb.promise
    if promise.acked_at is not None:
        return []
    rungs = [rung.at for rung in climb.rungs if rung.kind is RungKind.BEFORE and rung.number >= promise.rung]
    return [*([promise.snoozed_until] if promise.snoozed_until else []), *rungs]


def _passed_on(crew: Crew, climb: Climb, nudges: list[LadderStep]) -> list[LadderStep]:
    first = min((step for step in nudges), key=lambda step: step.at, default=None)
    if climb.promise.nudged_at is None and first is not None:
        climb = replace(climb, promise=replace(climb.promise, nudged_at=first.at, snoozed_until=None))
    at = climb.escalates_at()
    if at is None or at >= climb.promise.due_at or climb.promise.nudged_at is None:
        return []
    told = reach(climb.people, climb.promise.nudged_at, climb.promise.due_at).recipient
    to = reach_next(climb.people, [told], at, climb.promise.due_at)
    return [_step(crew, climb, StepKind.PASSED_ON, to)] if to.recipient != told else []


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
