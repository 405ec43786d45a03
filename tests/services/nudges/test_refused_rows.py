"""One row that the database itself refuses to write or to read keeps no other from being planned."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from bot.domain.health import Orphan
from bot.services.audit import auditing, audits
from bot.services.context import Context
from bot.services.nudges import nudging, replanning
from bot.services.nudges.row_by_row import AGAIN, untried_after
from bot.store import events, people, promises, upcoming
from bot.store import tables as t
from tests.services.aims import HOUR, OFFICE_HOURS, aim, works
from tests.support.office import MIRA, SAM, Office
from tests.support.traps import allow, hide, refuse

SECOND = timedelta(seconds=1)
BAD, GOOD = 1, (2, 3)


@pytest.fixture(autouse=True)
def said() -> Iterator[list[Any]]:
    """What is logged; shown whole, with everything that is known at each place, it takes a test minutes."""
    with structlog.testing.capture_logs() as found:
        yield found


@pytest.fixture
async def promised(office: Office) -> Office:
    """Three requests of Mira's, of the numbers of their promises, each due in three hours; her aims are done with."""
    for ident in (BAD, *GOOD):
        request = (await office.webhook()).request
        await office.send(request, due=3 * HOUR)
        assert [each.id for each in await office.promises(request)] == [request] == [ident]
    return office


@pytest.fixture
async def aimed(office: Office) -> Office:
    """Three requests that nobody has answered, of the numbers of their aims."""
    for ident in (BAD, *GOOD):
        request = (await office.webhook()).request
        assert (await aim(office, request)).id == request == ident
    return office


async def nudged(office: Office) -> set[int]:
    """Plan; return the requests that somebody was nudged about so far."""
    for _ in range(50):
        if not (await office.desk.do(nudging.plan)).more:
            break
    else:
        raise AssertionError("It never comes to an end.")

    def read(ctx: Context) -> set[int]:
        with ctx.store.reading() as tx:
            rows = tx.execute(select(t.outbox.c.payload).where(t.outbox.c.kind == "nudge"))
            return {row.payload["request"] for row in rows}

    return await office.desk.read(read)


async def unplanned(office: Office) -> int:
    """Return how many rows an audit says could not be planned, as `headsup doctor` and the metrics say it."""
    await office.desk.do(auditing.audit)
    seen = await office.desk.read(audits.last_audits)
    assert seen is not None
    return seen.last.left.get(Orphan.UNPLANNED, 0)


def behind(ctx: Context) -> bool:
    """Tell whether others wait for something to be planned."""
    with ctx.store.reading() as tx:
        return upcoming.is_planning_behind(tx, ctx.now, untried_after=untried_after(ctx))


async def replanned(office: Office) -> None:
    """Plan everybody's anew, to the end."""

    def ask(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            replanning.ask_for_team(tx, ctx)

    await office.desk.do(ask)
    while await office.desk.do(replanning.replan_team):
        pass

    def cursor(ctx: Context) -> str | None:
        with ctx.store.reading() as tx:
            return events.setting(tx, replanning.CURSOR)

    assert await office.desk.read(cursor) is None


def late(ctx: Context) -> None:
    """Have all promises be looked at much too late: planning them anew finds the right instant."""
    with ctx.store.writing() as tx:
        for ident in (BAD, *GOOD):
            promises.change_promise(tx, ident, next_at=ctx.now + 9 * HOUR)


@pytest.mark.parametrize(
    ("table", "when", "on"),
    [
        ("promise", f"NEW.id = {BAD}", "UPDATE"),
        ("outbox", f"NEW.kind = 'nudge' AND NEW.subject = {BAD}", "INSERT"),
    ],
    ids=["the promise", "its nudge"],
)
async def test_a_promise_that_is_refused_stops_no_other_and_comes_again(
    promised: Office, table: str, when: str, on: str
) -> None:
    await promised.desk.do(refuse(table, when, on=on))
    promised.desk.clock.move(2 * HOUR + SECOND)
    assert await nudged(promised) == set(GOOD)
    assert await unplanned(promised) == 1
    assert not await promised.desk.read(behind), "nobody waits for it"
    await promised.desk.do(allow(table))
    assert await nudged(promised) == set(GOOD)
    promised.desk.clock.move(AGAIN)
    assert await nudged(promised) == {BAD, *GOOD}


async def test_an_aim_that_is_refused_stops_no_other_and_comes_again(aimed: Office) -> None:
    await aimed.desk.do(refuse("target", f"NEW.id = {BAD}"))
    aimed.desk.clock.move(HOUR)
    assert await nudged(aimed) == set(GOOD)
    assert await unplanned(aimed) == 1
    await aimed.desk.do(allow("target"))
    aimed.desk.clock.move(AGAIN)
    assert await nudged(aimed) == {BAD, *GOOD}


async def test_more_refused_rows_than_fit_into_one_look_do_not_hide_the_good_one(office: Office) -> None:
    bad = [(await office.webhook()).request for _ in range(nudging.AT_ONCE + 3)]
    office.later(seconds=1)
    good = (await office.webhook()).request
    await office.desk.do(refuse("target", f"NEW.id <= {len(bad)}"))
    office.later(hours=1)
    assert await nudged(office) == {good}
    assert await unplanned(office) == len(bad)
    assert not await office.desk.read(behind)


async def test_a_promise_that_cannot_be_written_keeps_no_other_from_being_planned_anew(promised: Office) -> None:
    await promised.desk.do(late)
    before = promised.now + 9 * HOUR
    await promised.desk.do(refuse("promise", f"NEW.id = {BAD}"))
    await replanned(promised)
    found = {ident: (await promised.promises(ident))[0] for ident in (BAD, *GOOD)}
    assert {ident: each.next_at for ident, each in found.items()} == {
        BAD: before,
        **{ident: found[ident].due_at - HOUR for ident in GOOD},
    }
    assert await unplanned(promised) == 1


async def test_an_aim_that_cannot_be_written_keeps_no_other_from_being_planned_anew(aimed: Office) -> None:
    """The cards of the others are shown anew, and nothing of the bad one is."""
    was = {ident: await aim(aimed, ident) for ident in (BAD, *GOOD)}
    shown = await cards_wanted(aimed)
    works(aimed, replace(OFFICE_HOURS, week=((), *OFFICE_HOURS.week[1:])))
    await aimed.desk.do(refuse("target", f"NEW.id = {BAD}"))
    await replanned(aimed)
    assert await aim(aimed, BAD) == was[BAD]
    for ident in GOOD:
        assert (await aim(aimed, ident)).due_at > was[ident].due_at
    assert await cards_wanted(aimed) == {ident: count + (ident != BAD) for ident, count in shown.items()}
    assert await unplanned(aimed) == 1


async def test_an_aim_whose_card_is_refused_is_not_moved_without_it(aimed: Office) -> None:
    was = await aim(aimed, BAD)
    works(aimed, replace(OFFICE_HOURS, week=((), *OFFICE_HOURS.week[1:])))
    await aimed.desk.do(refuse("outbox", f"NEW.kind = 'card' AND NEW.subject = {BAD}"))
    await replanned(aimed)
    assert await aim(aimed, BAD) == replace(was, next_at=aimed.now), "planning looks at it now, and finds the same"
    assert [(await aim(aimed, ident)).hours == was.hours for ident in GOOD] == [False, False]


async def cards_wanted(office: Office) -> dict[int, int]:
    """Return how often the card of each request was asked for."""

    def read(ctx: Context) -> dict[int, int]:
        with ctx.store.reading() as tx:
            rows = tx.execute(select(t.outbox.c.subject, t.outbox.c.wanted).where(t.outbox.c.kind == "card"))
            return {row.subject: row.wanted for row in rows}

    return await office.desk.read(read)


async def test_a_promise_that_cannot_be_read_keeps_no_other_from_being_planned_anew(promised: Office) -> None:
    """All were told of, so it takes all that is known of each to plan it anew; of one, that cannot be read."""
    promised.desk.clock.move(2 * HOUR + SECOND)
    assert await nudged(promised) == {BAD, *GOOD}
    right = {ident: (await promised.promises(ident))[0].next_at for ident in (BAD, *GOOD)}
    await promised.desk.do(late)
    await promised.desk.do(hide(BAD))
    await replanned(promised)

    def looked_at(ctx: Context) -> dict[int, Any]:
        with ctx.store.reading() as tx:
            return {row.id: row.next_at for row in tx.execute(select(t.promise.c.id, t.promise.c.next_at))}

    is_written = not promised.desk.store.is_sqlite
    assert await promised.desk.read(looked_at) == {
        **right,
        BAD: promised.now if is_written else promised.now + 9 * HOUR,
    }
    assert await unplanned(promised) == (not is_written), "planning counts what it is to look at"


async def test_a_press_is_taken_though_a_promise_that_it_concerns_is_refused(promised: Office) -> None:
    await promised.desk.do(late)
    await promised.desk.do(refuse("promise", f"NEW.id = {BAD}"))

    def press(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            people.change_member(tx, MIRA.id, stand_in=SAM.id)
            replanning.replan_member(tx, ctx, MIRA.id)

    await promised.desk.do(press)
    for ident in GOOD:
        [promise] = await promised.promises(ident)
        assert promise.next_at == promise.due_at - HOUR
    assert await unplanned(promised) == 1


async def test_where_the_database_undid_the_whole_transaction_nothing_of_it_goes_on(promised: Office) -> None:
    """SQLite undoes all of it when a disk is full: what was written after that would stand without the rest."""
    if not promised.desk.store.is_sqlite:
        pytest.skip("PostgreSQL leaves it open")

    def undo_all(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            action = "BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END"
            tx.execute(text(f"CREATE TRIGGER full_disk AFTER UPDATE ON promise WHEN NEW.id = {BAD} {action}"))

    await promised.desk.do(undo_all)
    promised.desk.clock.move(2 * HOUR + SECOND)
    with pytest.raises(DBAPIError):
        await promised.desk.do(nudging.plan)
    assert await unplanned(promised) == 0
