"""What no plan would ever find again.

Each look returns at most `MOST` ids, those after one that was seen, so that nothing hides the rest; or, with `only`,
that one id if it still is so.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select

from bot.domain.away.absences import LONGEST
from bot.domain.requests import State
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.outbox import is_waiting, o
from bot.store.promises import is_clock

MOST = 200

a, p, r = t.absence.c, t.promise.c, t.request.c


def promises_without_step(tx: Tx, *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
    """Return open promises that planning never looks at."""
    return _ids(tx, select(p.id).where(p.outcome == "open", p.next_at.is_(None)), p.id, after, only)


def requests_without_clock(
    tx: Tx, states: Iterable[State], *, after: int = 0, only: int | None = None
) -> tuple[int, ...]:
    """Return requests in these states that have neither an open or leaving promise nor an open target."""
    target = select(t.target.c.id).where(t.target.c.request == r.id, t.target.c.outcome == "open")
    where = (r.state.in_([str(state) for state in states]), ~is_clock(r.id).exists(), ~target.exists())
    return _ids(tx, select(r.id).where(*where), r.id, after, only)


def pauses_without_end(tx: Tx, states: Iterable[State], *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
    """Return requests in these states that no day ends, and about which nobody is asked on any day."""
    where = (r.state.in_([str(state) for state in states]), r.parked_until.is_(None))
    return _ids(tx, select(r.id).where(*where), r.id, after, only)


def targets_at_rest(tx: Tx, but: Iterable[State], *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
    """Return requests whose target rests, though they are in none of the states in which targets do."""
    resting = select(t.target.c.id).where(
        t.target.c.request == r.id, t.target.c.outcome == "open", t.target.c.paused_at.is_not(None)
    )
    where = (r.state.not_in([str(state) for state in but]), resting.exists())
    return _ids(tx, select(r.id).where(*where), r.id, after, only)


def absences_over(tx: Tx, before: datetime, *, after: int = 0, only: int | None = None) -> tuple[tuple[int, str], ...]:
    """Return absences that were over before an instant and of whose end nothing came, each with its member."""
    endless = a.ends_at.is_(None) & (a.starts_at < before - LONGEST)
    over = or_(a.ended_at < before, a.ends_at < before, endless)
    query = select(a.id, a.member).where(over, a.summarised_at.is_(None))
    query = query.where(a.id > after) if only is None else query.where(a.id == only)
    return tuple((int(row.id), str(row.member)) for row in tx.execute(query.order_by(a.id).limit(MOST)))


def count_overdue(tx: Tx, before: datetime) -> int:
    """Count messages that should have left before an instant."""
    return int(tx.execute(select(func.count()).where(is_waiting(o), o.not_before < before)).scalar_one())


def messages_without_leader(tx: Tx, *, after: int = 0, only: int | None = None) -> tuple[int, ...]:
    """Return nudges that wait to leave with another one, which does not wait any more: nobody would ever send them."""
    leader = t.outbox.alias("leader")
    leads = select(leader.c.id).where(leader.c.id == o.bundle, is_waiting(leader.c))
    return _ids(tx, select(o.id).where(is_waiting(o), o.bundle != o.id, ~leads.exists()), o.id, after, only)


def _ids(tx: Tx, query: Select[Any], ident: Any, after: int, only: int | None) -> tuple[int, ...]:
    query = query.where(ident > after) if only is None else query.where(ident == only)
    return tuple(int(found) for found in tx.execute(query.order_by(ident).limit(MOST)).scalars())
