"""Targets: our own aims, and which of them are due."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.domain.requests import Request
from bot.domain.targets import Target, TargetOutcome, missed_before
from bot.store import tables as t
from bot.store import unplanned
from bot.store.engine import Tx
from bot.store.rows import to_target

_MICROSECOND = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1)


def add_target(tx: Tx, **facts: Any) -> Target:
    """Insert a target and return it."""
    return to_target(tx.execute(_ADD, facts).one())


_ADD = insert(t.target).returning(t.target)


def target(tx: Tx, ident: int) -> Target | None:
    """Return a target."""
    row = tx.execute(select(t.target).where(t.target.c.id == ident)).first()
    return to_target(row) if row else None


def open_target(tx: Tx, request: int) -> Target | None:
    """Return the open target of a request (it may rest), the soonest if there are several."""
    row = tx.execute(
        select(t.target)
        .where(t.target.c.request == request, t.target.c.outcome == "open")
        .order_by(t.target.c.due_at)
        .limit(1)
    ).first()
    return to_target(row) if row else None


def missed_of(tx: Tx, requests: Iterable[Request]) -> dict[int, Target]:
    """Return by request the aim that passed and that nobody has met since, as its card says it; most have none."""
    waiting = {request.id: request.waiting_since for request in requests}
    where = t.target.c.request.in_(waiting)
    earlier: dict[int, list[Target]] = {}
    standing: dict[int, Target] = {}
    for found in map(to_target, tx.execute(select(t.target).where(where).order_by(t.target.c.id))):
        if found.outcome is TargetOutcome.OPEN:
            standing.setdefault(found.request, found)
        else:
            earlier.setdefault(found.request, []).append(found)
    passed = {ident: missed_before(now, earlier.get(ident, ()), waiting[ident]) for ident, now in standing.items()}
    return {ident: aim for ident, aim in passed.items() if aim is not None}


def missed_last(tx: Tx, request: int) -> tuple[int, ...]:
    """Return the ids of the aims of a request that were missed in a row, up to the open one or to now; newest first."""
    query = select(t.target.c.id, t.target.c.outcome).where(t.target.c.request == request)
    ended = tx.execute(query.where(t.target.c.outcome != "open").order_by(t.target.c.id.desc()))
    return tuple(int(row.id) for row in takewhile(lambda row: row.outcome == "missed", ended))


def close_targets(tx: Tx, request: int, outcome: str) -> tuple[Target, ...]:
    """End every open target of a request and return them."""
    rows = tx.execute(
        update(t.target)
        .where(t.target.c.request == request, t.target.c.outcome == "open")
        .values(outcome=outcome, next_at=None, revision=t.target.c.revision + 1)
        .returning(t.target)
    )
    return tuple(to_target(row) for row in rows)


def count_missed(tx: Tx, request: int, *, since: datetime) -> int:
    """Count the aims of a request that were missed and were due after an instant."""
    where = (t.target.c.request == request) & (t.target.c.outcome == "missed") & (t.target.c.due_at >= since)
    return len(tx.execute(select(t.target.c.id).where(where)).all())


def change_target(tx: Tx, ident: int, **facts: Any) -> None:
    """Change fields of a target."""
    tx.execute(update(t.target).where(t.target.c.id == ident).values(**facts))


def save_clocks(tx: Tx, targets: Iterable[Target]) -> None:
    """Keep what the clock of each of these targets says now: since when it runs, when it is due, what is left."""
    rows = [
        {
            "ident": each.id,
            "start_at": each.start_at,
            "due_at": each.due_at,
            "next_at": each.next_at,
            "revision": each.revision,
            "amount_s": each.amount // _SECOND,
            "paused_at": each.paused_at,
            "remaining_us": None if each.remaining is None else each.remaining // _MICROSECOND,
            "resumed_at": each.resumed_at,
            "nudged_at": each.nudged_at,
            "hours": each.hours,
        }
        for each in targets
    ]
    if rows:
        tx.execute(_SAVE, rows)


_SAVE = update(t.target).where(t.target.c.id == bindparam("ident"), t.target.c.outcome == "open")


def due_targets(tx: Tx, now: datetime, *, most: int = 500, untried_after: datetime | None = None) -> tuple[Target, ...]:
    """Return open targets whose rung is due, soonest first; other workers skip the ones returned here.

    Without those that could not be planned after an instant.
    """
    untried = unplanned.untried(unplanned.TARGET, t.target.c.id, after=untried_after)
    rows = tx.execute(
        select(t.target)
        .where(t.target.c.outcome == "open", t.target.c.next_at <= now, untried)
        .order_by(t.target.c.next_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return tuple(to_target(row) for row in rows)


def running_in(tx: Tx, hours: str) -> tuple[Target, ...]:
    """Return the open targets that run in the hours of this name."""
    where = (t.target.c.outcome == "open") & t.target.c.paused_at.is_(None) & (t.target.c.hours == hours)
    return tuple(to_target(row) for row in tx.execute(select(t.target).where(where).order_by(t.target.c.id)))


def targets_of_client(tx: Tx, client: int) -> tuple[Target, ...]:
    """Return a client's open targets: their own aims changed."""
    rows = tx.execute(
        select(t.target)
        .join(t.request, t.request.c.id == t.target.c.request)
        .where(t.request.c.client == client, t.target.c.outcome == "open")
        .order_by(t.target.c.id)
    )
    return tuple(to_target(row) for row in rows)
