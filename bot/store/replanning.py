"""Open promises in bulk, for planning them anew, and how far that has come."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, update

from bot.domain.promises import Promise
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.rows import to_promise

p = t.promise.c


@dataclass(frozen=True, slots=True)
class Owned:
    """An open promise, whose it is, and of which category."""

    promise: Promise
    owner: str | None
    category: str


_OPEN = (
    select(t.promise, t.request.c.owner.label("request_owner"), t.request.c.category.label("request_category"))
    .join(t.request, t.request.c.id == p.request)
    .where(p.outcome == "open")
    .order_by(p.id)
)


def open_after(tx: Tx, after: int, *, most: int) -> tuple[Owned, ...]:
    """Return the open promises behind an id, in order; they stay locked, in the order in which all lock them."""
    rows = tx.execute(_OPEN.where(p.id > after).limit(most).with_for_update(of=t.promise))
    return tuple(_to_owned(row) for row in rows)


def open_of(tx: Tx, owners: Collection[str], *, unowned: bool = False) -> tuple[Owned, ...]:
    """Return the open promises of some people's requests, with `unowned` also those that nobody has."""
    theirs: Any = t.request.c.owner.in_(sorted(owners))
    rows = tx.execute(
        _OPEN.where(or_(theirs, t.request.c.owner.is_(None)) if unowned else theirs).with_for_update(of=t.promise)
    )
    return tuple(_to_owned(row) for row in rows)


def _to_owned(row: Row[Any]) -> Owned:
    return Owned(to_promise(row), row.request_owner, row.request_category)


Step = tuple[int, datetime, str]
"""A promise, when it is looked at next, and by which hours that was found."""


def save_steps(tx: Tx, steps: Sequence[Step]) -> None:
    """Keep when promises are looked at next; those that have ended meanwhile stay as they are."""
    if steps:
        tx.execute(_SAVE, [{"ident": ident, "at": at, "tag": tag} for ident, at, tag in steps])


_SAVE = (
    update(t.promise)
    .where(p.id == bindparam("ident"), p.outcome == "open")
    .values(next_at=bindparam("at"), hours=bindparam("tag"))
)


def owners_of_open(tx: Tx) -> tuple[str, ...]:
    """Return everybody who has open promises to keep."""
    query = select(t.request.c.owner).join(t.promise, p.request == t.request.c.id)
    query = query.where(p.outcome == "open", t.request.c.owner.is_not(None)).distinct().order_by(t.request.c.owner)
    return tuple(str(row[0]) for row in tx.execute(query))


def move_setting(tx: Tx, key: str, *, was: str, to: str | None) -> bool:
    """Change a setting (None: take it away) if it still is what it was; False when somebody asked anew meanwhile."""
    where = (t.setting.c.key == key) & (t.setting.c.value == was)
    if to is None:
        return tx.execute(t.setting.delete().where(where)).rowcount > 0
    return tx.execute(update(t.setting).where(where).values(value=to)).rowcount > 0


def last_id(found: Iterable[Owned]) -> int:
    """Return the highest id among some promises, 0 of none."""
    return max((each.promise.id for each in found), default=0)
