"""Who will stand in for whom, in times away that have not begun."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, or_, select

from bot.store import tables as t
from bot.store.engine import Tx

a = t.absence.c


class Cover(NamedTuple):
    """Who stands in for a member from an instant on."""

    starts_at: datetime
    member: str
    stand_in: str


def coming(tx: Tx, now: datetime) -> tuple[Cover, ...]:
    """Return whom absences name that begin after an instant, the soonest first; those taken back are left out."""
    stands = and_(a.starts_at > now, a.stand_in.is_not(None), a.stand_in != a.member)
    query = select(a.starts_at, a.member, a.stand_in).where(stands, or_(a.ended_at.is_(None), a.ended_at > a.starts_at))
    return tuple(map(Cover._make, tx.execute(query.order_by(a.starts_at, a.id)).all()))
