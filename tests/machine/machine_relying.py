"""Whoever has a promise in hand and then goes away: what the laws need to know of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from machine_history import Beginning, History, Leaving
from machine_inspection import Inspection
from machine_sweep import LONGEST, Sweep
from machine_world import World

from bot.domain.away.absences import Absence
from bot.domain.hours.calendars import member_time
from bot.domain.promises import Outcome, Promise
from bot.services.finding import find_request
from bot.services.hours import calendars
from bot.services.hours.reaching import Crew
from bot.store import Tx, absences, people

BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Relying:
    """Remembers who took what on and who left. People's other doings with a request end what was relied on."""

    world: World
    history: History
    inspection: Inspection
    sweep: Sweep
    acks: list[tuple[int, str, datetime]] = field(default_factory=list)
    left: dict[str, datetime] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)

    def conclude(self, troubles: list[datetime]) -> None:
        """Write down all goings away; where something else went wrong, nobody can say who should have heard what."""
        if troubles:
            return
        with self.world.store.reading() as tx:
            known = {each.id: each for each in self.inspection.all(tx) if each.outcome is Outcome.SLIPPED}
            crew = Crew(tx, self.world.desks[0].context())
            crew.reach_back(BEFORE_ALL)
            for ident, who, since in self.acks:
                promise = known.get(ident)
                if promise is not None and promise.request not in self.touched:
                    self._note_leavings(tx, crew, promise, who, since)
            for promise in known.values():
                if promise.request not in self.touched:
                    self._note_beginnings(tx, crew, promise)

    def _heard(self, promise: Promise) -> tuple[tuple[datetime, str], ...]:
        told = self.history.of_promises()
        return tuple((one.at, one.to) for one in told if one.ident == promise.id and not one.slipped)

    def _note_leavings(self, tx: Tx, crew: Crew, promise: Promise, who: str, since: datetime) -> None:
        due, heard = promise.due_at, self._heard(promise)
        if due - since > LONGEST:
            return
        ctx = self.world.desks[0].context()
        shown = calendars.shown(tx, ctx, who)
        usual = member_time(shown.team, shown.rules, shown.tz)
        if who in self.left and crew.member(who) is None:
            at = max(self.left[who], since)
            taken = self.sweep.count(usual, at, due)
            if taken:
                self.history.leavings.append(Leaving(promise.id, who, since, at, due, taken, taken - taken, heard))
            return
        hours = crew.person(who).hours
        for away in absences.of_member(tx, who):
            at = max(away.starts_at, away.made_at)
            if since < at < due and away.over_at > at:
                taken = self.sweep.count(usual, at, min(away.over_at, due))
                left = self.sweep.count(hours, at, due)
                self.history.leavings.append(Leaving(promise.id, who, since, at, due, taken, left, heard))

    def _note_beginnings(self, tx: Tx, crew: Crew, promise: Promise) -> None:
        owner, due, heard = find_request(tx, promise.request).owner, promise.due_at, self._heard(promise)
        told = [at for at, to in heard if to == owner]
        if owner is None or not told or any(ident == promise.id and who != owner for ident, who, _ in self.acks):
            return
        for away in absences.of_member(tx, owner):
            stand_in = self._stand_in(tx, crew, away)
            if stand_in is None or away.ended_at is not None or not told[0] < away.starts_at < due:
                continue
            hours = crew.person(owner).hours
            free_at = self.sweep.first_open(crew.person(stand_in).hours, away.starts_at, due)
            if free_at is not None and not self.sweep.count(hours, away.starts_at, due):
                begins = max(away.starts_at, away.made_at)
                self.history.beginnings.append(Beginning(promise.id, owner, stand_in, begins, free_at, heard))

    def _stand_in(self, tx: Tx, crew: Crew, away: Absence) -> str | None:
        known = people.member(tx, away.member)
        named = away.stand_in or (known.stand_in if known else None)
        return named if named and named != away.member and crew.member(named) is not None else None
