"""Requests: conditional writes that say who won, and reads."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, insert, or_, select, update

from bot.domain.pauses import WAITING
from bot.domain.requests import LIVE, Request, State
from bot.store import tables as t
from bot.store import unplanned
from bot.store.engine import Tx
from bot.store.rows import to_request
from bot.store.words import among

_LIVE = [str(state) for state in LIVE]


def add_request(tx: Tx, **facts: Any) -> Request:
    """Insert a request and return it with its number."""
    return to_request(tx.execute(_ADD, facts).one())


_ADD = insert(t.request).returning(t.request)


def request(tx: Tx, ident: int, *, lock: bool = False) -> Request | None:
    """Return a request; with `lock` nobody else changes it until this transaction ends."""
    row = tx.execute(_LOCKED if lock else _REQUEST, {"ident": ident}).first()
    return to_request(row) if row else None


_REQUEST = select(t.request).where(t.request.c.id == bindparam("ident"))
_LOCKED = _REQUEST.with_for_update()
"""Statements on the way of a press are built once: building one costs more than running it."""


def try_claim(tx: Tx, ident: int, owner: str) -> Request | None:
    """Make `owner` the owner if nobody is and the request is live; None when somebody was faster or it is closed."""
    row = tx.execute(_CLAIM, {"ident": ident, "claimant": owner}).first()
    return to_request(row) if row else None


_CLAIM = (
    update(t.request)
    .where(t.request.c.id == bindparam("ident"), t.request.c.owner.is_(None), among(t.request.c.state, *_LIVE))
    .values(owner=bindparam("claimant"), state=case((t.request.c.state == "new", "open"), else_=t.request.c.state))
    .returning(t.request)
)


def change_request(tx: Tx, ident: int, **facts: Any) -> Request:
    """Change fields of a request and return it as it is now."""
    return to_request(tx.execute(_CHANGE, {**facts, "ident": ident}).one())


_CHANGE = update(t.request).where(t.request.c.id == bindparam("ident")).returning(t.request)


def mergeable(tx: Tx, contact: int, channel: str, *, since: datetime, until: datetime) -> Request | None:
    """Return this contact's newest unclaimed request in the channel whose last opening message is in this span."""
    row = tx.execute(
        select(t.request)
        .where(
            t.request.c.contact == contact,
            t.request.c.channel == channel,
            t.request.c.state == str(State.NEW),
            t.request.c.last_in_at.between(since, until),
        )
        .order_by(t.request.c.id.desc())
        .limit(1)
        .with_for_update()
    ).first()
    return to_request(row) if row else None


def request_of_thread(tx: Tx, channel: str, root: str) -> int | None:
    """Return the request whose conversation stands in this client thread."""
    where = (t.message.c.channel == channel) & or_(t.message.c.root == root, t.message.c.ts == root)
    found = tx.execute(select(t.message.c.request).where(where).order_by(t.message.c.id.desc()).limit(1)).scalar()
    return None if found is None else int(found)


def request_of_conversation(tx: Tx, client: int, source: str, thread: str) -> int | None:
    """Return the newest request of a client that carries the sender's own conversation id."""
    where = (t.request.c.client == client) & (t.request.c.source == source) & (t.request.c.thread == thread)
    found = tx.execute(select(t.request.c.id).where(where).order_by(t.request.c.id.desc()).limit(1)).scalar()
    return None if found is None else int(found)


def threads_to_read(tx: Tx, channel: str, *, closed_since: datetime) -> tuple[str, ...]:
    """Return the roots of threads in a client channel whose requests are live or were closed not long ago."""
    worth = or_(t.request.c.state.in_(_LIVE), t.request.c.closed_at >= closed_since)
    rows = tx.execute(
        select(t.message.c.root)
        .join(t.request, t.request.c.id == t.message.c.request)
        .where(t.message.c.channel == channel, t.message.c.root.is_not(None), worth)
        .distinct()
    )
    return tuple(str(row.root) for row in rows)


def count_live(tx: Tx, client: int, *, but: int | None = None) -> int:
    """Count a client's live requests, without the one given."""
    query = select(func.count()).where(t.request.c.client == client, t.request.c.state.in_(_LIVE))
    return int(tx.execute(query.where(t.request.c.id != (but or 0))).scalar_one())


def parked_due(tx: Tx, now: datetime, *, most: int = 100, untried_after: datetime | None = None) -> tuple[int, ...]:
    """Return parked requests whose time has come, without those that could not be planned after an instant."""
    parked, due = t.request.c.state == str(State.PARKED), t.request.c.parked_until <= now
    rows = tx.execute(
        select(t.request.c.id)
        .where(parked, due, unplanned.untried(unplanned.PAUSE, t.request.c.id, after=untried_after))
        .order_by(t.request.c.parked_until)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return tuple(int(row.id) for row in rows)


def rechecks_due(tx: Tx, now: datetime, *, most: int = 100, untried_after: datetime | None = None) -> tuple[int, ...]:
    """Return requests that wait for somebody else and whose re-check date has come; other workers skip them.

    Without those that could not be planned after an instant.
    """
    waits, due = t.request.c.state.in_([str(state) for state in WAITING]), t.request.c.parked_until <= now
    rows = tx.execute(
        select(t.request.c.id)
        .where(waits, due, unplanned.untried(unplanned.PAUSE, t.request.c.id, after=untried_after))
        .order_by(t.request.c.parked_until)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return tuple(int(row.id) for row in rows)


def move_channel(tx: Tx, old: str, new: str) -> None:
    """Follow a channel that got a new id."""
    tx.execute(update(t.message).where(t.message.c.channel == old).values(channel=new))
    tx.execute(update(t.request).where(t.request.c.channel == old).values(channel=new))
    tx.execute(update(t.reply).where(t.reply.c.way_target == old).values(way_target=new))


def move_callbacks(tx: Tx, old: str, new: str) -> int:
    """Follow systems that take replies under another address now: what began with `old` begins with `new`."""
    url = t.request.c.callback_url
    moved = update(t.request).where(url.startswith(old, autoescape=True))
    return tx.execute(moved.values(callback_url=new + func.substr(url, len(old) + 1))).rowcount


def add_correction(tx: Tx, ident: int, *, member: str, was: str, chosen: str, at: datetime) -> None:
    """Keep what was guessed and what a person chose instead."""
    tx.execute(_CORRECTION, {"request": ident, "member": member, "was": was, "chosen": chosen, "at": at})


_CORRECTION = insert(t.correction)


def live_of_client(tx: Tx, client: int) -> tuple[int, ...]:
    """Return a client's live requests by number."""
    where = (t.request.c.client == client) & t.request.c.state.in_(_LIVE)
    return tuple(int(row.id) for row in tx.execute(select(t.request.c.id).where(where).order_by(t.request.c.id)))
