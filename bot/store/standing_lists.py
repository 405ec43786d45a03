"""What whoever stands in was told of what falls into an absence: a list that follows what becomes of it."""

from sqlalchemy import select

from bot.store import outbox
from bot.store import tables as t
from bot.store.engine import Tx


def stands_in_key(absence: int, stand_in: str) -> str:
    """Return the key of the one message that tells somebody of an absence that they stand in for."""
    return f"away:stands_in:{absence}:{stand_in}"


def show_anew(tx: Tx, request: int) -> None:
    """Ask for the lists that name a promise of a request to be shown as it stands now; none is told anew.

    Of absences that are over, and of which their member was told, nothing is left to follow.
    """
    a = t.absence.c
    query = select(a.id, a.stand_in, a.promises).where(a.stand_in.is_not(None), a.summarised_at.is_(None))
    standing = tx.execute(query.order_by(a.id)).all()
    if not standing:
        return
    told = set(tx.execute(select(t.promise.c.id).where(t.promise.c.request == request)).scalars())
    for row in standing:
        if told.intersection(row.promises):
            outbox.want_again(tx, stands_in_key(row.id, row.stand_in))
