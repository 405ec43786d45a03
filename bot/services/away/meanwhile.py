"""What happened to somebody's requests while they were away."""

from datetime import datetime

from bot.domain.away.away import Happened, Meanwhile, Returned
from bot.domain.people import Member
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import LIVE
from bot.services.away import falling
from bot.services.finding import find_client, find_request
from bot.store import Tx, meanwhile, people

NEXT = 3
"""Promises that are due next; the queue has them all."""


def is_news(tx: Tx, member: Member, *, since: datetime, until: datetime) -> bool:
    """Tell whether anything happened between two instants, however it is told."""
    return bool(_happened(tx, member, since, until))


def returned(tx: Tx, member: Member, *, since: datetime, until: datetime) -> Returned | None:
    """Return what happened between two instants and what is due next; None when there is nothing to tell.

    A slip that they hear of from then on in a message of its own, with what can be done about it, is not told twice.
    """
    found = _happened(tx, member, since, until)
    slips = {each.promise.id for each in found if each.promise is not None and _is_standing_slip(each)}
    apart = meanwhile.slips_said_from(tx, member.id, slips, since=until)
    happened = tuple(each for each in found if each.promise is None or each.promise.id not in apart)
    if not happened:
        return None
    return Returned(member=member, since=since, happened=happened, due=falling.due_next(tx, member, until, most=NEXT))


def _is_standing_slip(entry: Meanwhile) -> bool:
    """Tell whether a client still waits for a word after a slip: only then somebody is told of it."""
    promise = entry.promise
    waits = promise is not None and promise.told_at is None
    return entry.kind is Happened.SLIPPED and waits and entry.request.state in LIVE


def _happened(tx: Tx, member: Member, since: datetime, until: datetime) -> tuple[Meanwhile, ...]:
    """Collect in the order in which it matters: what went, what slipped or was moved, who wrote, what came."""
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
    found += [
        _one(tx, Happened.HANDED_HERE, each.request, each.at, by=each.by)
        for each in came.values()
        if find_request(tx, each.request).owner == member.id
    ]
    return tuple(found)


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
    )
