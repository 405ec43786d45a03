"""What the audit looks for, how it knows one, and how that is mended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from bot.domain.health import Orphan
from bot.domain.pauses import RESTING, WAITING, recheck_at
from bot.domain.requests import OURS, State
from bot.services.away import returning
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.hours.calendars import hours_of, team_hours
from bot.services.nudges import keeping
from bot.store import Tx, absences, bundles, orphans, people, promises, requests

OVERDUE = timedelta(minutes=10)
PAUSES = WAITING | {State.PARKED}


class Look(Protocol):
    """Finds ids after one, or says whether one is (still) among them."""

    def __call__(self, tx: Tx, ctx: Context, /, *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
        """Return ids in order, `orphans.MOST` where there are more."""
        ...


class Mend(Protocol):
    """Mends one thing and returns what the history is told of it."""

    def __call__(self, tx: Tx, ctx: Context, ident: int, /) -> dict[str, Any]:
        """Return arguments of `events.note`."""
        ...


@dataclass(frozen=True, slots=True)
class Check:
    """How one kind is found and mended; `lock` holds one against other workers, who then see what was done."""

    kind: Orphan
    look: Look
    mend: Mend
    lock: Callable[[Tx, int], object]


def _stepless(tx: Tx, _ctx: Context, *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
    return orphans.promises_without_step(tx, after=after, only=only)


def _give_step(tx: Tx, ctx: Context, ident: int) -> dict[str, Any]:
    """Have planning look at a promise now; it finds when the next step really is due."""
    promise = promises.change_promise(tx, ident, next_at=ctx.now)
    return {"request": promise.request, "promise": ident}


def _clockless(tx: Tx, _ctx: Context, *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
    return orphans.requests_without_clock(tx, OURS, after=after, only=only)


def _asleep(tx: Tx, _ctx: Context, *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
    return orphans.targets_at_rest(tx, RESTING, after=after, only=only)


def _give_clock(tx: Tx, ctx: Context, ident: int) -> dict[str, Any]:
    """Give a request the clock that it needs, or let its aim go on; where nobody waits for an answer it needs none."""
    keeping.keep_a_clock(tx, ctx, find_request(tx, ident))
    return {"request": ident}


def _endless(tx: Tx, _ctx: Context, *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
    return orphans.pauses_without_end(tx, PAUSES, after=after, only=only)


def _give_end(tx: Tx, ctx: Context, ident: int) -> dict[str, Any]:
    """Set a day on which the owner is asked about a pause."""
    requests.change_request(tx, ident, parked_until=recheck_at(team_hours(tx, ctx), ctx.now))
    return {"request": ident}


def _unnoticed(tx: Tx, ctx: Context, *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
    """Return absences that are over though their members heard nothing: at work for a while, or not for long."""
    over = orphans.absences_over(tx, ctx.now - OVERDUE, after=after, only=only)
    return tuple(ident for ident, member in over if _should_have_heard(tx, ctx, ident, member))


def _should_have_heard(tx: Tx, ctx: Context, ident: int, member: str) -> bool:
    then = ctx.now - OVERDUE
    person, absence = people.member(tx, member), absences.absence(tx, ident)
    if person is None or absence is None:
        return False
    if not person.active or absence.over_at < then - returning.GIVEN_UP:
        return True
    hours = hours_of(tx, ctx, member, since=then)
    undisturbed = person.dnd_until is None or person.dnd_until < then
    return undisturbed and hours.is_open(then) and hours.is_open(ctx.now)


def _end_absence(tx: Tx, ctx: Context, ident: int) -> dict[str, Any]:
    """Tell the one who is back what happened, and plan anew by their hours, as it should have been."""
    absence = absences.absence(tx, ident)
    person = people.member(tx, absence.member) if absence else None
    if absence is not None and person is not None:
        returning.summarise_member(tx, ctx, person, [absence])
    return {"absence": ident}


def _leaderless(tx: Tx, _ctx: Context, *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
    return orphans.messages_without_leader(tx, after=after, only=only)


def _let_go(tx: Tx, _ctx: Context, ident: int) -> dict[str, Any]:
    """Let a nudge leave alone whose message went without it; what arrived all the same is found first."""
    row = bundles.let_go_alone(tx, ident)
    return {"request": int(row.payload["request"])} if row is not None else {}


def _lock_absence(tx: Tx, ident: int) -> None:
    absences.absence(tx, ident, lock=True)


def _lock_promise(tx: Tx, ident: int) -> None:
    promises.promise(tx, ident, lock=True)


def _lock_request(tx: Tx, ident: int) -> None:
    find_request(tx, ident, lock=True)


CHECKS = (
    Check(Orphan.PROMISE, _stepless, _give_step, _lock_promise),
    Check(Orphan.PAUSE, _endless, _give_end, _lock_request),
    Check(Orphan.PAUSE, _asleep, _give_clock, _lock_request),
    Check(Orphan.REQUEST, _clockless, _give_clock, _lock_request),
    Check(Orphan.ABSENCE, _unnoticed, _end_absence, _lock_absence),
    Check(Orphan.MESSAGE, _leaderless, _let_go, bundles.lock),
)
"""What is looked for. Other messages that are overdue are only counted: delivery tries them anyway, and says why they
wait."""
