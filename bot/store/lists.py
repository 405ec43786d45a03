"""Lists of requests as people read them: one line each, with client, owner, next promise and card."""

from typing import Any

from sqlalchemy import case, func, select

from bot.domain.promises import Outcome, Promise
from bot.domain.requests import LIVE
from bot.domain.snapshots.lists import Line
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.rows import to_client, to_member, to_promise, to_request, to_target
from bot.store.targets import missed_of

EXCERPT = 200
"""Characters of the ask or text shown in a list."""

r = t.request.c


def lines(
    tx: Tx,
    *,
    owner: str | None = None,
    unclaimed: bool = False,
    client: int | None = None,
    promised: bool = False,
    most: int = 20,
) -> tuple[tuple[Line, ...], int]:
    """Return live requests and how many there are in all: those with the soonest promise first, then the oldest.

    `promised` keeps only those with an open promise.
    """
    due = select(func.min(t.promise.c.due_at)).where(t.promise.c.request == r.id, t.promise.c.outcome == "open")
    first_due = due.scalar_subquery()
    where: list[Any] = [r.state.in_([str(state) for state in LIVE])]
    if owner is not None:
        where.append(r.owner == owner)
    if unclaimed:
        where.append(r.owner.is_(None))
    if client is not None:
        where.append(r.client == client)
    if promised:
        where.append(first_due.is_not(None))
    total = int(tx.execute(select(func.count()).select_from(t.request).where(*where)).scalar_one())
    order = (case((first_due.is_(None), 1), else_=0), first_due, r.waiting_since.is_(None), r.waiting_since, r.id)
    rows = tx.execute(select(t.request).where(*where).order_by(*order).limit(most)).all()
    return _dressed(tx, rows), total


def line(tx: Tx, request: int) -> Line | None:
    """Return one request as a line, whatever its state."""
    rows = tx.execute(select(t.request).where(r.id == request)).all()
    return next(iter(_dressed(tx, rows)), None)


def _dressed(tx: Tx, rows: Any) -> tuple[Line, ...]:
    requests = [to_request(row) for row in rows]
    idents = [request.id for request in requests]
    clients = _by_id(tx, t.client, [request.client for request in requests], to_client)
    owners = _by_id(tx, t.member, [request.owner for request in requests if request.owner], to_member)
    open_ = (t.promise.c.request.in_(idents)) & (t.promise.c.outcome == "open")
    promises = {
        row.request: to_promise(row)
        for row in tx.execute(select(t.promise).where(open_).order_by(t.promise.c.due_at.desc(), t.promise.c.id.desc()))
    }
    aims = (t.target.c.request.in_(idents)) & (t.target.c.outcome == "open")
    targets = {row.request: to_target(row) for row in tx.execute(select(t.target).where(aims))}
    slipped = _slipped(tx, idents)
    missed = missed_of(tx, requests)
    texts = _first_texts(tx, idents)
    cards = {
        row.subject: (row.remote_channel, row.remote_ts)
        for row in tx.execute(
            select(t.outbox.c.subject, t.outbox.c.remote_channel, t.outbox.c.remote_ts).where(
                t.outbox.c.key.in_([f"card:{ident}" for ident in idents]), t.outbox.c.remote_ts.is_not(None)
            )
        )
    }
    return tuple(
        Line(
            request=request,
            client=clients[request.client],
            owner=owners.get(request.owner) if request.owner else None,
            promise=promises.get(request.id),
            target=targets.get(request.id),
            excerpt=(request.ask or request.subject or texts.get(request.id, ""))[:EXCERPT],
            card=cards.get(request.id),
            slipped=slipped.get(request.id),
            missed=missed.get(request.id),
        )
        for request in requests
    )


def _by_id(tx: Tx, table: Any, idents: list[Any], build: Any) -> dict[Any, Any]:
    return {row.id: build(row) for row in tx.execute(select(table).where(table.c.id.in_(idents)))}


def _slipped(tx: Tx, idents: list[int]) -> dict[int, Promise]:
    """Return the newest promise of each request whose newest one slipped."""
    told = t.promise.c.request.in_(idents) & t.promise.c.outcome.not_in(["pending", "void"])
    rows = tx.execute(select(t.promise).where(told).order_by(t.promise.c.id))
    newest = {int(row.request): to_promise(row) for row in rows}
    return {request: promise for request, promise in newest.items() if promise.outcome is Outcome.SLIPPED}


def _first_texts(tx: Tx, idents: list[int]) -> dict[int, str]:
    first = select(func.min(t.message.c.id)).where(t.message.c.request.in_(idents)).group_by(t.message.c.request)
    rows = tx.execute(select(t.message.c.request, t.message.c.text).where(t.message.c.id.in_(first)))
    return {int(row.request): str(row.text) for row in rows}
