"""Nudges in the outbox: which of a promise's stand there, and taking back, holding and waking what waits for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.outbox import is_waiting, o

p = t.promise.c

_BEGUN = o.sending | (o.shown > 0) | o.bundle.is_not(None)
"""Somebody may be sending it right now, alone or in a bundle."""


@dataclass(frozen=True, slots=True)
class Told:
    """One rung of a promise as it stands in the outbox: to whom, from when on, and when it left, if it has."""

    recipient: str
    waits: bool
    not_before: datetime
    sent_at: datetime | None


def told_of(tx: Tx, promise: int, revision: int) -> tuple[Told, ...]:
    """Return the rungs of one revision of a promise that were written, oldest first; other nudges about it are none."""
    start = f"nudge:promise:{promise}:{revision}:"
    query = select(o.key, o.recipient, o.state, o.shown, o.not_before, o.sent_at).where(
        o.kind == "nudge", o.subject == promise, o.key.like(f"{start}%"), o.state.in_(["pending", "leased", "sent"])
    )
    found = []
    for row in tx.execute(query.order_by(o.id)):
        rung = row.key.removeprefix(start).split(":")[0]
        if rung[:1].isdigit():
            waits = row.state != "sent" and not row.shown
            found.append(Told(row.recipient, waits, row.not_before, row.sent_at if row.shown else None))
    return tuple(found)


def unanswered_by(tx: Tx, member: str) -> tuple[int, ...]:
    """Return the open promises of which somebody was told and that nobody has taken; they stay locked, in order."""
    told = select(o.id).where(
        o.subject == p.id,
        o.kind == "nudge",
        o.recipient == member,
        o.key.like("nudge:promise:%"),
        o.state.in_(["pending", "leased", "sent"]),
    )
    where = (p.outcome == "open") & p.nudged_at.is_not(None) & p.acked_at.is_(None)
    rows = tx.execute(select(p.id).where(where, told.exists()).order_by(p.id).with_for_update())
    return tuple(int(row.id) for row in rows)


def supersede(tx: Tx, promise: int, revision: int) -> int:
    """Take back the rungs of a promise that wait and nobody has begun to send: a more urgent one takes their place."""
    waiting = update(t.outbox).where(
        o.kind == "nudge",
        o.subject == promise,
        o.key.like(f"nudge:promise:{promise}:{revision}:%"),
        o.payload["kind"].as_string() == "promise",
        is_waiting(o),
        ~_BEGUN,
    )
    return tx.execute(waiting.values(state="superseded", token=None)).rowcount


def hold(tx: Tx, ident: int, *, until: datetime, useless_after: datetime | None) -> None:
    """Let a row that nobody has begun to send wait for an instant, alone."""
    tx.execute(
        update(t.outbox)
        .where(o.id == ident)
        .values(
            state="pending",
            token=None,
            sending=False,
            bundle=None,
            retry_at=0.0,
            not_before=until,
            useless_after=useless_after,
        )
    )


def keep_facts(tx: Tx, ident: int, facts: Mapping[str, Any]) -> None:
    """Let a row say these facts from now on."""
    tx.execute(update(t.outbox).where(o.id == ident).values(payload=dict(facts)))


def give_back(tx: Tx, key: str, *, not_before: datetime, useless_after: datetime | None) -> bool:
    """Let a row leave after all that was taken from its recipient before they saw it; False when there is none."""
    taken = update(t.outbox).where(o.key == key, o.state == "superseded", o.shown == 0, o.bundle.is_(None))
    waits = {"state": "pending", "token": None, "sending": False, "retry_at": 0.0}
    changed = tx.execute(taken.values(**waits, not_before=not_before, useless_after=useless_after))
    return changed.rowcount > 0


def wake(tx: Tx, recipient: str, *, now: datetime) -> int:
    """Let what is held for somebody be looked at now; the last look before the send holds it again."""
    return _wake(tx, o.recipient == recipient, now)


def wake_all(tx: Tx, *, now: datetime) -> int:
    """Let all that is held for people be looked at now."""
    return _wake(tx, o.recipient.not_in(["", "channel"]), now)


def look_at_unanswered(tx: Tx, *, now: datetime) -> int:
    """Let what somebody was told of, and nobody answered or passed on, be looked at now; too early does no harm."""
    waits = p.nudged_at.is_not(None) & p.acked_at.is_(None) & p.escalated_at.is_(None) & p.snoozed_until.is_(None)
    found = update(t.promise).where(p.outcome == "open", waits, p.next_at > now)
    return tx.execute(found.values(next_at=now)).rowcount


def _wake(tx: Tx, whose: ColumnElement[bool], now: datetime) -> int:
    held = whose & o.kind.in_(HELD) & is_waiting(o) & (o.state == "pending") & (o.not_before > now)
    return tx.execute(update(t.outbox).where(held, ~_BEGUN).values(not_before=now)).rowcount


HELD = ("nudge", "away")
"""The kinds of messages that wait for their reader's working time."""
