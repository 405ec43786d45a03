"""Where the messages stand that the outbox became: (channel, ts) of each, and back from a place to what it is about."""

from sqlalchemy import select

from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.outbox import o


def of_key(tx: Tx, key: str) -> tuple[str, str] | None:
    """Return (channel, ts) of the message that the row with this key became."""
    row = tx.execute(select(o.remote_channel, o.remote_ts).where(o.key == key)).first()
    return (row.remote_channel, row.remote_ts) if row and row.remote_ts else None


def card_at(tx: Tx, channel: str, ts: str, *, owner: str) -> int | None:
    """Return the request whose card stands at this place, if it is this owner's and has a time to keep."""
    # Begun with the owner's open promises, for which there are indexes: places have none.
    theirs = select(t.promise.c.request).join(t.request, t.request.c.id == t.promise.c.request)
    theirs = theirs.where(t.request.c.owner == owner, t.promise.c.outcome == "open")
    here = (o.kind == "card") & (o.remote_channel == channel) & (o.remote_ts == ts)
    found = tx.execute(select(o.subject).where(here, o.subject.in_(theirs))).scalar()
    return None if found is None else int(found)


def of_reply(tx: Tx, reply: int) -> tuple[str, str] | None:
    """Return where a reply stands in the client's channel."""
    where = (o.kind == "reply") & (o.subject == reply) & o.remote_ts.is_not(None)
    row = tx.execute(select(o.remote_channel, o.remote_ts).where(where).order_by(o.id.desc())).first()
    return (row.remote_channel, row.remote_ts) if row else None


def of_row(tx: Tx, ident: int) -> tuple[str, str] | None:
    """Return where the message of a row stands."""
    row = tx.execute(select(o.remote_channel, o.remote_ts).where(o.id == ident)).first()
    return (row.remote_channel, row.remote_ts) if row and row.remote_ts else None
