"""What happened to a member's requests after one instant, up to another: who had them, who wrote, what slipped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from bot.domain.promises import Promise
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.outbox import is_waiting
from bot.store.rows import to_promise

e = t.event.c

OWNED = ("claimed", "handed_over", "released")
"""Events that change whose a request is."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A request that went from one owner to another, or to nobody, at an instant; `by` is who did it."""

    request: int
    at: datetime
    by: str
    owner: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A nudge about a request of theirs that went to another person, or to the team channel, at an instant."""

    request: int
    promise: int | None
    at: datetime
    recipient: str


def passed(tx: Tx, *, since: datetime, until: datetime) -> tuple[Passed, ...]:
    """Return every change of owner between two instants, oldest first."""
    floor = select(e.id).where(e.at <= since).order_by(e.id.desc()).limit(1)
    first = tx.execute(floor).scalar() or 0
    query = select(t.event).where(e.id > first, e.at <= until, e.kind.in_(OWNED), e.request.is_not(None))
    rows = tx.execute(query.order_by(e.id)).all()
    owners = _owners_at(tx, {row.request for row in rows}, first)
    found = []
    for row in rows:
        owner = {"claimed": row.actor, "handed_over": row.data.get("detail")}.get(row.kind)
        found.append(Passed(row.request, row.at, row.actor or "", owner, owners.get(row.request)))
        owners[row.request] = owner
    return tuple(found)


def _owners_at(tx: Tx, requests: Iterable[int], event: int) -> dict[int, str | None]:
    """Return whose requests were when an event had just happened."""
    query = select(t.event).where(e.request.in_(list(requests)), e.kind.in_(OWNED), e.id <= event).order_by(e.id)
    return {
        row.request: {"claimed": row.actor, "handed_over": row.data.get("detail")}.get(row.kind)
        for row in tx.execute(query)
    }


def closed_promises(
    tx: Tx, member: str, also: Iterable[int], *, since: datetime, until: datetime
) -> tuple[Promise, ...]:
    """Return promises that slipped or were moved between two instants, oldest first.

    Of the requests that a member owns now, and of those in `also`.
    """
    p = t.promise.c
    theirs = select(t.request.c.id).where(t.request.c.owner == member)
    of = p.request.in_(theirs) | p.request.in_(list(also))
    query = select(t.promise).where(of, p.outcome.in_(["slipped", "moved_before"]), p.closed_at > since)
    return tuple(to_promise(row) for row in tx.execute(query.where(p.closed_at <= until).order_by(p.closed_at, p.id)))


def messages_in(tx: Tx, member: str, *, since: datetime, until: datetime) -> tuple[tuple[int, int, datetime], ...]:
    """Return for each request of a member how often its client wrote between two instants, and when last."""
    m = t.message.c
    theirs = select(t.request.c.id).where(t.request.c.owner == member)
    query = (
        select(m.request, func.count(), func.max(m.at))
        .where(m.request.in_(theirs), m.direction == "in", m.at > since, m.at <= until, ~m.deleted)
        .group_by(m.request)
        .order_by(func.max(m.at))
    )
    return tuple((int(row[0]), int(row[1]), row[2]) for row in tx.execute(query))


def asked(tx: Tx, member: str, *, since: datetime, until: datetime) -> tuple[Asked, ...]:
    """Return what was asked of others between two instants about promises and aims of a member's requests.

    Oldest first, from the very instant `since` on. That a time passed is no question and not in it. The instant is when
    it was to leave: a message that is drawn anew later is sent again, and was read before.
    """
    o = t.outbox.c
    theirs = select(t.request.c.id).where(t.request.c.owner == member)
    of_promises = select(t.promise.c.id).where(t.promise.c.request.in_(theirs))
    of_aims = select(t.target.c.id).where(t.target.c.request.in_(theirs))
    about = (o.key.like("nudge:promise:%") & o.subject.in_(of_promises)) | (
        o.key.like("nudge:target:%") & o.subject.in_(of_aims)
    )
    query = select(o.key, o.subject, o.recipient, o.payload, o.not_before).where(
        o.kind == "nudge", about, o.recipient != member, o.shown > 0, o.not_before >= since, o.not_before <= until
    )
    return tuple(
        Asked(int(row.payload["request"]), _promise_of(row), row.not_before, row.recipient)
        for row in tx.execute(query.order_by(o.not_before, o.id))
        if not str(row.payload["rung"]).endswith("slipped")
    )


def _promise_of(row: Any) -> int | None:
    return int(row.subject) if row.key.startswith("nudge:promise:") else None


def slips_said_from(tx: Tx, member: str, among: Iterable[int], *, since: datetime) -> frozenset[int]:
    """Return those promises of whose slip a member is told in a message of its own, since then or still to come."""
    o = t.outbox.c
    apart = (o.sent_at >= since) | (is_waiting(o) & o.sent_at.is_(None))
    query = select(o.subject).where(
        o.kind == "nudge",
        o.subject.in_(list(among)),
        o.recipient == member,
        o.key.like("nudge:promise:%.slipped:%"),
        apart,
    )
    return frozenset(int(row.subject) for row in tx.execute(query))
