"""Who is relied on for a promise that somebody was nudged about or has in hand, and from when on no longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ladder.leaving import handed_on_at
from bot.domain.ladder.reaching import CHANNEL, Person
from bot.domain.promises import Promise
from bot.services.hours.reaching import Crew
from bot.store.nudges import Told


@dataclass(frozen=True, slots=True)
class Relied:
    """Whoever has a promise in hand, or was told of it first in line; at `until` the next one in line hears.

    That is when they go away (`leaves`), or sooner where they said that they have it and nobody else would hear then.
    """

    member: str
    until: datetime | None = None
    leaves: datetime | None = None


def relied_on(
    crew: Crew, promise: Promise, owner: str | None, people: Sequence[Person], told: Sequence[Told]
) -> Relied | None:
    """Return on whom a promise relies; None while nobody was told of it, or the whole team was.

    That is who said so (who answered, or put it off), else the first in line of those who were `told`. `until` is None
    while they are there for as long as it takes, and in the past when they have left the team.
    """
    since = promise.acked_at or promise.nudged_at
    member = _who(promise, owner, people, told) if since is not None else None
    if since is None or member is None:
        return None
    said_so = promise.acked_at is not None or promise.snoozed_until is not None
    counted_on = (promise.counted_on or ()) if said_so else ()
    leaves = crew.leaves_at(member, since=since, due_at=promise.due_at, counted_on=counted_on)
    if leaves is None or leaves <= since or not said_so:  # what nobody answers is passed on in time anyway
        return Relied(member, leaves, leaves)
    others = [person for person in people if person.id != member]
    return Relied(member, handed_on_at(leaves, others, since=since, due_at=promise.due_at), leaves)


def _who(promise: Promise, owner: str | None, people: Sequence[Person], rows: Sequence[Told]) -> str | None:
    if promise.acked_at is not None or (promise.snoozed_until is not None and promise.acked_by is not None):
        return promise.acked_by or owner
    told = [one.recipient for one in rows]
    if CHANNEL in told:
        return None
    return next((person.id for person in people if person.id in told), told[0] if told else None)
