"""Reads for a glance at everything. Each is one statement, and none of them is on the way of a press."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select

from bot.domain.overview import Counts, Leaving, Link, Place
from bot.domain.pauses import REASONS
from bot.domain.promises import Promise
from bot.domain.targets import Target
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.outbox import Row, is_waiting, o, to_row
from bot.store.rows import to_promise, to_target
from bot.store.words import among

_PROMISE, _TARGET, _EVENT = t.promise.c, t.target.c, t.event.c

MOST = 50
"""So many that come soon are looked at: those to whom they go may hear of some of them later."""

HAPPENED = ("claimed", "promised", "nudged", "sent", "promise_moved_before", "client_answered")
"""Kinds of event that say how far a request has come. A nudge counts when it is about a promise."""


def soonest_promise(tx: Tx, after: datetime, *, request: int | None = None) -> Promise | None:
    """Return the open promise whose next rung comes first after an instant."""
    where = (_PROMISE.outcome == "open") & (_PROMISE.next_at > after)
    where = where & (_PROMISE.request == request) if request is not None else where
    row = tx.execute(select(t.promise).where(where).order_by(_PROMISE.next_at, _PROMISE.id).limit(1)).first()
    return to_promise(row) if row else None


def soonest_targets(tx: Tx, after: datetime, *, request: int | None = None) -> tuple[Target, ...]:
    """Return the open targets that somebody is still to be reminded of, those looked at first after an instant first.

    Nobody is reminded twice of the same one, and nobody when it is missed.
    """
    where = (_TARGET.outcome == "open") & (_TARGET.next_at > after) & _TARGET.nudged_at.is_(None)
    where = where & (_TARGET.request == request) if request is not None else where
    rows = tx.execute(select(t.target).where(where).order_by(_TARGET.next_at, _TARGET.id).limit(MOST))
    return tuple(to_target(row) for row in rows)


def soonest_pauses(tx: Tx, after: datetime) -> tuple[tuple[int, datetime], ...]:
    """Return the requests that rest or wait, each with when it comes back or is asked about, the first first."""
    r = t.request.c
    where = among(r.state, *(str(state) for state in REASONS)) & (r.parked_until > after)
    rows = tx.execute(select(r.id, r.parked_until).where(where).order_by(r.parked_until, r.id).limit(MOST))
    return tuple((int(row.id), row.parked_until) for row in rows)


def soonest_waiting_nudge(tx: Tx, after: datetime) -> tuple[Row, datetime] | None:
    """Return the nudge that is written already and leaves first after an instant, and when: it waits for another."""
    where = and_(is_waiting(o), o.kind == "nudge", o.shown == 0, o.not_before > after)
    row = tx.execute(select(t.outbox).where(where).order_by(o.not_before, o.id).limit(1)).first()
    return (to_row(row), row.not_before) if row else None


def last_event(tx: Tx) -> int:
    """Return the id of the newest event, 0 for none."""
    return int(tx.execute(select(func.max(_EVENT.id))).scalar() or 0)


def happened(tx: Tx, *, since: int) -> tuple[tuple[str, int, str, int], ...]:
    """Return what happened after an event at least once: (kind, request, detail, the newest such event), in order."""
    detail = _EVENT.data["detail"].as_string()
    newest = func.max(_EVENT.id)
    rows = tx.execute(
        select(_EVENT.kind, _EVENT.request, detail, newest)
        .where(
            _EVENT.id > since,
            among(_EVENT.kind, *HAPPENED),
            _EVENT.request.is_not(None),
            or_(_EVENT.kind != "nudged", _EVENT.promise.is_not(None)),
        )
        .group_by(_EVENT.kind, _EVENT.request, detail)
        .order_by(newest)
    )
    return tuple((str(kind), int(request), str(said or ""), int(event)) for kind, request, said, event in rows)


def unowned(tx: Tx, *, words: str, reads: str) -> int | None:
    """Return a new request that nobody owns: one whose words contain these if there is one, else the oldest.

    Those that came through a channel come first, those whose client `reads` this language before others, then those
    with an address: replies to channels and addresses leave by themselves.
    """
    r, m, c = t.request.c, t.message.c, t.client.c
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    said = select(m.id).where(m.request == r.id, m.opening, m.text.ilike(pattern, escape="\\")).exists()
    reader = select(c.id).where(c.id == r.client, c.language == reads).exists()
    order = (said.desc(), r.channel.is_(None), reader.desc(), r.callback_url.is_(None), r.id)
    query = select(r.id).where(r.state == "new", r.owner.is_(None)).order_by(*order).limit(1)
    found = tx.execute(query).scalar()
    return None if found is None else int(found)


def place_of_nudge(tx: Tx, promise: int) -> Place | None:
    """Return where the newest nudge about a promise stands."""
    where = and_(o.kind == "nudge", o.subject == promise, o.key.like(f"nudge:promise:{promise}:%"))
    row = tx.execute(
        select(o.remote_channel, o.remote_ts).where(where, o.remote_ts.is_not(None)).order_by(o.id.desc()).limit(1)
    ).first()
    return (str(row.remote_channel), str(row.remote_ts)) if row else None


def counts(tx: Tx) -> Counts:
    """Count requests, cards, nudges and replies."""
    asked = int(tx.execute(select(func.count()).select_from(t.request)).scalar_one())
    stands = func.sum(case((o.shown > 0, 1), else_=0))
    query = select(o.kind, func.count(), stands).where(among(o.kind, "card", "nudge")).group_by(o.kind)
    out = {str(kind): (int(wanted), int(standing)) for kind, wanted, standing in tx.execute(query)}
    states = tx.execute(select(t.reply.c.state, func.count()).group_by(t.reply.c.state))
    return Counts(
        requests=asked,
        cards_wanted=out.get("card", (0, 0))[0],
        cards_standing=out.get("card", (0, 0))[1],
        nudges_sent=out.get("nudge", (0, 0))[1],
        replies={str(state): int(count) for state, count in states},
    )


def request_numbers(tx: Tx) -> frozenset[int]:
    """Return the numbers of all requests."""
    return frozenset(int(row.id) for row in tx.execute(select(t.request.c.id)))


def leaving(tx: Tx) -> tuple[Leaving, ...]:
    """Return all cards, replies and nudges that left or have to leave, oldest first."""
    rows = tx.execute(
        select(o.key, o.kind, o.subject, o.recipient, o.state, o.shown, o.remote_channel, o.remote_ts)
        .where(among(o.kind, "card", "reply", "nudge"))
        .order_by(o.id)
    )
    return tuple(
        Leaving(
            key=row.key,
            kind=row.kind,
            subject=row.subject,
            state=row.state,
            stands=row.shown > 0,
            place=(row.remote_channel, row.remote_ts) if row.remote_ts else None,
            by_webhook=row.kind == "reply" and not row.recipient,
        )
        for row in rows
    )


def links(tx: Tx) -> tuple[Link, ...]:
    """Return the linked channels that we are in, each with the instant since when it is linked."""
    joined = {str(row.id) for row in tx.execute(select(t.channel.c.id).where(t.channel.c.joined))}
    since: dict[str, datetime] = {}
    noted = select(_EVENT.kind, _EVENT.at, _EVENT.data).where(among(_EVENT.kind, "linked", "unlinked"))
    for row in tx.execute(noted.order_by(_EVENT.id)):
        channel = str(row.data.get("channel", ""))
        if row.kind == "unlinked":
            since.pop(channel, None)
        else:
            since.setdefault(channel, row.at)
    return tuple(Link(channel, at) for channel, at in since.items() if channel in joined)


def stored(tx: Tx, channels: Collection[str]) -> frozenset[Place]:
    """Return where the clients' messages stand that we have of these channels, without deleted ones."""
    m = t.message.c
    rows = tx.execute(
        select(m.channel, m.ts).where(
            m.direction == "in", m.channel.in_(list(channels)), m.ts.is_not(None), m.deleted.is_(False)
        )
    )
    return frozenset((str(row.channel), str(row.ts)) for row in rows)


def replies_in(tx: Tx, states: Collection[str]) -> frozenset[int]:
    """Return the ids of the replies in these states."""
    return frozenset(int(row.id) for row in tx.execute(select(t.reply.c.id).where(t.reply.c.state.in_(list(states)))))


def pulse(tx: Tx) -> tuple[int, ...]:
    """Return numbers of which at least one differs after anything that is told here has changed."""
    row = tx.execute(select(func.max(o.id), func.sum(o.shown), func.sum(o.wanted))).one()
    waiting = tx.execute(select(func.count()).where(is_waiting(o))).scalar_one()
    messages = tx.execute(select(func.count()).select_from(t.message)).scalar_one()
    return (last_event(tx), *(int(number or 0) for number in row), int(waiting), int(messages))
