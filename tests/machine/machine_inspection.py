"""Looking at a world at rest: what stands in the outbox, where rungs are planned, and how promises ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from machine_history import Closing, Edit, End, History, Sent, Step
from machine_sweep import LONGEST, MINUTE, Sweep
from machine_world import World
from sqlalchemy import select

from bot.domain.ladder.ladders import RungKind
from bot.domain.promises import Outcome, Promise
from bot.domain.working_time import Spell
from bot.services.finding import find_request
from bot.services.hours.reaching import Crew
from bot.services.nudges import climbing, replanning
from bot.services.nudges.climbing import Climb
from bot.store import Tx, events, promises, tables
from bot.store.outbox import is_waiting, o


class Inspection:
    """Reads a world into a history."""

    def __init__(self, world: World, history: History, sweep: Sweep) -> None:
        self._world, self._history, self._sweep = world, history, sweep
        self._seen: set[tuple[Any, ...]] = set()

    def look(self) -> None:
        """Note which rows there are, and where the rungs of open promises are planned by the hours of now."""
        with self._world.store.reading() as tx:
            self._history.keys = [str(key) for key in tx.execute(select(o.key).where(o.kind == "nudge")).scalars()]
            crew = Crew(tx, self._world.desks[0].context())
            for promise in self.all(tx):
                if promise.outcome is Outcome.OPEN:
                    self._note_rungs(self._climb(tx, crew, promise))

    def _note_rungs(self, climb: Climb) -> None:
        promise, hours = climb.promise, climb.hours
        key = (promise.id, promise.opened_at, promise.due_at, hours.tag, climb.ladder)
        if key in self._seen or promise.due_at - climb.opened_at > LONGEST:
            return
        self._seen.add(key)
        before = [rung for rung in climb.rungs if rung.kind is RungKind.BEFORE]
        leads = sorted(climb.ladder.leads, reverse=True)
        length = self._sweep.count(hours, climb.opened_at, promise.due_at)
        for rung in before:
            plain = rung.number % 2 == 1 and length > leads[-1] + MINUTE
            lead = leads[(rung.number - 1) // 2] if plain else None
            left = self._sweep.count(hours, rung.at, promise.due_at)
            self._history.steps.append(Step(promise.id, rung.at, climb.opened_at, promise.due_at, lead, left))
        start = self._sweep.last_spell_start(hours, promise.due_at, climb.opened_at)
        if start is not None and not _has_short_gap(hours.spells(climb.opened_at, promise.due_at)):
            rest = self._sweep.count(hours, start, promise.due_at)
            earlier = sum(rung.at < start for rung in before)
            self._history.closings.append(Closing(promise.id, start, rest, length - rest, earlier))

    def sent(self) -> Sent:
        """Return the rows that left, as they are kept."""
        query = select(o.key, o.sent_at, o.not_before, o.recipient, o.payload).where(o.kind == "nudge", o.shown > 0)
        with self._world.store.reading() as tx:
            return {row.key: tuple(str(fact) for fact in row[1:]) for row in tx.execute(query)}

    def next_steps(self) -> dict[int, object]:
        """Return when each open promise is to be looked at next."""
        with self._world.store.reading() as tx:
            return {promise.id: promise.next_at for promise in self.all(tx) if promise.outcome is Outcome.OPEN}

    def note_edit(self, before: Sent) -> None:
        """Note what came of changed hours, once everything was planned anew."""
        asleep = []
        with self._world.store.reading() as tx:
            assert events.setting(tx, replanning.CURSOR) is None, "planning anew never ends"
            crew = Crew(tx, self._world.desks[0].context())
            for promise in self.all(tx):
                if promise.outcome is not Outcome.OPEN or promise.next_at is None:
                    continue
                step = self._climb(tx, crew, promise).next_at(self._world.now)
                if promise.next_at > max(step, self._world.now) + MINUTE + timedelta(seconds=1):
                    asleep.append(f"promise {promise.id} sleeps until {promise.next_at}, its step is at {step}")
        self._history.edits.append(Edit(before, self.sent(), tuple(asleep)))

    def stuck(self) -> list[str]:
        """Return what should have left, and promises without a next step."""
        late = self._world.now - timedelta(minutes=10)
        with self._world.store.reading() as tx:
            rows = tx.execute(select(o.key, o.error).where(is_waiting(o), o.not_before < late)).all()
            stepless = [p for p in self.all(tx) if p.outcome is Outcome.OPEN and p.next_at is None]
        return [*map(str, rows), *map(str, stepless)]

    def ends(self, disturbed: set[int]) -> list[End]:
        """Return how each promise ended, and what was said of it."""
        slips = {one.ident for one in self._history.of_promises() if one.slipped}
        before = {one.ident for one in self._history.of_promises() if not one.slipped}
        with self._world.store.reading() as tx:
            closed = set(
                tx.execute(select(tables.request.c.id).where(tables.request.c.closed_at.is_not(None))).scalars()
            )
            known = self.all(tx)
        return [
            End(
                promise.id,
                promise.due_at,
                open=promise.outcome is Outcome.OPEN and promise.due_at <= self._world.now,
                slipped=promise.outcome is Outcome.SLIPPED,
                undisturbed=promise.id not in disturbed,
                moot=promise.request in closed or promise.told_at is not None or _words_after(known, promise),
                told_before=promise.id in before,
                told_slipped=promise.id in slips,
            )
            for promise in known
        ]

    def all(self, tx: Tx) -> list[Promise]:
        """Return every promise there is."""
        known = tx.execute(select(tables.request.c.id).order_by(tables.request.c.id)).scalars().all()
        return [promise for request in known for promise in promises.promises_of(tx, request)]

    def rows(self, promise: int) -> str:
        """Return what the outbox knows of a promise's nudges."""
        query = select(o.key, o.state, o.not_before, o.sent_at, o.error, o.payload)
        with self._world.store.reading() as tx:
            rows = tx.execute(query.where(o.key.like(f"nudge:promise:{promise}:%")).order_by(o.id)).all()
        return "\n".join(map(str, rows))

    def _climb(self, tx: Tx, crew: Crew, promise: Promise) -> Climb:
        return climbing.climb(self._world.desks[0].context(), crew, promise, find_request(tx, promise.request))


def _words_after(known: list[Promise], promise: Promise) -> bool:
    """Tell whether the client was told another time when this one had passed."""
    told: list[datetime] = [one.opened_at for one in known if one.request == promise.request and one.opened_at]
    return any(at >= promise.due_at for at in told)


def _has_short_gap(spells: Sequence[Spell]) -> bool:
    """Tell whether somebody is away for less than a minute: a sweep to the minute does not see that."""
    return any(later[0] - earlier[1] < MINUTE for earlier, later in pairwise(spells))
