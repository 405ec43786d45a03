"""Until when members do not want to be disturbed."""

from datetime import datetime

from sqlalchemy import select, update

from bot.store import tables as t
from bot.store.engine import Tx

m = t.member.c


def quiet_of(tx: Tx) -> dict[str, datetime | None]:
    """Return until when each active member does not want to be disturbed, as it was noted last."""
    rows = tx.execute(select(m.id, m.dnd_until).where(m.active).order_by(m.id))
    return {str(row.id): row.dnd_until for row in rows}


def save_dnd(tx: Tx, user: str, *, until: datetime | None, seen_at: datetime) -> None:
    """Note until when somebody does not want to be disturbed (None: they may be), and when Slack said so."""
    tx.execute(update(t.member).where(m.id == user).values(dnd_until=until, dnd_seen_at=seen_at))
