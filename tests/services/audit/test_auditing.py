"""The audit finds each kind of thing that no plan would ever find again, mends it, and says what it found."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.domain.health import WORDS, Orphan
from bot.domain.ladder.nudges import Subject
from bot.domain.requests import State
from bot.domain.snapshots.nudge import ItemKind
from bot.services import announcing, finding
from bot.services.audit import audit_checks, audit_counts, auditing, audits
from bot.services.audit.audit_checks import OVERDUE
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering
from bot.store import absences, bundles, orphans, outbox, promises, requests, tables, targets
from tests.support.office import MIRA, Office

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)

Injection = Callable[[Office], Awaitable[Any]]


async def change(office: Office, table: Any, ident: int, **facts: Any) -> None:
    """Change a row behind everybody's back."""

    def write(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            tx.execute(update(table).where(table.c.id == ident).values(**facts))

    await office.desk.do(write)


async def stepless(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=3 * HOUR)
    promise = (await office.promises(request))[-1]
    await change(office, tables.promise, promise.id, next_at=None)


async def clockless(office: Office) -> None:
    request = (await office.webhook()).request

    def lose(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            targets.close_targets(tx, request, "released")

    await office.desk.do(lose)


async def endless_wait(office: Office) -> int:
    request = (await office.webhook()).request
    await change(office, tables.request, request, state="waiting_client", parked_until=None)
    return request


async def endless_rest(office: Office) -> None:
    request = (await office.webhook()).request
    await change(office, tables.request, request, state="parked", parked_until=None)


async def asleep(office: Office) -> None:
    """Let an aim rest though its request is ours."""
    request = (await office.webhook()).request
    target = (await office.card(request)).target
    assert target is not None
    await change(office, tables.target, target.id, paused_at=office.now, remaining_us=600_000_000, next_at=None)


async def unnoticed(office: Office) -> None:
    """Let an absence be over that nobody summed up."""

    def away(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            absences.add(
                tx,
                member=MIRA.id,
                starts_at=ctx.now - HOUR,
                ends_at=ctx.now,
                source="slash",
                reason="",
                made_at=ctx.now - HOUR,
            )

    await office.desk.do(away)
    office.later(seconds=(OVERDUE + SECOND).total_seconds())


async def leaderless(office: Office) -> str:
    """Let a nudge wait to leave with a message that has left already; return its key."""
    request = (await office.webhook()).request
    await office.deliver()
    target = (await office.card(request)).target
    assert target is not None

    def lose(ctx: Context) -> str:
        with ctx.store.writing() as tx:
            about = finding.find_request(tx, request)
            announcing.nudge(
                tx,
                ctx,
                about,
                kind=ItemKind.TARGET,
                subject=Subject.TARGET,
                ident=target.id,
                revision=target.revision,
                rung="0",
                recipient=MIRA.id,
            )
            key = f"nudge:target:{target.id}:{target.revision}:0:{MIRA.id}"
            left = outbox.card_row(tx, request)
            facts = {"state": "leased", "bundle": left, "token": "gone", "lease_until": 0.0}
            tx.execute(update(tables.outbox).where(outbox.o.key == key).values(**facts))
            return key

    return await office.desk.do(lose)


ORPHANS: dict[str, tuple[Injection, Orphan]] = {
    "an open promise without a next step": (stepless, Orphan.PROMISE),
    "a request of ours without a clock": (clockless, Orphan.REQUEST),
    "a client is waited for without end": (endless_wait, Orphan.PAUSE),
    "a request is parked without end": (endless_rest, Orphan.PAUSE),
    "an aim rests though its request is ours": (asleep, Orphan.PAUSE),
    "a nudge waits for a message that has left": (leaderless, Orphan.MESSAGE),
    "an absence is over and nobody noticed": (unnoticed, Orphan.ABSENCE),
}


@pytest.mark.parametrize("name", ORPHANS)
async def test_an_orphan_of_each_kind_is_found_once_and_mended(office: Office, name: str) -> None:
    inject, kind = ORPHANS[name]
    assert await office.desk.do(auditing.audit) == 0
    await inject(office)
    assert await office.desk.do(auditing.audit) == 1
    seen = await office.desk.read(audits.last_audits)
    assert seen is not None
    assert seen.last == seen.finding
    assert (seen.last.found, seen.last.mended, seen.last.left) == ({kind: 1}, {kind: 1}, {})
    assert seen.last.at == office.now
    assert await office.desk.do(auditing.audit) == 0


async def test_one_of_each_kind_are_found_together_and_what_was_found_stays_to_be_seen(office: Office) -> None:
    for inject, _ in ORPHANS.values():
        await inject(office)
    await office.deliver()
    assert await office.desk.do(auditing.audit) == len(ORPHANS)
    finding = await office.desk.read(audits.last_audits)
    office.later(hours=1)
    await office.desk.do(nudging.plan)
    await office.deliver()
    assert await office.desk.do(auditing.audit) == 0
    seen = await office.desk.read(audits.last_audits)
    assert seen is not None
    assert finding is not None
    assert (seen.last.found, seen.last.at, seen.finding) == ({}, office.now, finding.last)


async def test_what_was_mended_goes_its_way_again(office: Office) -> None:
    told = (await office.webhook()).request
    await office.send(told, due=3 * HOUR)
    promise = (await office.promises(told))[-1]
    await change(office, tables.promise, promise.id, next_at=None)
    await office.desk.do(auditing.audit)
    await office.desk.do(nudging.plan)
    assert await office.nudges() == [], "nobody is nudged before it is time"
    office.desk.clock.move(promise.due_at - HOUR - office.now)
    await office.desk.do(nudging.plan)
    assert MIRA.id in {row.recipient for row in await office.deliver() if row.kind == "nudge"}


async def test_a_nudge_that_lost_its_message_is_looked_for_before_it_leaves_alone(office: Office) -> None:
    key = await leaderless(office)
    assert key not in {row.key for row in await office.deliver()}, "nobody would ever send it"
    await office.desk.do(auditing.audit)
    [row] = [row for row in await office.deliver() if row.key == key]
    assert row.ambiguous
    assert (row.bundle, row.recipient) == (None, MIRA.id)


async def test_a_nudge_that_is_looked_for_first_shares_nobody_elses_message(office: Office) -> None:
    """Nobody looks for the others: a message that it shared would say it a second time."""
    for _ in range(2):
        await office.approve((await office.webhook()).request, due=3 * HOUR)
    office.later(seconds=11)
    await office.deliver()
    office.later(hours=2, seconds=5)
    await office.desk.do(nudging.plan)

    def let_go(ctx: Context) -> str:
        with ctx.store.writing() as tx:
            [_, last] = tx.execute(select(outbox.o.id).where(outbox.o.kind == "nudge").order_by(outbox.o.id)).scalars()
            row = bundles.let_go_alone(tx, last)
            return row.key if row is not None else ""

    key = await office.desk.do(let_go)
    begun = [
        await office.desk.do(beginning.begin, row=row)
        for row in await office.desk.do(delivering._lease, token="tests", most=20)
    ]
    [keys] = [job.reference.keys for job in begun if job is not None and job.way == "nudge"]
    assert key not in keys


async def test_nudges_that_wait_for_a_message_on_its_way_are_no_orphans(office: Office) -> None:
    for _ in range(2):
        await office.approve((await office.webhook()).request, due=3 * HOUR)
    office.later(seconds=11)
    await office.deliver()
    office.later(hours=2, seconds=5)
    await office.desk.do(nudging.plan)
    for row in await office.desk.do(delivering._lease, token="tests", most=20):
        await office.desk.do(beginning.begin, row=row)
    assert await office.desk.do(auditing.audit) == 0


async def test_a_pause_gets_a_day_on_which_somebody_looks(office: Office) -> None:
    request = await endless_wait(office)
    await office.desk.do(auditing.audit)

    def until(ctx: Context) -> Any:
        with ctx.store.reading() as tx:
            found = requests.request(tx, request)
            return found.parked_until if found else None

    day = await office.desk.read(until)
    assert office.now + timedelta(days=1) < day < office.now + timedelta(days=8)


@pytest.mark.parametrize(
    ("late", "count"),
    [(timedelta(), 0), (OVERDUE, 0), (OVERDUE + SECOND, 1), (30 * OVERDUE, 1)],
    ids=["at its time", "ten minutes late", "just after", "long after"],
)
async def test_messages_that_should_have_left_are_counted_and_left_to_delivery(
    office: Office, late: timedelta, count: int
) -> None:
    def write(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            outbox.put(tx, key="notice:1", kind="notice", lane="team:1", subject=1, now=ctx.now)

    await office.desk.do(write)
    office.desk.clock.move(late)
    assert await office.desk.do(auditing.audit) == count
    seen = await office.desk.read(audits.last_audits)
    assert seen is not None
    assert seen.last.left == ({Orphan.MESSAGE: 1} if count else {})


async def test_an_absence_that_just_ended_or_whose_member_is_asleep_is_no_orphan(office: Office) -> None:
    await unnoticed(office)
    office_now = office.now

    def move(ctx: Context, back: timedelta) -> None:
        with ctx.store.writing() as tx:
            tx.execute(update(tables.absence).values(ends_at=office_now - back))

    await office.desk.do(move, back=OVERDUE)
    assert await office.desk.do(auditing.audit) == 0
    await office.desk.do(move, back=OVERDUE + SECOND)

    def disturb(ctx: Context, minutes: int) -> None:
        with ctx.store.writing() as tx:
            tx.execute(update(tables.member).values(dnd_until=ctx.now + timedelta(minutes=minutes)))

    await office.desk.do(disturb, minutes=-9)
    assert await office.desk.do(auditing.audit) == 0
    await office.desk.do(disturb, minutes=-11)
    assert await office.desk.do(auditing.audit) == 1


async def test_one_that_cannot_be_mended_keeps_no_other_from_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stepless(office)
    await clockless(office)

    def broken(*_: Any, **__: Any) -> Any:
        raise LookupError("something is wrong with this one")

    monkeypatch.setattr(promises, "change_promise", broken)
    with capture_logs() as logs:
        assert await office.desk.do(auditing.audit) == 2
    assert [line["kind"] for line in logs if line["log_level"] == "error"] == ["promise_without_step"]
    seen = await office.desk.read(audits.last_audits)
    assert seen is not None
    assert seen.last.mended == {Orphan.REQUEST: 1}
    assert seen.last.left == {Orphan.PROMISE: 1}


async def test_what_somebody_else_mended_meanwhile_is_not_found_twice(office: Office) -> None:
    await stepless(office)
    lost = await office.desk.read(auditing.look)
    first, second = auditing.Tally(), auditing.Tally()
    await office.desk.do(auditing.mend, lost=lost, tally=first)
    await office.desk.do(auditing.mend, lost=lost, tally=second)
    assert (first.found.total(), second.found.total()) == (1, 0)


async def test_many_are_all_found_however_many_come_before_them(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orphans, "MOST", 2)
    for _ in range(5):
        await clockless(office)
    assert await office.desk.do(auditing.audit) == 5


async def test_every_kind_of_orphan_is_looked_for(office: Office) -> None:
    def counted(ctx: Context) -> set[Orphan]:
        with ctx.store.reading() as tx:
            return set(audit_counts.counts(tx, ctx))

    assert {check.kind for check in audit_checks.CHECKS} | await office.desk.read(counted) == set(Orphan)
    assert {State.WAITING_CLIENT, State.WAITING_SUPPLIER, State.PARKED} == audit_checks.PAUSES


def test_the_docs_say_of_each_kind_what_is_done_about_it() -> None:
    text = (Path(__file__).parents[3] / "docs" / "deadlines.md").read_text(encoding="utf-8")
    table = [line for line in text.splitlines() if line.startswith("| ")]
    for one, _many in WORDS.values():
        assert any(one.removeprefix("1 ") in line.split("|")[1] for line in table), one
