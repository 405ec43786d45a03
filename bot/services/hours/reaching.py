"""Who is there: whose hours hold, who stands in for whom, and whom something of a request goes to, in order."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from bot.domain.away.standing_in import chain
from bot.domain.ladder.counted_on import stops_at
from bot.domain.ladder.early import Usual
from bot.domain.ladder.leaving import Away, leaves_at
from bot.domain.ladder.reaching import Person, is_reachable
from bot.domain.people import Member
from bot.domain.requests import Request
from bot.domain.working_time import NoWorkingTimeError, Spell, WorkingTime, without
from bot.services.context import Context
from bot.services.hours import calendars
from bot.store import Tx, absences, covers, people
from bot.store.covers import Cover

DAY_OF_WORK = timedelta(hours=8)
"""What is due at no time of its own is looked at within so much of the team's working time."""


class Crew:
    """The team as one transaction sees it; hours are read once for each member. Not to be kept longer."""

    def __init__(self, tx: Tx, ctx: Context) -> None:
        self.tx, self._ctx = tx, ctx
        self._persons: dict[str, Person] = {}
        self._lines: dict[tuple[str | None, int], tuple[str, ...]] = {}
        self._later: dict[int, Mapping[str, Sequence[str]]] = {}
        self._usual: dict[str, Usual] = {}
        self._away: dict[str, list[Away]] = {}
        self._expected: set[str] = set()
        self._since = ctx.now

    def reach_back(self, since: datetime) -> None:
        """Have everybody's hours be right from an instant on; without it they are from now on.

        Whom the crew named before keep the hours that they were named with. It reaches twice as far as it is asked to,
        so that of many promises, told at any times, few have everything read anew.
        """
        if since < self._since:
            self._since = self._ctx.now - 2 * (self._ctx.now - since)
            self._persons.clear()
            self._away.clear()

    def expect(self, members: Iterable[str]) -> None:
        """Have the hours of all of these read together, as soon as those of one of them are asked for."""
        self._expected.update(members)

    @cached_property
    def _here(self) -> Mapping[str, Member]:
        return {member.id: member for member in people.members(self.tx)}

    @cached_property
    def _stand_ins(self) -> Mapping[str, str | None]:
        return absences.stand_ins(self.tx, self._ctx.now)

    @cached_property
    def _coming(self) -> tuple[Cover, ...]:
        """Who will stand in for whom in times away that have not begun, the soonest first."""
        return tuple(each for each in covers.coming(self.tx, self._ctx.now) if each.stand_in in self._here)

    @cached_property
    def _lead(self) -> str | None:
        return next((member.id for member in self._here.values() if member.lead), None)

    def people(self, owner: str | None, *, until: datetime | None = None) -> tuple[Person, ...]:
        """Return whom something of this owner goes to: them, their stand-ins, the lead. Who left is left out.

        Stand-ins are those of now, then those of times away that begin before `until`; without it, of all to come.
        """
        return tuple(map(self.person, self.line(owner, until=until)))

    def line(self, owner: str | None, *, until: datetime | None = None) -> tuple[str, ...]:
        """Return the ids of those whom `people` returns; nobody's hours are read for it."""
        coming = self._coming
        number = len(coming) if until is None else bisect_left(coming, until, key=lambda each: each.starts_at)
        if (owner, number) not in self._lines:
            if number not in self._later:
                self._later[number] = _by_member(coming[:number])
            concerned = chain(owner, self._stand_ins, self._lead, self._later[number])
            self._lines[owner, number] = tuple(each for each in concerned if each in self._here)
        return self._lines[owner, number]

    def is_lead(self, member: str) -> bool:
        """Tell whether somebody is the lead."""
        return member == self._lead

    def of(self, request: Request, *, until: datetime | None = None) -> tuple[Person, ...]:
        """Return the people of a request, its owner first, as `people` does."""
        return self.people(request.owner, until=until)

    def first(self, owner: str | None, *, until: datetime | None = None) -> Person | None:
        """Return the first of those whom `people` returns."""
        if owner is not None and owner in self._here:
            return self.person(owner)
        return next(iter(self.people(owner, until=until)), None)

    def leaves_at(
        self, member: str, *, since: datetime, due_at: datetime, counted_on: Sequence[Spell] = ()
    ) -> datetime | None:
        """Return when a member who has had something in hand `since` goes away; None while they are relied on.

        The crew has to `reach_back` so far.

        Also when they stop work on it for good because working time that they `counted_on` is theirs no longer.
        """
        if member not in self._here:
            return since
        hours, now = self.person(member).hours, self._ctx.now
        stops = stops_at(hours, counted_on, since=since, now=now, due_at=due_at) if counted_on else None
        away = self._goes_away_at(member, since=since, due_at=due_at)
        return min((at for at in (stops, away) if at is not None), default=None)

    def _goes_away_at(self, member: str, *, since: datetime, due_at: datetime) -> datetime | None:
        aways = self._times_away(member)
        if not aways:
            return None
        hours, usual = self.person(member).hours, self.usual(member).hours
        return leaves_at(hours, usual, aways, since=since, due_at=due_at)

    def _times_away(self, member: str) -> Sequence[Away]:
        if member not in self._away:
            entered = absences.of_member(self.tx, member, after=self._since)
            self._away[member] = [Away(each.starts_at, each.over_at, each.made_at) for each in entered]
        return self._away[member]

    def as_known(self, person: Person, at: datetime) -> Person:
        """Return somebody with the hours that were theirs at an instant: no time away was entered since.

        The crew has to `reach_back` so far.
        """
        aways = self._times_away(person.id)
        if all(each.entered_at < at for each in aways):
            return person
        known = [(each.start, each.end) for each in aways if each.entered_at < at]
        return replace(person, hours=without(self.usual(person.id).hours, known, "away"))

    def usual(self, member: str) -> Usual:
        """Return a member's hours without their times away."""
        if member not in self._usual:
            self._usual[member] = calendars.usual_hours_of(self.tx, self._ctx, member)
        return self._usual[member]

    def person(self, member: str) -> Person:
        """Return a member with their hours."""
        if member not in self._persons:
            self._read(self._expected if member in self._expected else {member})
        return self._persons[member]

    def _read(self, members: set[str]) -> None:
        if len(members) > 1:
            found = calendars.hours_of_many(self.tx, self._ctx, members, since=self._since)
        else:
            found = {each: calendars.hours_of(self.tx, self._ctx, each, since=self._since) for each in members}
        for member, hours in found.items():
            known = self._here.get(member)
            dnd_until = known.dnd_until if known else None
            self._persons[member] = Person(member, hours, dnd_until=dnd_until, lead=self.is_lead(member))

    def member(self, ident: str) -> Member | None:
        """Return somebody who is in the team now."""
        return self._here.get(ident)

    def is_reachable(self, member: str) -> bool:
        """Tell whether somebody is in the team, at work now and may be disturbed."""
        return member in self._here and is_reachable(self.person(member), self._ctx.now)

    def hours(self) -> WorkingTime:
        """Return the team's hours."""
        return calendars.team_hours(self.tx, self._ctx)

    def within_a_day(self) -> datetime:
        """Return until when something is to be looked at that is due at no time of its own."""
        try:
            return self.hours().add(self._ctx.now, DAY_OF_WORK)
        except NoWorkingTimeError:
            return self._ctx.now + timedelta(days=1)


def _by_member(covers: Iterable[Cover]) -> Mapping[str, Sequence[str]]:
    found = defaultdict(list)
    for each in covers:
        found[each.member].append(each.stand_in)
    return found
