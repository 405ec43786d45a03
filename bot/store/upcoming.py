"""When the next thing happens by itself, and whether something that should have happened did not."""

from datetime import datetime
from functools import partial

from sqlalchemy import and_, func, or_, select

from bot.domain.pauses import WAITING
from bot.domain.requests import State
from bot.store import tables as t
from bot.store import unplanned
from bot.store.engine import Tx

_LEAVING = ("pending", "leased")


def next_moments(tx: Tx, owner: str | None = None, *, most: int = 2_000) -> dict[tuple[str, int], datetime]:
    """Return when the next nudge of every open promise and target is, of one owner's requests or of all.

    The soonest `most` of each; the key is "promise" or "target", and its id.
    """
    found: dict[tuple[str, int], datetime] = {}
    for kind, table in (("promise", t.promise), ("target", t.target)):
        where = and_(table.c.outcome == "open", table.c.next_at.is_not(None))
        query = select(table.c.id, table.c.next_at).where(where).order_by(table.c.next_at).limit(most)
        if owner is not None:
            query = query.join(t.request, t.request.c.id == table.c.request).where(t.request.c.owner == owner)
        found |= {(kind, row.id): row.next_at for row in tx.execute(query)}
    return found


def is_planning_behind(tx: Tx, now: datetime, *, untried_after: datetime | None = None) -> bool:
    """Tell whether something is due that nobody has planned yet: this may be between two parts of a plan.

    What could not be planned after an instant is not meant: nobody need wait for it.
    """
    r, untried = t.request.c, partial(unplanned.untried, after=untried_after)
    promised = select(t.promise.c.id).where(
        t.promise.c.outcome == "open", t.promise.c.next_at <= now, untried(unplanned.PROMISE, t.promise.c.id)
    )
    aimed = select(t.target.c.id).where(
        t.target.c.outcome == "open", t.target.c.next_at <= now, untried(unplanned.TARGET, t.target.c.id)
    )
    rests = r.state.in_([str(state) for state in (State.PARKED, *sorted(WAITING))])
    rested = select(r.id).where(rests, r.parked_until <= now, untried(unplanned.PAUSE, r.id))
    return bool(tx.execute(select(or_(promised.exists(), aimed.exists(), rested.exists()))).scalar_one())


def is_sending_behind(tx: Tx, now: datetime) -> bool:
    """Tell whether something should leave by now whose turn it is, and that was not tried yet.

    What cards show may follow at Slack's pace; what stands behind something that waits, waits with it.
    """
    o, ahead = t.outbox.c, t.outbox.alias("ahead")
    waits = or_(ahead.c.tries > 0, ahead.c.retry_at > 0.0)
    held = select(ahead.c.id).where(ahead.c.lane == o.lane, ahead.c.id < o.id, ahead.c.state == "pending", waits)
    due = and_(o.state.in_(_LEAVING), o.kind.not_in(("card", "mirror")), o.not_before <= now)
    untried = and_(due, o.tries == 0, o.retry_at == 0.0, ~held.exists())
    return bool(tx.execute(select(select(o.id).where(untried).exists())).scalar_one())


def waiting_for_others(tx: Tx, *, after: datetime, now: datetime) -> datetime | None:
    """Return since when the oldest nudge waits that came due after an instant: others may join it in one message."""
    o = t.outbox.c
    waits = and_(o.state.in_(_LEAVING), o.kind == "nudge", o.tries == 0, o.not_before > after, o.not_before <= now)
    return tx.execute(select(func.min(o.not_before)).where(waits)).scalar()


def next_change(tx: Tx, after: datetime) -> datetime | None:
    """Return when something happens by itself next: a step, a message whose time comes, somebody goes or is back."""
    p, g, r, o, a = t.promise.c, t.target.c, t.request.c, t.outbox.c, t.absence.c
    waiting = and_(o.state == "pending", o.tries == 0)
    moments = (
        (p.next_at, p.outcome == "open"),
        (g.next_at, g.outcome == "open"),
        (r.parked_until, r.state.in_([str(state) for state in (State.PARKED, *sorted(WAITING))])),
        (o.not_before, waiting),
        (a.starts_at, a.ended_at.is_(None)),
        (a.ends_at, a.ended_at.is_(None)),
    )
    found = [tx.execute(select(func.min(at)).where(at > after, where)).scalar() for at, where in moments]
    return min((at for at in found if at is not None), default=None)
