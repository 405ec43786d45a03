"""Promises and targets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, insert, or_, select, update

from bot.domain.promises import Ledger, Promise
from bot.store import tables as t
from bot.store import unplanned
from bot.store.engine import Tx
from bot.store.rows import to_promise


def add_promise(tx: Tx, **facts: Any) -> Promise:
    """Insert a promise and return it."""
    return to_promise(tx.execute(_ADD, facts).one())


_ADD = insert(t.promise).returning(t.promise)


def promise(tx: Tx, ident: int, *, lock: bool = False) -> Promise | None:
    """Return a promise."""
    query = select(t.promise).where(t.promise.c.id == ident)
    row = tx.execute(query.with_for_update() if lock else query).first()
    return to_promise(row) if row else None


def has_clock(tx: Tx, request: int) -> bool:
    """Tell whether a time for the client is open, or in words that are on their way."""
    return tx.execute(select(is_clock(request).exists())).scalar_one()  # type: ignore[no-any-return]


def is_clock(request: Any) -> Any:
    """Return the query for promises that are a request's clock; stuck words are none, because nobody was told."""
    leaving = select(t.reply.c.id).where(t.reply.c.id == t.promise.c.reply, t.reply.c.state.in_(["held", "sending"]))
    stands = or_(t.promise.c.outcome == "open", and_(t.promise.c.outcome == "pending", leaving.exists()))
    return select(t.promise.c.id).where(t.promise.c.request == request, stands)


def opened_at(tx: Tx, ident: int) -> datetime | None:
    """Return when a promise was told: the instant its rungs are counted from."""
    found: datetime | None = tx.execute(select(t.promise.c.opened_at).where(t.promise.c.id == ident)).scalar()
    return found


def change_promise(tx: Tx, ident: int, **facts: Any) -> Promise:
    """Change fields of a promise and return it as it is now."""
    row = tx.execute(update(t.promise).where(t.promise.c.id == ident).values(**facts).returning(t.promise)).one()
    return to_promise(row)


def try_close(tx: Tx, ident: int, outcome: str, *, at: datetime, was: Sequence[str] = ("open",)) -> Promise | None:
    """End a promise if it still stands as `was`; its nudges become pointless. None when it had ended otherwise."""
    row = tx.execute(
        update(t.promise)
        .where(t.promise.c.id == ident, t.promise.c.outcome.in_(list(was)))
        .values(outcome=outcome, closed_at=at, next_at=None, revision=t.promise.c.revision + 1)
        .returning(t.promise)
    ).first()
    return to_promise(row) if row else None


def correct_outcome(tx: Tx, ident: int, outcome: str, *, was: str) -> bool:
    """Set right how a promise ended, when we learn late what the client had been told in time."""
    where = (t.promise.c.id == ident) & (t.promise.c.outcome == was)
    return tx.execute(update(t.promise).where(where).values(outcome=outcome)).rowcount > 0


def promises_of(tx: Tx, request: int, *, outcomes: Sequence[str] = ()) -> tuple[Promise, ...]:
    """Return the promises of a request, soonest due first; all, or those that stand as one of `outcomes`."""
    query = select(t.promise).where(t.promise.c.request == request).order_by(t.promise.c.due_at, t.promise.c.id)
    if outcomes:
        query = query.where(t.promise.c.outcome.in_(list(outcomes)))
    return tuple(to_promise(row) for row in tx.execute(query))


def promise_of_reply(tx: Tx, reply: int) -> Promise | None:
    """Return the promise that a reply tells."""
    row = tx.execute(select(t.promise).where(t.promise.c.reply == reply).order_by(t.promise.c.id.desc())).first()
    return to_promise(row) if row else None


def due_promises(
    tx: Tx, now: datetime, *, most: int = 500, untried_after: datetime | None = None
) -> tuple[Promise, ...]:
    """Return open promises whose next rung is due, soonest first; other workers skip the ones returned here.

    Without those that could not be planned after an instant.
    """
    untried = unplanned.untried(unplanned.PROMISE, t.promise.c.id, after=untried_after)
    rows = tx.execute(
        select(t.promise)
        .where(t.promise.c.outcome == "open", t.promise.c.next_at <= now, untried)
        .order_by(t.promise.c.next_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return tuple(to_promise(row) for row in rows)


def without_a_rung(tx: Tx, *, most: int = 200) -> tuple[Promise, ...]:
    """Return open promises that no plan would ever find again."""
    where = (t.promise.c.outcome == "open") & t.promise.c.next_at.is_(None)
    return tuple(to_promise(row) for row in tx.execute(select(t.promise).where(where).limit(most).with_for_update()))


def next_for_owner(tx: Tx, owner: str, *, but: int, after: datetime, until: datetime) -> datetime | None:
    """Return when the last rung of the owner's other promises within a window is due: they may share one message."""
    # Not a join: SQLite would begin it with all of the owner's requests instead of the few promises of a minute.
    theirs = exists().where(t.request.c.id == t.promise.c.request, t.request.c.owner == owner)
    found: datetime | None = tx.execute(
        select(func.max(t.promise.c.next_at)).where(
            t.promise.c.outcome == "open",
            t.promise.c.next_at > after,
            t.promise.c.next_at <= until,
            theirs,
            t.promise.c.id != but,
        )
    ).scalar()
    return found


def ledger(tx: Tx, *, client: int | None = None, owner: str | None = None) -> Ledger:
    """Count how promises ended, for one client, for one member's requests, or for the whole team."""
    query = select(t.promise.c.outcome, func.count(), func.count(t.promise.c.told_at)).group_by(t.promise.c.outcome)
    if client is not None or owner is not None:
        query = query.join(t.request, t.request.c.id == t.promise.c.request)
    if client is not None:
        query = query.where(t.request.c.client == client)
    if owner is not None:
        query = query.where(t.request.c.owner == owner)
    counts = {str(outcome): (int(count), int(told)) for outcome, count, told in tx.execute(query)}
    slipped, told_after = counts.get("slipped", (0, 0))
    return Ledger(
        kept=counts.get("kept", (0, 0))[0],
        moved_before=counts.get("moved_before", (0, 0))[0],
        slipped=slipped,
        told_after=told_after,
    )
