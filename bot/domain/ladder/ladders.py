"""Ladders as data, and the timetable of a promise: when it is nudged about, in its owner's working time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.categories import COMPLAINT, NEW_WORK
from bot.domain.ladder.early import Missing, Usual, missing_after
from bot.domain.working_time import NoWorkingTimeError, WorkingTime

TIME_TO_ACT = timedelta(minutes=60)
"""With less of somebody's working time left a nudge hardly helps: every ladder has a lead this long or longer."""

_NOTHING = timedelta()


class RungKind(StrEnum):
    """What a rung says."""

    BEFORE = "before"
    SLIPPED = "slipped"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: its number, its instant, and whether it comes before the due time or at it.

    Numbers grow with time and mean the same for ever, whatever becomes of somebody's hours: a ladder's leads are 1, 3,
    5 and so on, the call before closing time has an even number before one of them, the slipped rung is the last.
    """

    number: int
    at: datetime
    kind: RungKind


@dataclass(frozen=True, slots=True)
class Ladder:
    """Leads before the due time in the owner's working time; the rung at the due time is always there.

    `ack` is how much of their working time somebody has to answer a first nudge before the next one in line hears.
    """

    leads: tuple[timedelta, ...] = (timedelta(minutes=60), timedelta(minutes=15))
    ack: timedelta = timedelta(minutes=30)

    @property
    def slipped(self) -> int:
        """The number of the slipped rung."""
        return 2 * len(self.leads) + 1


LADDERS: Mapping[str, Ladder] = MappingProxyType(
    {
        COMPLAINT: Ladder(
            (timedelta(minutes=120), timedelta(minutes=60), timedelta(minutes=15)), timedelta(minutes=20)
        ),
        NEW_WORK: Ladder((timedelta(minutes=240), timedelta(minutes=60), timedelta(minutes=15)), timedelta(minutes=90)),
    }
)
"""Ladders of single categories; all others use the team's. Who is let down hears sooner, and what takes hours to make
needs a word while there are hours left."""


def ladder_of(category: str, team: Ladder) -> Ladder:
    """Return the ladder of a category: its own, else the team's."""
    return LADDERS.get(category, team)


def timetable(opened_at: datetime, due_at: datetime, hours: WorkingTime, ladder: Ladder) -> tuple[Rung, ...]:
    """Return the rungs of a promise that was told at `opened_at`, soonest first; the last is always the slipped one.

    A rung lies where exactly its lead of the owner's working time is left; those not after the opening are left out. A
    promise told outside of working time may be as long as a lead: its rung is when work goes on. One that is not longer
    than the smallest lead has one at half of its working time instead. When less than
    `TIME_TO_ACT` of the last working spell before the due time counts, some rung comes in a spell before it: the call
    before closing time, if need be one more, at half of what was left until then. Nothing comes without working time.
    """
    leads = sorted(ladder.leads, reverse=True)
    length = hours.between(opened_at, due_at)
    ahead = [
        (lead, Rung(2 * number + 1, at, RungKind.BEFORE))
        for number, lead in enumerate(leads)
        if _NOTHING < lead <= length and (at := hours.subtract(due_at, lead)) > opened_at
    ]
    told = [rung for _, rung in ahead]
    if leads and not told and length > _NOTHING:
        told = [Rung(2 * len(leads) - 1, hours.add(opened_at, length / 2), RungKind.BEFORE)]
    if length > _NOTHING and not any(lead >= TIME_TO_ACT for lead, _ in ahead):
        told = _with_call_before_closing(told, opened_at, due_at, hours, length)
    return (*told, Rung(ladder.slipped, due_at, RungKind.SLIPPED))


def _with_call_before_closing(
    told: list[Rung], opened_at: datetime, due_at: datetime, hours: WorkingTime, length: timedelta
) -> list[Rung]:
    start, _ = hours.last_spell_before(due_at)
    rest = hours.between(start, due_at)
    if not told or rest >= TIME_TO_ACT or start <= opened_at or told[0].at < start or length <= rest:
        return told
    at = hours.add(opened_at, (length - rest) / 2)
    if length > TIME_TO_ACT:  # a ladder of short leads: an hour before is soon enough
        at = max(at, hours.subtract(due_at, TIME_TO_ACT))
    return [Rung(told[0].number - 1, at, RungKind.BEFORE), *told]


def at_opening(rungs: Sequence[Rung], opened_at: datetime, hours: WorkingTime, ladder: Ladder) -> tuple[Rung, ...]:
    """Return the rungs with one where these hours next open, when they leave less than `TIME_TO_ACT`.

    For the team, when nobody hears before it does: what is told outside of its hours it hears of when those begin, and
    not only at the lead that is left, or at half of what is shorter. Told within its hours it is as it was.
    """
    first, due_at = rungs[0], rungs[-1].at
    left = hours.between(first.at, due_at)
    if first.kind is not RungKind.BEFORE or first.number % 2 == 0 or left >= TIME_TO_ACT:
        return tuple(rungs)
    opens = hours.next_opening(opened_at)
    if not opened_at < opens < first.at:
        return tuple(rungs)
    return (Rung(first.number - 1, opens, RungKind.BEFORE), *(rungs if left >= min(ladder.leads) else rungs[1:]))


def due_rung(rungs: Sequence[Rung], number: int, now: datetime) -> Rung | None:
    """Return the most urgent rung from `number` on that is due at `now`; the ones between are superseded."""
    due = [rung for rung in rungs if rung.number >= number and rung.at <= now]
    return due[-1] if due else None


def next_rung(rungs: Sequence[Rung], number: int) -> Rung | None:
    """Return the first rung from `number` on, None after the slipped rung."""
    return next((rung for rung in rungs if rung.number >= number), None)


def escalation_at(
    nudged_at: datetime, due_at: datetime, *, ack: timedelta, theirs: WorkingTime, others: WorkingTime | None
) -> datetime:
    """Return when the next one in line hears of a nudge from `nudged_at` that nobody answered.

    After `ack` of the working time (`theirs`) of the one who was nudged, and at the latest when half of what was left
    to the next one (`others`; None: nobody is next, so the team hears) is gone. Never later than the due time.
    """
    counted = others if others is not None and others.between(nudged_at, due_at) > _NOTHING else theirs
    found = due_at
    left = counted.between(nudged_at, due_at)
    if left > _NOTHING:
        found = min(found, counted.add(nudged_at, left / 2))
    try:
        return max(nudged_at, min(found, theirs.add(nudged_at, ack)))
    except NoWorkingTimeError:
        return max(nudged_at, found)


@dataclass(frozen=True, slots=True)
class Pause:
    """Why something comes early: the working time of its reader ends at `closes` and goes on at `opens`.

    `missing` is the time away or day off without which it would come after that.
    """

    closes: datetime
    opens: datetime
    missing: Missing | None = None


def pause_before(at: datetime, due_at: datetime, hours: WorkingTime, usual: Usual | None = None) -> Pause | None:
    """Return where somebody's working time first stops between two instants; None when it does not.

    `usual` are their hours without times away; without them nothing is said about such.
    """
    if at >= due_at or hours.between(at, due_at) == due_at - at:
        return None
    try:
        closes = hours.closing(at)
        if closes >= due_at:
            return None
        opens = hours.next_opening(closes)
    except NoWorkingTimeError:
        return None
    missing = missing_after(closes, at=at, due_at=due_at, hours=hours, usual=usual) if usual else None
    return Pause(closes, opens, missing)
