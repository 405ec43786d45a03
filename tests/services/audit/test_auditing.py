"""The audit finds each kind of thing that no plan would ever find again, mends it, and says what it found."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from bot.domain.health import WORDS, Orphan
from bot.domain.requests import State
from bot.services.audit import audit_checks, audit_counts, auditing, audits
from bot.services.audit.audit_checks import OVERDUE
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.store import orphans, promises, requests, tables
from tests.services.orphaned import ORPHANS, change, clockless, endless_wait, stepless, unnoticed
from tests.support.office import MIRA, Office

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


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


async def test_a_pause_gets_a_day_on_which_somebody_looks(office: Office) -> None:
    request = await endless_wait(office)
    await office.desk.do(auditing.audit)

    def until(ctx: Context) -> Any:
        with ctx.store.reading() as tx:
            found = requests.request(tx, request)
            return found.parked_until if found else None

    day = await office.desk.read(until)
    assert office.now + timedelta(days=1) < day < office.now + timedelta(days=8)


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
