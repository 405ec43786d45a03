"""Open promises and aims in bulk, for planning them anew, and how far that has come."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, or_, select, type_coerce, update

from bot.domain.targets import Target, TargetKind, TargetOutcome
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.instants import plain, reader, to_text

p = t.promise.c
aim = t.target.c


class Standing(NamedTuple):
    """What planning anew needs of an open promise. `told`: something was said of it, so its ladder tells more.

    It is looked at next at `next_at`, found by the hours of the name `hours`.
    """

    id: int
    due_at: datetime
    next_at: datetime | None
    hours: str
    rung: int
    told: bool
    owner: str | None
    category: str


_TOLD = or_(p.nudged_at.is_not(None), p.acked_at.is_not(None), p.snoozed_until.is_not(None))
_OPEN = (
    select(
        p.id,
        plain(p.due_at),
        plain(p.next_at),
        plain(p.hours),
        p.rung,
        type_coerce(_TOLD, Integer).label("told"),
        plain(t.request.c.owner),
        plain(t.request.c.category),
    )
    .join(t.request, t.request.c.id == p.request)
    .where(p.outcome == "open")
    .order_by(p.id)
)


def open_after(tx: Tx, after: int, *, most: int) -> tuple[Standing, ...]:
    """Return the open promises behind an id, in order; they stay locked, in the order in which all lock them."""
    return _standing(tx, tx.execute(_AFTER, {"after": after, "most": most}).all())


_AFTER = _OPEN.where(p.id > bindparam("after")).limit(bindparam("most")).with_for_update(of=t.promise)


def open_of(tx: Tx, owners: Collection[str], *, answered_by: str) -> tuple[Standing, ...]:
    """Return the open promises of some people's requests, and those whose nudges somebody answered."""
    theirs = or_(t.request.c.owner.in_(sorted(owners)), p.acked_by == answered_by)
    return _standing(tx, tx.execute(_OPEN.where(theirs).with_for_update(of=t.promise)).all())


def _standing(tx: Tx, rows: Iterable[Any]) -> tuple[Standing, ...]:
    at = reader(tx)
    return tuple(
        Standing(ident, at(due), at(look) if look else None, hours, rung, bool(told), owner, category)
        for ident, due, look, hours, rung, told, owner, category in rows
    )


class Step(NamedTuple):
    """A promise, when it is looked at next, and the name of the hours by which that was found."""

    id: int
    at: datetime
    hours: str


def save_steps(tx: Tx, steps: Sequence[Step], *, moved: bool) -> None:
    """Keep when promises are looked at next; those that have ended meanwhile stay as they are.

    Of those that are not `moved` only the hours are kept: the instant stands already, and writing it once more means
    writing its index, too.
    """
    if not steps:
        return
    if tx.dialect.name != "sqlite":
        tx.execute(_MOVE if moved else _NAME, [{"ident": ident, "at": at, "tag": tag} for ident, at, tag in steps])
    elif moved:  # as the statements below: what those do to each of many rows takes as long again
        tx.exec_driver_sql(_MOVE_SQLITE, [(to_text(at), tag, ident) for ident, at, tag in steps])
    else:
        tx.exec_driver_sql(_NAME_SQLITE, [(tag, ident) for ident, _, tag in steps])


_MOVE_SQLITE = "UPDATE promise SET next_at = ?, hours = ? WHERE id = ? AND outcome = 'open'"
_NAME_SQLITE = "UPDATE promise SET hours = ? WHERE id = ? AND outcome = 'open'"
_NAME = update(t.promise).where(p.id == bindparam("ident"), p.outcome == "open").values(hours=bindparam("tag"))
_MOVE = _NAME.values(next_at=bindparam("at"))


def running_aims(tx: Tx, after: int, *, most: int) -> tuple[Target, ...]:
    """Return the open aims behind an id that do not rest, in order; they stay locked."""
    at = reader(tx)
    return tuple(
        Target(
            id=row.id,
            request=row.request,
            kind=TargetKind(row.kind),
            due_at=at(row.due_at),
            revision=row.revision,
            outcome=TargetOutcome.OPEN,
            next_at=at(row.next_at),
            start_at=at(row.start_at),
            amount=timedelta(seconds=row.amount_s),
            paused_at=at(row.paused_at) if row.paused_at else None,
            remaining=None if row.remaining_us is None else timedelta(microseconds=row.remaining_us),
            resumed_at=at(row.resumed_at) if row.resumed_at else None,
            nudged_at=at(row.nudged_at) if row.nudged_at else None,
            hours=row.hours,
        )
        for row in tx.execute(_RUNNING, {"after": after, "most": most})
    )


_WORDS = (aim.kind, aim.hours)
_INSTANTS = (aim.due_at, aim.next_at, aim.start_at, aim.paused_at, aim.resumed_at, aim.nudged_at)
_RUNNING = (
    select(aim.id, aim.request, aim.revision, aim.amount_s, aim.remaining_us, *map(plain, (*_WORDS, *_INSTANTS)))
    .where(aim.outcome == "open", aim.next_at.is_not(None), aim.id > bindparam("after"))
    .order_by(aim.id)
    .limit(bindparam("most"))
    .with_for_update()
)


def save_aims(tx: Tx, aims: Sequence[Target]) -> None:
    """Keep when running aims are due and looked at, and by which hours; those that have ended stay as they are."""
    if not aims:
        return
    if tx.dialect.name == "sqlite":
        rows = [(to_text(each.due_at), to_text(each.next_at or each.due_at), each.hours, each.id) for each in aims]
        tx.exec_driver_sql(_COUNT_SQLITE, rows)
    else:
        facts = [{"ident": x.id, "due": x.due_at, "look": x.next_at or x.due_at, "tag": x.hours} for x in aims]
        tx.execute(_COUNT, facts)


_COUNT_SQLITE = "UPDATE target SET due_at = ?, next_at = ?, hours = ? WHERE id = ? AND outcome = 'open'"
_COUNT = (
    update(t.target)
    .where(aim.id == bindparam("ident"), aim.outcome == "open")
    .values(due_at=bindparam("due"), next_at=bindparam("look"), hours=bindparam("tag"))
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
