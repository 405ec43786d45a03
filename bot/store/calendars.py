"""Versions of working hours: the newest one counts, none is ever changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, true

from bot.domain.hours.calendars import CalendarRules, from_json, to_json
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.upsert import insert_ignoring

TEAM = "team"
"""The owner of the team's hours; a member's are owned by their Slack id, which is never this word."""

c = t.calendar.c
m = t.member.c

Key = tuple[int, datetime]
"""A version for a cache: its row's id, and when it was made (SQLite gives an id again after a rollback)."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One version. `rules` is None when a member gave up hours of their own."""

    id: int
    owner: str
    version: int
    rules: CalendarRules | None
    made_at: datetime
    made_by: str | None

    @property
    def key(self) -> Key:
        """What names this version in a cache."""
        return (self.id, self.made_at)


@dataclass(frozen=True, slots=True)
class Newest:
    """Which versions count for a member, and where they are. `member_tz` is None when there is no such member.

    `zone` is the team's when nobody chose one: the lead's, else the one that most active members are in, else None.
    """

    team: Key | None
    own: Key | None
    zone: str | None
    member_tz: str | None


def newest(tx: Tx, owner: str) -> Saved | None:
    """Return the version of an owner's hours that counts, None when there never was one."""
    row = tx.execute(_NEWEST_ROW, {"owner": owner}).first()
    return _to_saved(row) if row else None


def by_id(tx: Tx, ident: int) -> Saved:
    """Return a version by its row's id."""
    return _to_saved(tx.execute(select(t.calendar).where(c.id == ident)).one())


def newest_keys(tx: Tx, member: str = "") -> Newest:
    """Tell with one query which versions count for the team and a member."""
    row = tx.execute(_NEWEST_KEYS, {"member": member}).one()
    return Newest(
        team=(row.team_id, row.team_at) if row.team_id is not None else None,
        own=(row.own_id, row.own_at) if row.own_id is not None else None,
        zone=row.zone,
        member_tz=row.member_tz,
    )


def own_keys(tx: Tx) -> dict[str, tuple[Key | None, str | None]]:
    """Tell with one query what `newest_keys` does of each member: which version of their own counts, where they are."""
    return {row.id: ((row.own_id, row.own_at) if row.own_id is not None else None, row.tz) for row in tx.execute(_OWNS)}


def try_add(
    tx: Tx, owner: str, rules: CalendarRules | None, *, after: int, now: datetime, made_by: str | None
) -> Saved | None:
    """Insert the version that follows `after` (0: the first); None when somebody else has saved one meanwhile."""
    standing = newest(tx, owner)
    if (standing.version if standing else 0) != after:
        return None
    facts = {
        "owner": owner,
        "version": after + 1,
        "rules": to_json(rules) if rules is not None else {},
        "made_at": now,
        "made_by": made_by,
    }
    ident = insert_ignoring(tx, t.calendar, facts, "owner", "version")
    return by_id(tx, ident) if ident is not None else None


def owners(tx: Tx) -> tuple[str, ...]:
    """Return the members who have, or had, hours of their own."""
    rows = tx.execute(select(c.owner).where(c.owner != TEAM).distinct().order_by(c.owner))
    return tuple(str(row[0]) for row in rows)


def _to_saved(row: Any) -> Saved:
    return Saved(
        id=row.id,
        owner=row.owner,
        version=row.version,
        rules=from_json(row.rules) if row.rules else None,
        made_at=row.made_at,
        made_by=row.made_by,
    )


def _newest_of(owner: Any, name: str) -> Any:
    rows = select(c.id, c.made_at).where(c.owner == owner).order_by(c.version.desc()).limit(1)
    return rows.subquery(name)


_NEWEST_ROW = select(t.calendar).where(c.owner == bindparam("owner")).order_by(c.version.desc()).limit(1)

_ZONE = (
    select(func.coalesce(m.tz_own, m.tz).label("zone"))
    .where(m.active)
    .group_by(func.coalesce(m.tz_own, m.tz))
    .order_by(func.count().filter(m.lead).desc(), func.count().desc(), func.coalesce(m.tz_own, m.tz))
    .limit(1)
    .scalar_subquery()
)
"""The zone of the lead before the most common one."""

_TEAM = _newest_of(TEAM, "team")
_OWN = _newest_of(bindparam("member"), "own")
_WHO = select(func.coalesce(m.tz_own, m.tz).label("tz")).where(m.id == bindparam("member")).subquery("who")
_newer = t.calendar.alias("newer")
_OWNS = select(m.id, func.coalesce(m.tz_own, m.tz).label("tz"), c.id.label("own_id"), c.made_at.label("own_at"))
_OWNS = _OWNS.select_from(
    t.member.outerjoin(
        t.calendar,
        (c.owner == m.id)
        & (c.version == select(func.max(_newer.c.version)).where(_newer.c.owner == m.id).scalar_subquery()),
    )
)
_ONE = select(_ZONE.label("zone")).subquery("one")
_NEWEST_KEYS = select(
    _ONE.c.zone,
    _TEAM.c.id.label("team_id"),
    _TEAM.c.made_at.label("team_at"),
    _OWN.c.id.label("own_id"),
    _OWN.c.made_at.label("own_at"),
    _WHO.c.tz.label("member_tz"),
).select_from(_ONE.outerjoin(_TEAM, true()).outerjoin(_OWN, true()).outerjoin(_WHO, true()))
"""One row always, whatever is missing."""
