"""Planning anew: when to look at promises and aims, after the hours that this was found by hold no longer.

Planning itself looks everything up anew. This makes sure that it looks soon enough: a look too early does no harm.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial

from bot.domain.ladder.ladders import TIME_TO_ACT, Ladder, ladder_of
from bot.domain.working_time import ALWAYS, NoWorkingTimeError, WorkingTime
from bot.services.context import Context
from bot.services.hours.reaching import Crew
from bot.services.nudges import aiming, climbing
from bot.services.nudges.row_by_row import plan_together
from bot.store import Tx, events, nudges, people, promises, replanning
from bot.store.replanning import Standing, Step
from bot.store.unplanned import PROMISE

CURSOR = "replan:team"
"""The setting that says up to which promise and which aim the team's have been planned anew, and for which asking."""

AT_ONCE = 1000
"""Promises of one transaction: a press waits some tens of milliseconds for it at most."""

AIMS_AT_ONCE = 200
"""Aims of the same transaction; each takes some times as long as a promise, and there are fewer."""


def replan_member(tx: Tx, ctx: Context, member: str) -> None:
    """Plan the open promises that concern a member by the hours that hold now: theirs, those they stand in for or took.

    What is held for them is looked at again. When they had something in hand and go away, whoever is there hears of it
    then. A lead, also one who left, concerns everybody, in parts, by the next ticks. Safe to repeat.
    """
    crew = Crew(tx, ctx)
    nudges.wake(tx, member, now=ctx.now)
    standing_in = {owner for owner in replanning.owners_of_open(tx) if _concerns(crew, owner, member)}
    _plan(tx, ctx, replanning.open_of(tx, {member, *standing_in}, answered_by=member))
    known = people.member(tx, member)
    if known is not None and known.lead:
        ask_for_team(tx, ctx)


def _concerns(crew: Crew, owner: str, member: str) -> bool:
    return not crew.is_lead(member) and member in crew.line(owner)


def ask_for_team(tx: Tx, ctx: Context) -> None:
    """Have everybody's open promises and aims planned anew, in parts, by the next ticks. Safe to repeat."""
    nudges.wake_all(tx, now=ctx.now)
    events.save_setting(tx, CURSOR, f"{secrets.token_hex(4)}:0:0")


def replan_team(ctx: Context) -> bool:
    """Plan the next part of the team's promises and aims anew, if that was asked for; tell whether there is more.

    Each part is a transaction of its own. Of two processes at once both do no harm; asking again begins again.
    """
    with ctx.store.reading() as tx:
        if events.setting(tx, CURSOR) is None:
            return False
    with ctx.store.writing() as tx:
        was = events.setting(tx, CURSOR)
        if was is None:
            return False
        name, promised, aimed = _read(was)
        found = replanning.open_after(tx, promised, most=AT_ONCE)
        _plan(tx, ctx, found)
        aims = replanning.running_aims(tx, aimed, most=AIMS_AT_ONCE)
        aiming.replan(tx, ctx, aims)
        more = len(found) == AT_ONCE or len(aims) == AIMS_AT_ONCE
        promised = max([promised, *(each.id for each in found)])
        aimed = max([aimed, *(target.id for target in aims)])
        moved = replanning.move_setting(tx, CURSOR, was=was, to=f"{name}:{promised}:{aimed}" if more else None)
    return more or not moved


def _read(value: str) -> tuple[str, int, int]:
    """Return which asking it is and how far it has come; what cannot be read begins at the beginning."""
    name, *numbers = value.split(":")
    if len(numbers) != len(("promises", "aims")) or not all(number.isdigit() for number in numbers):
        return name, 0, 0
    return name, int(numbers[0]), int(numbers[1])


def _plan(tx: Tx, ctx: Context, found: Sequence[Standing]) -> None:
    ahead = [each for each in found if each.due_at > ctx.now]
    look = partial(_look_at, tx)
    plan_together(tx, ctx, ahead, partial(_save, tx, ctx), kind=PROMISE, look=look)


def _look_at(tx: Tx, each: Standing, at: datetime) -> None:
    replanning.save_steps(tx, [Step(each.id, at, each.hours)], moved=True)


def _save(tx: Tx, ctx: Context, found: Sequence[Standing]) -> int:
    """Keep when these are looked at, and return of how many that changed.

    Whoever is concerned is read for these alone: hours of one member that cannot be read keep no other's from it.
    """
    crew = Crew(tx, ctx)
    crew.expect(each.owner for each in found if each.owner is not None)
    leads: dict[tuple[str, int], timedelta | None] = {}
    steps: dict[bool, list[Step]] = {True: [], False: []}
    for each in found:
        kind = (each.category, each.rung)
        if kind not in leads:
            leads[kind] = _first_lead(ladder_of(each.category, ctx.policy.ladder), each.rung)
        at, hours = _first_look(crew, each, leads[kind]) or _next_look(tx, ctx, crew, each)
        moved = at != each.next_at
        if moved or hours.tag != each.hours:
            steps[moved].append(Step(each.id, at, hours.tag))
    for moved, of_these in steps.items():
        replanning.save_steps(tx, of_these, moved=moved)
    return sum(map(len, steps.values()))


def _first_lead(ladder: Ladder, rung: int) -> timedelta | None:
    """Return how much of somebody's working time is left at the earliest from a rung on; None after the last lead."""
    leads = sorted(ladder.leads, reverse=True)[max(0, rung - 1) // 2 :]
    calls_before_closing = rung % 2 == 0
    return max(leads[0], TIME_TO_ACT if calls_before_closing else leads[0]) if leads else None


def _first_look(crew: Crew, each: Standing, lead: timedelta | None) -> tuple[datetime, WorkingTime] | None:
    """Return a soon enough look at a promise of which nothing was said yet; None where it takes more to tell.

    Where the first lead in its owner's hours lies no rung comes before, whoever it will be that hears. Planning finds
    the rest: when that look is too early it moves on, when it is past it looks at once.
    """
    first = None if each.told else crew.first(each.owner, until=each.due_at)
    if first is None:
        return None
    hours = first.hours
    if lead is None:
        return each.due_at, hours
    try:
        return _where_left(hours, each.due_at, lead), hours
    except NoWorkingTimeError:
        return None


@lru_cache(maxsize=8192)
def _where_left(hours: WorkingTime, due_at: datetime, lead: timedelta) -> datetime:
    """Return where so much of these hours is left. People promise full hours and quarters: many are due together."""
    return hours.subtract(due_at, lead)


def _next_look(tx: Tx, ctx: Context, crew: Crew, each: Standing) -> tuple[datetime, WorkingTime]:
    promise = promises.promise(tx, each.id)
    if promise is None:  # it stands: it is locked
        return each.due_at, ALWAYS
    climb = climbing.climb_of(ctx, crew, promise, owner=each.owner, category=each.category)
    return climb.next_at(ctx.now), climb.hours
