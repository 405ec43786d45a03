"""A large database, made by the database itself: one thousand different rows, then copies of them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Table, Text, cast, insert, literal, select, true, update

from bot.domain.people import Member
from bot.services import people
from bot.services.context import Context
from bot.store import Store, Tx
from bot.store import tables as t

KINDS = 1000
"""So many different times; every thousandth promise has the same one."""

FIRST_DUE = timedelta(hours=6)
STEP = timedelta(minutes=40)
"""A thousand steps are about a month: what is open in a database of that size is spread over time."""

MEMBERS = tuple(Member(id=f"U0MEMBER{number}", name=f"Member {number}") for number in range(10))


def begin(ctx: Context) -> None:
    """Make the team and the first thousand requests, each with an open promise and a card that stands."""
    people.sync_members(ctx, members=[*MEMBERS[1:], Member(id=MEMBERS[0].id, name="Sam")])
    with ctx.store.writing() as tx:
        tx.execute(insert(t.client).values(name="Acme", name_key="acme", confirmed=True, created_at=ctx.now))
        tx.execute(insert(t.request), [_request(number, ctx.now) for number in range(KINDS)])
        tx.execute(insert(t.promise), [_promise(number, ctx.now) for number in range(KINDS)])
        tx.execute(insert(t.target), [_target(number, ctx.now) for number in range(0, KINDS, 10)])
        tx.execute(insert(t.outbox), [_card(number, ctx.now) for number in range(KINDS)])


def grow(store: Store, total: int) -> None:
    """Copy until there are `total` requests (a multiple of a thousand), each with what the first ones have."""
    with store.writing() as tx:
        if total > KINDS:
            _copy_all(tx, total // KINDS)
        if not store.is_sqlite:
            for table in (t.request, t.promise, t.target, t.outbox):  # autovacuum would do it within a minute
                tx.exec_driver_sql(f"ANALYZE {table.name}")


def _copy_all(tx: Tx, times: int) -> None:
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < times - 1))
    shift = numbers.c.n * KINDS
    _copy(tx, t.request, {"id": t.request.c.id + shift}, numbers)
    _copy(tx, t.promise, {"request": t.promise.c.request + shift}, numbers)
    _copy(tx, t.target, {"request": t.target.c.request + shift}, numbers)
    key = "card:" + cast(t.outbox.c.subject + shift, Text)
    _copy(tx, t.outbox, {"subject": t.outbox.c.subject + shift, "key": key, "lane": "team:" + key}, numbers)


def _copy(tx: Tx, table: Table, changed: dict[str, ColumnElement[Any]], numbers: CTE) -> None:
    """Insert a copy of the first thousand requests' rows for every number."""
    names = [column.name for column in table.c if column.name != "id" or "id" in changed]
    copies = select(*(changed.get(name, table.c[name]) for name in names)).select_from(table.join(numbers, true()))
    request = table.c["id" if table is t.request else "subject" if table is t.outbox else "request"]
    tx.execute(insert(table).from_select(names, copies.where(request <= KINDS)))


def make_due(ctx: Context, count: int, *, of: int) -> None:
    """Let the rung of so many promises, spread evenly over all `of` them, be due now."""
    wanted = [1 + number * (of // count) for number in range(count)]
    with ctx.store.writing() as tx:
        tx.execute(update(t.promise).where(t.promise.c.id.in_(wanted)).values(next_at=ctx.now, rung=0))


def _request(number: int, now: datetime) -> dict[str, object]:
    parked = number % 100 == 99  # one in a hundred waits for its day
    return {
        "id": number + 1,
        "client": 1,
        "state": "parked" if parked else "open",
        "owner": MEMBERS[number % len(MEMBERS)].id,
        "category": "support",
        "reasons": [],
        "ask": "Can you look at it?",
        "source": "webhook",
        "opened_at": now,
        "last_in_at": now,
        "parked_until": now + FIRST_DUE + number * STEP if parked else None,
    }


def _promise(number: int, now: datetime) -> dict[str, object]:
    due = now + FIRST_DUE + number * STEP
    return {
        "request": number + 1,
        "kind": "hear",
        "due_at": due,
        "made_at": now,
        "opened_at": now,
        "outcome": "open",
        "next_at": due - timedelta(hours=1),
    }


def _target(number: int, now: datetime) -> dict[str, object]:
    due = now + FIRST_DUE + number * STEP
    return {
        "request": number + 1,
        "kind": "first_answer",
        "due_at": due,
        "outcome": "open",
        "next_at": due,
        "start_at": due - timedelta(hours=1),
        "amount_s": 3600,
    }


def _card(number: int, now: datetime) -> dict[str, object]:
    return {
        "key": f"card:{number + 1}",
        "lane": f"team:{number + 1}",
        "kind": "card",
        "subject": number + 1,
        "payload": {},
        "state": "sent",
        "shown": 1,
        "not_before": now,
        "created_at": now,
        "remote_channel": "C0TEAM",
        "remote_ts": f"1795420800.{number:06d}",
    }
