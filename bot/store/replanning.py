"""Open promises in bulk, for planning them anew, and how far that has come."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import String, bindparam, or_, select, type_coerce, update

from bot.store import tables as t
from bot.store.engine import Tx

p = t.promise.c


class Standing(NamedTuple):
    """What planning anew needs of an open promise. `told`: something was said of it, so its ladder tells more."""

    id: int
    due_at: datetime
    rung: int
    told: bool
    owner: str | None
    category: str


_TOLD = or_(p.nudged_at.is_not(None), p.acked_at.is_not(None), p.snoozed_until.is_not(None))
_OWNER, _CATEGORY = (type_coerce(words, String) for words in (t.request.c.owner, t.request.c.category))
_OPEN = (  # plain strings: what the tables' own type does to each of many is nothing, and takes its time
    select(p.id, p.due_at, p.rung, _TOLD.label("told"), _OWNER, _CATEGORY)
    .join(t.request, t.request.c.id == p.request)
    .where(p.outcome == "open")
    .order_by(p.id)
)


def open_after(tx: Tx, after: int, *, most: int) -> tuple[Standing, ...]:
    """Return the open promises behind an id, in order; they stay locked, in the order in which all lock them."""
    rows = tx.execute(_OPEN.where(p.id > after).limit(most).with_for_update(of=t.promise))
    return tuple(map(Standing._make, rows.all()))


def open_of(tx: Tx, owners: Collection[str], *, answered_by: str) -> tuple[Standing, ...]:
    """Return the open promises of some people's requests, and those whose nudges somebody answered."""
    theirs = or_(t.request.c.owner.in_(sorted(owners)), p.acked_by == answered_by)
    rows = tx.execute(_OPEN.where(theirs).with_for_update(of=t.promise))
    return tuple(map(Standing._make, rows.all()))


Step = tuple[int, datetime, str]
"""A promise, when it is looked at next, and by which hours that was found."""


def save_steps(tx: Tx, steps: Sequence[Step]) -> None:
    """Keep when promises are looked at next; those that have ended meanwhile stay as they are."""
    if not steps:
        return
    if tx.dialect.name == "sqlite":  # as the statement below; what that does to each of many rows takes as long again
        written = [(at.astimezone(UTC).isoformat(" ", "microseconds")[:-6], tag, ident) for ident, at, tag in steps]
        tx.exec_driver_sql(_SAVE_SQLITE, written)
    else:
        tx.execute(_SAVE, [{"ident": ident, "at": at, "tag": tag} for ident, at, tag in steps])


_SAVE_SQLITE = "UPDATE promise SET next_at = ?, hours = ? WHERE id = ? AND outcome = 'open'"


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
