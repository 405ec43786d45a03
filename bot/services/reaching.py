"""Who is there: whose hours hold, who stands in for whom, and whom something of a request goes to, in order."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property

from bot.domain.people import Member
from bot.domain.reaching import Person, is_reachable
from bot.domain.requests import Request
from bot.domain.standing_in import chain
from bot.domain.working_time import NoWorkingTimeError, WorkingTime
from bot.services import calendars
from bot.services.context import Context
from bot.store import Tx, absences, people

DAY_OF_WORK = timedelta(hours=8)
"""What is due at no time of its own is looked at within so much of the team's working time."""


class Crew:
    """The team as one transaction sees it; hours are read once for each member. Not to be kept longer."""

    def __init__(self, tx: Tx, ctx: Context) -> None:
        self._tx, self._ctx = tx, ctx
        self._persons: dict[str, Person] = {}
        self._people: dict[str | None, tuple[Person, ...]] = {}

    @cached_property
    def _here(self) -> Mapping[str, Member]:
        return {member.id: member for member in people.members(self._tx)}

    @cached_property
    def _stand_ins(self) -> Mapping[str, str | None]:
        return absences.stand_ins(self._tx, self._ctx.now)

    @cached_property
    def _lead(self) -> str | None:
        return next((member.id for member in self._here.values() if member.lead), None)

    def people(self, owner: str | None) -> tuple[Person, ...]:
        """Return whom something of this owner goes to: them, their stand-ins, the lead. Who left is left out."""
        if owner not in self._people:
            concerned = chain(owner, self._stand_ins, self._lead)
            self._people[owner] = tuple(self.person(each) for each in concerned if each in self._here)
        return self._people[owner]

    def of(self, request: Request) -> tuple[Person, ...]:
        """Return the people of a request, its owner first."""
        return self.people(request.owner)

    def person(self, member: str) -> Person:
        """Return a member with their hours."""
        if member not in self._persons:
            known = self._here.get(member)
            hours = calendars.hours_of(self._tx, self._ctx, member)
            self._persons[member] = Person(
                member, hours, dnd_until=known.dnd_until if known else None, lead=member == self._lead
            )
        return self._persons[member]

    def member(self, ident: str) -> Member | None:
        """Return somebody who is in the team now."""
        return self._here.get(ident)

    def is_reachable(self, member: str) -> bool:
        """Tell whether somebody is in the team, at work now and may be disturbed."""
        return member in self._here and is_reachable(self.person(member), self._ctx.now)

    def hours(self) -> WorkingTime:
        """Return the team's hours."""
        return calendars.team_hours(self._tx, self._ctx)

    def within_a_day(self) -> datetime:
        """Return until when something is to be looked at that is due at no time of its own."""
        try:
            return self.hours().add(self._ctx.now, DAY_OF_WORK)
        except NoWorkingTimeError:
            return self._ctx.now + timedelta(days=1)
