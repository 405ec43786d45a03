"""Planning row by row: one that fails, for whatever reason, keeps no other from being planned."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.services.context import Context
from bot.store import Tx, unplanned
from bot.store.engine import savepoint

PAUSE = "pause"
"""The kind of a parked or waiting request. It keeps the day that was chosen, so it cannot be put off."""

log = structlog.get_logger(__name__)

AGAIN = timedelta(minutes=1)
"""How soon a row that could not be planned is looked at again: long enough for the others to have their turn."""


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

    The failure is logged and noted for the audit, and the row is `put_off`; without that, whoever looks for such rows
    leaves out the `tried_lately`. What fails only because of others is raised, and what keeps us from the database
    altogether: then the whole transaction comes again.
    """
    try:
        with savepoint(tx):
            do()
    except Exception as error:
        if ctx.store.is_retryable(error):
            raise
        log.exception("One could not be planned; it is looked at again.", action="plan", kind=kind, ident=ident)
        if put_off is not None:
            put_off(ctx.now + AGAIN)
        unplanned.note(tx, kind, ident, at=ctx.now)
        return False
    return True


def tried_lately(tx: Tx, ctx: Context, kind: str) -> tuple[int, ...]:
    """Return the rows of a kind that could not be planned less than `AGAIN` ago: the others have their turn."""
    return unplanned.idents(tx, kind, after=ctx.now - AGAIN)
