"""One who cannot be told what happened while they were away keeps nobody else from hearing it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import select

from bot.domain.health import Orphan
from bot.domain.people import Member
from bot.services.audit import audit_counts
from bot.services.away import entering, returning
from bot.services.context import Context
from bot.services.nudges.row_by_row import AGAIN
from bot.services.requests import claiming
from bot.store import tables as t
from tests.support.office import JONAS, MIRA, SAM, Office, acting
from tests.support.traps import allow, refuse

SECOND = timedelta(seconds=1)
BAD, GOOD = 1, 2


@pytest.fixture(autouse=True)
def said() -> Iterator[list[Any]]:
    """What is logged; shown whole, with everything that is known at each place, it takes a test minutes."""
    with structlog.testing.capture_logs() as found:
        yield found


@pytest.fixture
async def back(office: Office) -> Office:
    """Mira and Jonas were away, and what was theirs went to Sam; both are back. Mira was away twice."""
    for member, when in ((MIRA, "until 10:30"), (JONAS, "until 11:00")):
        await _gone(office, member, when)
    office.later(hours=1)
    await _gone(office, MIRA, "until 12:00")
    office.later(hours=3)
    await office.deliver()
    return office


async def _gone(office: Office, member: Member, when: str) -> None:
    request = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(member), request=request)
    await office.desk.do(entering.say_away, actor=acting(member), when=when, cover="")
    office.later(minutes=1)
    await office.desk.do(claiming.hand_over, actor=acting(SAM), request=request, to=SAM.id)


async def told(office: Office) -> list[str]:
    """Return who is sent a summary now."""
    await office.desk.do(returning.summarise)
    return sorted(row.recipient for row in await office.deliver() if row.kind == "away")


def noted(ctx: Context) -> dict[int, bool]:
    """Return of which absences it is noted that they were told of."""
    with ctx.store.reading() as tx:
        rows = tx.execute(select(t.absence.c.id, t.absence.c.summarised_at))
        return {row.id: row.summarised_at is not None for row in rows}


def counted(ctx: Context) -> int:
    with ctx.store.reading() as tx:
        return audit_counts.counts(tx, ctx)[Orphan.UNPLANNED]


@pytest.mark.parametrize(
    ("table", "when", "on"),
    [
        ("absence", f"NEW.id = {BAD}", "UPDATE"),
        ("outbox", f"NEW.kind = 'away' AND NEW.recipient = '{MIRA.id}'", "INSERT"),
    ],
    ids=["noting it is refused", "the message is refused"],
)
async def test_who_cannot_be_told_keeps_nobody_else_from_hearing(back: Office, table: str, when: str, on: str) -> None:
    await back.desk.do(refuse(table, when, on=on))
    assert await told(back) == [JONAS.id]
    assert await back.desk.read(noted) == {BAD: False, GOOD: True, 3: False}, "nothing is half noted"
    assert await back.desk.read(counted) == 1
    await back.desk.do(allow(table))
    back.desk.clock.move(AGAIN - SECOND)
    assert await told(back) == []
    back.desk.clock.move(SECOND)
    assert await told(back) == [MIRA.id], "once, of both times"
    assert await told(back) == []
    assert all((await back.desk.read(noted)).values())


async def test_a_promise_that_is_refused_keeps_nobody_from_hearing(office: Office) -> None:
    """Their promises are planned anew when they are back; what is wrong with one is for the audit."""
    request = (await office.webhook()).request
    await office.send(request, due=timedelta(hours=8))
    await _gone(office, MIRA, "until 11:00")
    [promise] = await office.promises(request)
    office.later(hours=4)
    await office.deliver()

    def other_hours(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            tx.execute(t.promise.update().values(hours="others"))

    await office.desk.do(other_hours)
    await office.desk.do(refuse("promise", f"NEW.id = {promise.id}"))
    assert await told(office) == [MIRA.id]
    assert await office.desk.read(counted) == 1
