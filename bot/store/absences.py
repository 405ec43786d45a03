"""Absences of members, and who stands in for whom."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, insert, or_, select, update

from bot.domain.away.absence_words import Spell
from bot.domain.away.absences import LONGEST, Absence, Source, merged
from bot.domain.promises import Promise
from bot.store import tables as t
from bot.store import unplanned
from bot.store.engine import Tx
from bot.store.rows import to_promise

a = t.absence.c


def spells_of(tx: Tx, member: str, *, after: datetime | None = None) -> tuple[Spell, ...]:
    """Return every time a member is, was or will be away, disjoint and in order; ended early counts as such.

    With `after` only those that are not over then, each of them whole: what is over grows with the years.
    """
    return merged(each.spell for each in _standing(tx, _OF_MEMBER, after, who=member))


def spells_of_many(tx: Tx, members: Collection[str], *, after: datetime | None = None) -> dict[str, tuple[Spell, ...]]:
    """Return what `spells_of` does for each of many members, of those who are away at all, with one query."""
    found = of_many(tx, members, after=after)
    return {member: spells for member, theirs in found.items() if (spells := merged(one.spell for one in theirs))}


def of_many(tx: Tx, members: Collection[str], *, after: datetime | None = None) -> dict[str, tuple[Absence, ...]]:
    """Return what `of_member` does for each of many members, of those who have any, with one query."""
    found: dict[str, list[Absence]] = {}
    for each in _standing(tx, _OF_MANY, after, who=list(members)):
        if not each.is_undone:
            found.setdefault(each.member, []).append(each)
    return {member: tuple(theirs) for member, theirs in found.items()}


def _standing(tx: Tx, query: Select[Any], after: datetime | None, *, who: str | list[str]) -> list[Absence]:
    """Return the absences of a query that are not over at an instant; all without one."""
    since = after or _EVER
    found = map(_to_absence, tx.execute(query, {"who": who, "after": since}))
    return [each for each in found if each.over_at > since]


def _of(theirs: ColumnElement[bool]) -> Select[Any]:
    """Return the query for whose absences may not be over, soonest first.

    Each part speaks of the member: so SQLite, too, looks up all three in the index instead of reading the past.
    """
    after: ColumnElement[datetime] = bindparam("after")
    parts = (
        and_(theirs, a.ended_at.is_(None), a.ends_at > after),
        and_(theirs, a.ended_at.is_(None), a.ends_at.is_(None)),
        and_(theirs, a.ended_at > after),
    )
    return select(t.absence).where(or_(*parts)).order_by(a.starts_at, a.id)


_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_OF_MEMBER = _of(a.member == bindparam("who"))
_OF_MANY = _of(a.member.in_(bindparam("who", expanding=True)))
"""Made once: they are asked for each member whose hours are needed, again and again."""


def stand_ins(tx: Tx, now: datetime) -> dict[str, str]:
    """Return who stands in for whom at an instant: whom a running absence names, else whom the member chose.

    Of two running absences the one that was entered last counts. People who left the team stand in for nobody.
    """
    here = {str(row[0]) for row in tx.execute(select(t.member.c.id).where(t.member.c.active))}
    chosen = select(t.member.c.id, t.member.c.stand_in).where(t.member.c.stand_in.is_not(None))
    found = {str(row[0]): str(row[1]) for row in tx.execute(chosen)}
    running = select(a.member, a.stand_in).where(a.starts_at <= now, _not_over(now), a.stand_in.is_not(None))
    found |= {str(row[0]): str(row[1]) for row in tx.execute(running.order_by(a.id))}
    return {member: stand_in for member, stand_in in found.items() if stand_in in here and stand_in != member}


def of_member(tx: Tx, member: str, *, after: datetime | None = None) -> tuple[Absence, ...]:
    """Return a member's absences but those taken back, soonest first: all, or those that are not over at an instant."""
    return tuple(each for each in _standing(tx, _OF_MEMBER, after, who=member) if not each.is_undone)


def absence(tx: Tx, ident: int, *, lock: bool = False) -> Absence | None:
    """Return an absence."""
    query = select(t.absence).where(a.id == ident)
    row = tx.execute(query.with_for_update() if lock else query).first()
    return _to_absence(row) if row else None


def add(tx: Tx, **facts: Any) -> Absence:
    """Insert an absence and return it.

    Raises:
        ValueError: it ends before it has begun.
    """
    whole = {"promises": [], "kept": [], **facts}
    return _checked(_to_absence(tx.execute(insert(t.absence).values(**whole).returning(t.absence)).one()))


def change(tx: Tx, ident: int, **facts: Any) -> Absence:
    """Change fields of an absence and return it as it is now.

    Raises:
        ValueError: by this it ends before it has begun.
    """
    statement = update(t.absence).where(a.id == ident).values(**facts).returning(t.absence)
    changed = _to_absence(tx.execute(statement).one())
    return _checked(changed) if facts.keys() & {"starts_at", "ends_at"} else changed


def _checked(written: Absence) -> Absence:
    if written.ends_at is not None and written.ends_at <= written.starts_at:
        raise ValueError("This absence ends before it has begun.")
    return written


def try_end(tx: Tx, ident: int, *, at: datetime) -> Absence | None:
    """End an absence early; None when it was over already."""
    statement = update(t.absence).where(a.id == ident, _not_over(at)).values(ended_at=at)
    row = tx.execute(statement.returning(t.absence)).first()
    return _to_absence(row) if row else None


def try_summarise(tx: Tx, ident: int, *, at: datetime) -> bool:
    """Note that a person was told what happened while they were away; False when somebody else noted it first."""
    statement = update(t.absence).where(a.id == ident, a.summarised_at.is_(None)).values(summarised_at=at)
    return tx.execute(statement).rowcount > 0


def to_summarise(tx: Tx, now: datetime, *, most: int, untried_after: datetime | None = None) -> tuple[Absence, ...]:
    """Return absences that are over, of which their member was not told yet; other workers skip these meanwhile.

    Without any of a member to whom one could not be told after an instant: theirs are told together.
    """
    other = t.absence.alias("other").c
    tried = select(other.member).where(
        other.summarised_at.is_(None), ~unplanned.untried(unplanned.ABSENCE, other.id, after=untried_after)
    )
    query = select(t.absence).where(a.summarised_at.is_(None), ~_not_over(now), a.member.not_in(tried))
    query = query.order_by(a.id).limit(most).with_for_update(skip_locked=True)
    return tuple(_to_absence(row) for row in tx.execute(query))


def untold(tx: Tx, now: datetime) -> tuple[Absence, ...]:
    """Return the absences that are over, of which their member was not told yet."""
    query = select(t.absence).where(a.summarised_at.is_(None), ~_not_over(now)).order_by(a.id)
    return tuple(_to_absence(row) for row in tx.execute(query))


def unsummarised(tx: Tx, member: str, now: datetime) -> tuple[Absence, ...]:
    """Return a member's absences that are over and of which they were not told yet, the oldest first."""
    query = (
        select(t.absence).where(a.member == member, a.summarised_at.is_(None), ~_not_over(now)).order_by(a.starts_at)
    )
    return tuple(_to_absence(row) for row in tx.execute(query))


def newest_by_status(tx: Tx, member: str) -> Absence | None:
    """Return the absence that a member's Slack status made last."""
    query = select(t.absence).where(a.member == member, a.source == Source.STATUS).order_by(a.id.desc()).limit(1)
    row = tx.execute(query).first()
    return _to_absence(row) if row else None


def open_promises_of(tx: Tx, member: str, *, until: datetime) -> tuple[tuple[Promise, datetime], ...]:
    """Return the open promises of a member's requests that are due before an instant, soonest first.

    With each the instant at which it was told.
    """
    theirs = select(t.request.c.id).where(t.request.c.owner == member)
    query = select(t.promise).where(t.promise.c.outcome == "open", t.promise.c.request.in_(theirs))
    rows = tx.execute(query.where(t.promise.c.due_at < until).order_by(t.promise.c.due_at, t.promise.c.id))
    return tuple((to_promise(row), row.opened_at or row.made_at) for row in rows)


def lock_member(tx: Tx, member: str) -> None:
    """Hold a member's row, so that two who enter an absence for them at once see each other's."""
    tx.execute(select(t.member.c.id).where(t.member.c.id == member).with_for_update())


def _not_over(now: datetime) -> Any:
    """Return the condition for absences that are not over at an instant, whether they have begun or not."""
    ends = or_(a.ends_at > now, and_(a.ends_at.is_(None), a.starts_at > now - LONGEST))
    return and_(ends, or_(a.ended_at.is_(None), a.ended_at > now))


def _to_absence(row: Row[Any]) -> Absence:
    return Absence(
        id=row.id,
        member=row.member,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        stand_in=row.stand_in,
        reason=row.reason,
        source=Source(row.source),
        made_at=row.made_at,
        made_by=row.made_by,
        ended_at=row.ended_at,
        summarised_at=row.summarised_at,
        promises=tuple(row.promises),
        kept=tuple(row.kept),
    )
