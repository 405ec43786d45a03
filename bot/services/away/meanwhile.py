"""What happened to somebody's requests while they were away."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.away.away import Happened, Meanwhile, Returned
from bot.domain.people import Member
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import LIVE
from bot.services.away import falling
from bot.services.finding import find_client, find_request
from bot.store import Tx, meanwhile, people, promises
from bot.store.meanwhile import Asked

NEXT = 3
"""Promises that are due next; the queue has them all."""


@dataclass(frozen=True, slots=True)
class News:
    """What happened, for one summary, and the slips that its reader hears of `apart`, in a message of its own each."""

    told: tuple[Meanwhile, ...] = ()
    apart: tuple[Meanwhile, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything happened, however it is told."""
        return bool(self.told or self.apart)


def news(tx: Tx, member: Member, *, since: datetime, until: datetime, here: bool = True) -> News:
    """Return what happened between two instants.

    A slip that they hear of from then on in a message of its own, with what can be done about it, is not told twice.
    Unless they are not `here` yet, at work and to be disturbed: then that message waits, and the summary tells all.
    """
    found = _happened(tx, member, since, until)
    if not here:
        return News(told=found)
    slips = {each.promise.id for each in found if each.promise is not None and _is_standing_slip(each)}
    said = meanwhile.slips_said_from(tx, member.id, slips, since=until)
    return News(
        told=tuple(each for each in found if not _is_about(each, said)),
        apart=tuple(each for each in found if _is_about(each, said)),
    )


def returned(
    tx: Tx, member: Member, *, since: datetime, until: datetime, apart: Collection[int] | None = None
) -> Returned | None:
    """Return what happened between two instants and what is due next; None when there is nothing to tell.

    `apart` are the promises whose slip they hear of in a message of its own; None: as it stands now.
    """
    if apart is None:
        happened = news(tx, member, since=since, until=until).told
    else:
        happened = tuple(each for each in _happened(tx, member, since, until) if not _is_about(each, apart))
    if not happened:
        return None
    return Returned(member=member, since=since, happened=happened, due=falling.due_next(tx, member, until, most=NEXT))


def _is_about(entry: Meanwhile, among: Collection[int]) -> bool:
    return entry.promise is not None and entry.promise.id in among


def _is_standing_slip(entry: Meanwhile) -> bool:
    """Tell whether a client still waits for a word after a slip: only then somebody is told of it."""
    promise = entry.promise
    waits = promise is not None and promise.told_at is None
    return entry.kind is Happened.SLIPPED and waits and entry.request.state in LIVE


def _happened(tx: Tx, member: Member, since: datetime, until: datetime) -> tuple[Meanwhile, ...]:
    """Collect in the order in which it matters: what went, what slipped or was moved, who wrote, who was asked.

    Last what came. Of what slipped or was moved that is enough: it does not say who had been asked before.
    """
    changes = [each for each in meanwhile.passed(tx, since=since, until=until) if each.by != member.id]
    went = {each.request: each for each in changes if each.before == member.id and each.owner != member.id}
    came = {each.request: each for each in changes if each.owner == member.id}
    found = [
        _one(tx, Happened.HANDED_AWAY, each.request, each.at, by=each.by, to=each.owner)
        for each in went.values()
        if find_request(tx, each.request).owner != member.id
    ]
    for promise in meanwhile.closed_promises(tx, member.id, went, since=since, until=until):
        kind = Happened.SLIPPED if promise.outcome is Outcome.SLIPPED else Happened.MOVED
        found.append(_one(tx, kind, promise.request, promise.closed_at or until, promise=promise))
    for ident, count, at in meanwhile.messages_in(tx, member.id, since=since, until=until):
        if ident not in came:
            found.append(_one(tx, Happened.WROTE, ident, at, count=count))
    ended = {each.request.id for each in found if each.promise is not None}
    found += _asked(tx, meanwhile.asked(tx, member.id, since=since, until=until), but={*ended, *came})
    found += [
        _one(tx, Happened.HANDED_HERE, each.request, each.at, by=each.by)
        for each in came.values()
        if find_request(tx, each.request).owner == member.id
    ]
    return tuple(found)


def _asked(tx: Tx, asked: Iterable[Asked], *, but: Collection[int]) -> Iterator[Meanwhile]:
    """Return who was asked in their place, the last time of each person and request; not of some requests."""
    last = {(each.request, each.recipient): each for each in asked if each.request not in but}
    for each in last.values():
        promise = promises.promise(tx, each.promise) if each.promise is not None else None
        has_it = promise is not None and promise.acked_at is not None and promise.acked_by == each.recipient
        in_hand = has_it and promise is not None and promise.outcome is Outcome.OPEN
        yield _one(tx, Happened.ASKED, each.request, each.at, to=each.recipient, in_hand=in_hand)


def _one(
    tx: Tx,
    kind: Happened,
    ident: int,
    at: datetime,
    *,
    by: str | None = None,
    to: str | None = None,
    promise: Promise | None = None,
    count: int = 0,
    in_hand: bool = False,
) -> Meanwhile:
    request = find_request(tx, ident)
    return Meanwhile(
        kind=kind,
        request=request,
        client=find_client(tx, request),
        at=at,
        by=people.member(tx, by) if by else None,
        to=people.member(tx, to) if to else None,
        promise=promise,
        count=count,
        in_hand=in_hand,
    )
