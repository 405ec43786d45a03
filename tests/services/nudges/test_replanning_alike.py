"""Planned anew in bulk, promises and aims come out as if each had been read whole and thought about alone."""

import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.ladders import ladder_of
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.domain.targets import Target
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.hours import calendars
from bot.services.hours.reaching import Crew
from bot.services.nudges import aiming, climbing, replanning
from bot.store import Store, Tx
from bot.store import tables as t
from bot.store.rows import to_promise, to_target
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
EARLY = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Thu 07:00-12:00 13:00-16:30, Fri 07:00-12:00"))
TEAM = tuple(Member(id=f"U0{name.upper()}", name=name) for name in ("Mira", "Jonas", "Sam", "Ada", "Gone"))
NOW = datetime(2026, 11, 26, 9, 17, 0, 250_001, tzinfo=UTC)
HOUR, MANY = timedelta(hours=1), 60


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    found = await weeks_of(store, NOW, OFFICE, TEAM, lead="Sam")
    yield found
    await close(found)


def fill(ctx: Context, chance: random.Random) -> None:
    """Write open, told, answered and ended promises, aims that run, rest or went on, and times away, at random."""
    with ctx.store.writing() as tx:
        tx.execute(t.member.update().where(t.member.c.id == "U0GONE").values(active=False))
        tx.execute(insert(t.client).values(id=1, name="Acme", name_key="acme", confirmed=True, created_at=NOW))
        tx.execute(insert(t.request), [_request(number, chance) for number in range(1, MANY)])
        tx.execute(insert(t.promise), [_promise(number, chance) for number in range(1, MANY) for _ in range(2)])
        tx.execute(insert(t.target), [_target(number, chance) for number in range(1, MANY)])
        tx.execute(insert(t.absence), [_absence(chance) for _ in range(12)])


def _at(chance: random.Random, first: float, last: float) -> datetime:
    exact = NOW + timedelta(hours=chance.uniform(first, last))
    return exact if chance.random() < 0.5 else exact.replace(minute=0, second=0, microsecond=0)


def _request(number: int, chance: random.Random) -> dict[str, Any]:
    facts = {"client": 1, "reasons": [], "ask": "Help?", "source": "webhook", "opened_at": NOW, "last_in_at": NOW}
    owner = chance.choice([*(each.id for each in TEAM), None])
    return facts | {"id": number, "state": "open", "owner": owner, "category": chance.choice(["support", "complaint"])}


def _promise(number: int, chance: random.Random) -> dict[str, Any]:
    told, answered = chance.random() < 0.4, chance.random() < 0.5
    opened = _at(chance, -60, -1)
    return {
        "request": number,
        "kind": "hear",
        "due_at": _at(chance, -3, 200),
        "made_at": opened,
        "opened_at": opened if chance.random() < 0.8 else None,
        "outcome": chance.choice(["open", "open", "open", "kept"]),
        "next_at": _at(chance, 0, 100) if chance.random() < 0.9 else None,
        "rung": chance.randrange(5),
        "nudged_at": _at(chance, -1, 0) if told else None,
        "acked_at": NOW if told and answered else None,
        "acked_by": chance.choice(TEAM).id if told and answered else None,
        "hours": chance.choice(["", "of old"]),
    }


def _target(number: int, chance: random.Random) -> dict[str, Any]:
    how, start = chance.choice(["runs", "runs", "reminded", "rests", "went on", "missed"]), _at(chance, -80, -1)
    return {
        "request": number,
        "kind": chance.choice(["first_answer", "next_answer"]),
        "due_at": _at(chance, -2, 50),
        "outcome": "missed" if how == "missed" else "open",
        "next_at": None if how in {"rests", "missed"} else _at(chance, -2, 50),
        "start_at": start,
        "amount_s": chance.randrange(60, 100_000),
        "paused_at": NOW - HOUR if how == "rests" else None,
        "remaining_us": chance.randrange(10**12) if how in {"rests", "went on"} else None,
        "resumed_at": NOW - HOUR if how == "went on" else None,
        "nudged_at": NOW - HOUR if how == "reminded" else None,
        "hours": "of old",
    }


def _absence(chance: random.Random) -> dict[str, Any]:
    facts = {"source": "slash", "reason": "", "made_at": NOW, "promises": [], "kept": []}
    start = _at(chance, -100, 150)
    whose, stand_in = chance.sample(TEAM, 2)
    return facts | {"member": whose.id, "starts_at": start, "ends_at": start + 30 * HOUR, "stand_in": stand_in.id}


def read(tx: Tx) -> tuple[dict[int, Promise], dict[int, Target]]:
    promises = tx.execute(select(t.promise)).all()
    return {row.id: to_promise(row) for row in promises}, {
        row.id: to_target(row) for row in tx.execute(select(t.target))
    }


@pytest.mark.parametrize("seed", range(4))
async def test_each_comes_out_as_it_would_alone(weeks: Weeks, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(replanning, "AT_ONCE", 17)
    monkeypatch.setattr(replanning, "AIMS_AT_ONCE", 13)

    def check(ctx: Context) -> None:
        fill(ctx, random.Random(seed))  # noqa: S311 - the same examples each time, no secrets
        ctx = replace(ctx, policy=replace(ctx.policy, calendar=EARLY))
        with ctx.store.writing() as tx:
            was, aims_were = read(tx)
            replanning.ask_for_team(tx, ctx)
        while replanning.replan_team(ctx):
            pass
        with ctx.store.reading() as tx:
            now, aims_now = read(tx)
            for ident, promise in now.items():
                check_promise(tx, ctx, was[ident], promise)
            hours = calendars.team_hours(tx, ctx)
        for ident, aim in aims_were.items():
            runs = aim.outcome == "open" and aim.next_at is not None
            assert aims_now[ident] == (aiming.by_these_hours(aim, hours, ctx.now) if runs else aim)

    await weeks.office.desk.do(check)


def check_promise(tx: Tx, ctx: Context, was: Promise, now: Promise) -> None:
    """Check that it is looked at when its step is, or, where nothing was said yet, at its first lead before that."""
    if was.outcome != "open" or was.due_at <= ctx.now:
        assert now == was
        return
    assert now == replace(was, next_at=now.next_at, hours=now.hours)
    assert now.hours not in {"", "of old"}
    crew, request = Crew(tx, ctx), find_request(tx, was.request)
    step = climbing.climb(ctx, Crew(tx, ctx), was, request).next_at(ctx.now)
    assert now.next_at is not None
    assert now.next_at <= step
    if was.nudged_at is not None or (owner := crew.first(request.owner, until=was.due_at)) is None:
        assert now.next_at == step
        return
    lead = replanning._first_lead(ladder_of(request.category, ctx.policy.ladder), was.rung)
    look = was.due_at if lead is None else owner.hours.subtract(was.due_at, lead)
    assert max(now.next_at, ctx.now) == max(look, ctx.now)  # what is past is looked at at once, however long it is
