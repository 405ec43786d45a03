"""Whom a nudge goes to, and when: nobody hears outside their working time, and somebody always hears."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ladder.ladders import TIME_TO_ACT
from bot.domain.working_time import ALWAYS, NoWorkingTimeError, WorkingTime

CHANNEL = "channel"
"""The recipient that means the team channel."""

_NOTHING = timedelta()


class Why(StrEnum):
    """Why this one hears, and not the one who would have been first."""

    FIRST = "first"
    """It is theirs."""
    AWAY = "away"
    """The one whose it is has no working time left before it is due."""
    NOT_NOW = "not_now"
    """The one whose it is is not at work (or does not want to be disturbed), and it cannot wait until they are."""
    LEAVING = "leaving"
    """The one whose it is goes away before it is due."""
    UNANSWERED = "unanswered"
    """The one whose it is was told and has not answered."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the chain: the owner first, then their stand-ins, then the lead (`lead`)."""

    id: str
    hours: WorkingTime
    dnd_until: datetime | None = None
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """One recipient and the instant from which it may go to them."""

    recipient: str
    at: datetime
    why: Why = Why.FIRST


def is_reachable(person: Person, now: datetime) -> bool:
    """Tell whether somebody is at work and may be disturbed."""
    return not _is_quiet(person, now) and person.hours.is_open(now)


def _is_quiet(person: Person, now: datetime) -> bool:
    return person.dnd_until is not None and person.dnd_until > now


def ready_at(person: Person, now: datetime) -> datetime | None:
    """Return from when on somebody is at work and may be disturbed; None when that never comes."""
    start = max(now, person.dnd_until) if person.dnd_until is not None else now
    try:
        return person.hours.next_opening(start)
    except NoWorkingTimeError:
        return None


def bearer(people: Sequence[Person], after: datetime, due_at: datetime) -> Person | None:
    """Return the first in the chain who has working time between two instants; None when nobody has."""
    return next((person for person in people if person.hours.between(after, due_at) > _NOTHING), None)


def hours_of_nobody(after: datetime, due_at: datetime, team: WorkingTime) -> WorkingTime:
    """Return the hours that nudges are counted in when nobody has any: the team's, when it has none the clock's."""
    return team if team.between(after, due_at) > _NOTHING else ALWAYS


def is_there(person: Person, now: datetime, due_at: datetime) -> bool:
    """Tell whether somebody can do something before it is due: at work now, or for `TIME_TO_ACT` once they are."""
    left = person.hours.between(now, due_at)
    return left >= TIME_TO_ACT or (left > _NOTHING and person.hours.is_open(now))


def reach(people: Sequence[Person], now: datetime, due_at: datetime, team: WorkingTime = ALWAYS) -> Reach:
    """Return who gets a nudge about something due at `due_at`, and when.

    The first in the chain who has working time left: at once when they are at work, at their next opening when that
    leaves them `TIME_TO_ACT`. Else the first who is at work now. Else the first whose opening leaves them
    `TIME_TO_ACT`, or as much working time as it is away: who comes at nine hears at nine, not the team channel at a
    minute to. (Who does not want to be disturbed may not for long: they are waited for only while that leaves
    `TIME_TO_ACT`.) Else the team channel, at once. When nobody in the chain has working time left, the channel hears
    while the team works (`team`), and outside of that only when the team has none left, either.
    """
    first = bearer(people, now, due_at)
    away = bool(people) and first is not people[0]
    if first is None:
        opens = team.next_opening(now) if team.between(now, due_at) > _NOTHING else now
        return Reach(CHANNEL, opens, Why.AWAY if people else Why.FIRST)
    ready = ready_at(first, now)
    if ready is not None and (ready == now or first.hours.between(ready, due_at) >= TIME_TO_ACT):
        return Reach(first.id, ready, Why.AWAY if away else Why.FIRST)
    why = Why.AWAY if away else Why.NOT_NOW
    at_work = next((person.id for person in people if is_reachable(person, now)), None)
    if at_work is not None:
        return Reach(at_work, now, why)
    return next((Reach(who.id, at, why) for who in people if (at := soon_enough(who, now, due_at))), None) or Reach(
        CHANNEL, now, why
    )


def soon_enough(person: Person, now: datetime, due_at: datetime) -> datetime | None:
    """Return when somebody is at work again, if that is worth waiting for."""
    ready = ready_at(person, now)
    if ready is None:
        return None
    enough = TIME_TO_ACT if _is_quiet(person, now) else min(TIME_TO_ACT, ready - now)
    left = person.hours.between(ready, due_at)
    return ready if left > _NOTHING and left >= enough else None


def reach_instead(
    people: Sequence[Person], of: Collection[str], now: datetime, due_at: datetime, team: WorkingTime = ALWAYS
) -> Reach:
    """Return who gets a nudge, and when, instead of those in `of`, who cannot or can no longer be relied on.

    The channel waits for the team's hours only when none of them all, these too, has working time left.
    """
    if bearer(people, now, due_at) is not None:
        team = ALWAYS
    found = reach([person for person in people if person.id not in of], now, due_at, team)
    if not people or found.recipient == people[0].id:
        return replace(found, why=Why.FIRST)
    if bearer(people[:1], now, due_at) is None:
        return replace(found, why=Why.AWAY)
    return replace(found, why=Why.LEAVING if is_reachable(people[0], now) else Why.NOT_NOW)


def while_open(to: Reach, now: datetime, team: WorkingTime) -> Reach:
    """Return the same for what no client was told a time of: the team channel hears of that only while the team works.

    A team that never works again hears at once.
    """
    if to.recipient != CHANNEL:
        return to
    try:
        return replace(to, at=max(to.at, team.next_opening(now)))
    except NoWorkingTimeError:
        return to


def reach_next(people: Sequence[Person], told: Collection[str], now: datetime, due_at: datetime) -> Reach:
    """Return who hears of a nudge that those in `told` did not answer, and when.

    The next one in line who has time and is at work, at once. Else the next one whose opening leaves them
    `TIME_TO_ACT`, then. The team channel, at once, only when nobody in line has that.
    """
    others = [person for person in people if person.id not in told]
    able = (person for person in others if is_reachable(person, now) and person.hours.between(now, due_at) > _NOTHING)
    found = next(able, None)
    if found is not None:
        return Reach(found.id, now, Why.UNANSWERED)
    for person in others:
        ready = ready_at(person, now)
        if ready is not None and person.hours.between(ready, due_at) >= TIME_TO_ACT:
            return Reach(person.id, ready, Why.UNANSWERED)
    return Reach(CHANNEL, now, Why.UNANSWERED)


def reach_slipped(people: Sequence[Person], now: datetime) -> tuple[Reach, ...]:
    """Return who hears that a time passed without word: its owner and the lead, each at work, else at their opening.

    While the owner is not at work the first of the others who is hears, too; the team channel does, at once, when
    nobody is.
    """
    meant = [person for number, person in enumerate(people) if number == 0 or person.lead]
    found = [Reach(each.id, ready) for each in meant if (ready := ready_at(each, now)) is not None]
    if people and not is_reachable(people[0], now):
        rest = (person for person in people if person not in meant and is_reachable(person, now))
        found += [Reach(person.id, now, Why.NOT_NOW) for person in rest][:1]
    if not any(one.at == now for one in found):
        found.append(Reach(CHANNEL, now, Why.NOT_NOW if people else Why.FIRST))
    return tuple(found)
