"""A due time explained: when its owner is nudged, and which working time is left then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.domain.ladder.ladders import TIME_TO_ACT, Ladder, Rung, RungKind, timetable
from bot.domain.working_time import NoWorkingTimeError, Spell, WorkingTime

DAILY_REST = timedelta(hours=11)
"""Between two days of work lies at least this much (Directive 2003/88/EC, article 3): whoever goes on sooner breaks."""

OVER_MIDNIGHT = timedelta(hours=4)
"""A night shift breaks on one date and goes on on the next."""


def is_break(closes_at: datetime, opens_at: datetime, tz: tzinfo) -> bool:
    """Tell whether somebody whose working time stops only has a break: they go on the same day, by their own clock."""
    pause = opens_at - closes_at
    same_day = closes_at.astimezone(tz).date() == opens_at.astimezone(tz).date()
    return pause < (DAILY_REST if same_day else OVER_MIDNIGHT)


@dataclass(frozen=True, slots=True)
class Explained:
    """One nudge: at `at` the working time `left` lies before the due time, in these spells, soonest first.

    `lead` is the one that it follows from; None for a rung that comes because the leads would be too late: one that
    leaves `TIME_TO_ACT` before work ends the last time (`to_act`), or that lies halfway of a time that is short. `past`
    says that it lies before the promise is made: it is left out, and a later one takes its place.
    """

    at: datetime
    left: timedelta
    spells: tuple[Spell, ...]
    lead: timedelta | None
    past: bool = False
    to_act: bool = False


def explain(opened_at: datetime, due_at: datetime, hours: WorkingTime, ladder: Ladder) -> tuple[Explained, ...]:
    """Return the nudges of a promise that is made at `opened_at`, and the leads that come too late for it.

    For a due time that is not after `opened_at` every lead is counted as if the promise were old.
    """
    leads = sorted(ladder.leads, reverse=True)
    if due_at <= opened_at:
        return tuple(_all(_at_lead(due_at, lead, hours) for lead in leads))
    rungs = [rung for rung in timetable(opened_at, due_at, hours, ladder) if rung.kind is RungKind.BEFORE]
    found = [_explained(rung, due_at, hours, leads) for rung in rungs]
    taken = {one.lead for one in found}
    late = _all(_at_lead(due_at, lead, hours, past=True) for lead in leads if lead not in taken)
    return tuple(sorted([*late, *found], key=lambda one: one.at))


def _all(found: Iterator[Explained | None]) -> list[Explained]:
    return [one for one in found if one is not None]


def _at_lead(due_at: datetime, lead: timedelta, hours: WorkingTime, *, past: bool = False) -> Explained | None:
    try:
        at = hours.subtract(due_at, lead)
    except NoWorkingTimeError:
        return None
    return Explained(at, lead, tuple(hours.spells(at, due_at)), lead, past)


def _explained(rung: Rung, due_at: datetime, hours: WorkingTime, leads: list[timedelta]) -> Explained:
    left = hours.between(rung.at, due_at)
    lead = left if left in leads else None
    calls_before_closing = rung.number % 2 == 0
    to_act = lead is None and calls_before_closing and left >= TIME_TO_ACT
    return Explained(rung.at, left, tuple(hours.spells(rung.at, due_at)), lead, to_act=to_act)
