"""Planning row by row: one that fails, for whatever reason, keeps no other from being planned."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import structlog

from bot.services.context import Context
from bot.store import Tx, unplanned
from bot.store.engine import is_over, savepoint

log = structlog.get_logger(__name__)

AGAIN = timedelta(minutes=1)
"""How soon a row that could not be planned is looked at again: long enough for the others to have their turn."""


class Row(Protocol):
    """What can be planned."""

    @property
    def id(self) -> int:
        """Which of its kind it is."""
        ...


R = TypeVar("R", bound=Row)


def try_plan(
    tx: Tx,
    ctx: Context,
    do: Callable[[], object],
    *,
    kind: str,
    ident: int,
    put_off: Callable[[datetime], object] | None = None,
) -> bool:
    """Do what is due for one row and tell whether it could be done; what it wrote is undone where it could not.

    The failure is logged and noted for the audit, and the row is `put_off`. One that keeps its time, or that even this
    cannot be written of, is left alone for as long: see `untried_after`. What fails only because of others is raised,
    and what keeps us from the database altogether: then the whole transaction comes again.
    """
    try:
        with savepoint(tx):
            do()
    except Exception as error:
        _raise_what_is_no_rows(tx, ctx, error)
        log.exception("One could not be planned; it is looked at again.", action="plan", kind=kind, ident=ident)
        if put_off is not None:
            _try_move(tx, ctx, put_off, kind=kind, ident=ident, to=ctx.now + AGAIN)
        unplanned.note(tx, kind, ident, at=ctx.now)
        return False
    return True


def plan_together(
    tx: Tx,
    ctx: Context,
    rows: Sequence[R],
    do: Callable[[Sequence[R]], int],
    *,
    kind: str,
    look: Callable[[R, datetime], object],
) -> int:
    """Plan many rows anew at once and return how many changed; where that fails, halves of them, down to the bad ones.

    A savepoint for each row would take longer than planning it. What was written for a bad one is undone; it is logged,
    and we `look` at it now: planning, which takes each by itself, says what is wrong with it. One that nothing can be
    written of is noted for the audit. What is raised is as in `try_plan`.
    """
    if not rows:
        return 0
    try:
        with savepoint(tx):
            return do(rows)
    except Exception as error:
        _raise_what_is_no_rows(tx, ctx, error)
        if len(rows) == 1:
            [bad] = rows
            log.exception("One could not be planned anew.", action="plan", kind=kind, ident=bad.id)
            if not _try_move(tx, ctx, lambda at: look(bad, at), kind=kind, ident=bad.id, to=ctx.now):
                unplanned.note(tx, kind, bad.id, at=ctx.now)
            return 0
    half = len(rows) // 2
    parts = rows[:half], rows[half:]
    return sum(plan_together(tx, ctx, part, do, kind=kind, look=look) for part in parts)


def untried_after(ctx: Context) -> datetime:
    """Return the instant after which rows that could not be planned wait: the others have their turn."""
    return ctx.now - AGAIN


def _try_move(tx: Tx, ctx: Context, move: Callable[[datetime], object], *, kind: str, ident: int, to: datetime) -> bool:
    try:
        with savepoint(tx):
            move(to)
    except Exception as error:
        _raise_what_is_no_rows(tx, ctx, error)
        log.exception("One could not even be looked at at another time.", action="plan", kind=kind, ident=ident)
        return False
    return True


def _raise_what_is_no_rows(tx: Tx, ctx: Context, error: Exception) -> None:
    if ctx.store.is_retryable(error) or is_over(tx):
        raise error
