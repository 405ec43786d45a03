"""Planning the team anew goes on to its end: past what cannot be planned, and from the beginning when asked anew."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.domain.targets import Target
from bot.domain.working_time import WorkingTime
from bot.services.context import Context
from bot.services.nudges import aiming, nudging, replanning
from bot.store import events, promises, unplanned
from tests.services.aims import HOUR, OFFICE_HOURS, aim, works
from tests.support.office import Office


@pytest.fixture(autouse=True)
def said() -> Iterator[list[Any]]:
    """What is logged; shown whole, with everything that is known at each place, it takes a test minutes."""
    with structlog.testing.capture_logs() as found:
        yield found


def breaking(monkeypatch: pytest.MonkeyPatch, bad: int) -> None:
    """Let the aim of one request be none that can be counted."""
    real = aiming.by_these_hours

    def count(target: Target, hours: WorkingTime, now: Any) -> Target:
        if target.request == bad:
            raise LookupError(bad)
        return real(target, hours, now)

    monkeypatch.setattr(aiming, "by_these_hours", count)


def asked(ctx: Context) -> None:
    with ctx.store.writing() as tx:
        replanning.ask_for_team(tx, ctx)


def cursor(ctx: Context) -> str | None:
    with ctx.store.reading() as tx:
        return events.setting(tx, replanning.CURSOR)


@pytest.mark.parametrize("at_once", [1, 200])
async def test_one_aim_that_cannot_be_counted_keeps_nothing_else_as_it_was(
    office: Office, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """The last promise and the last aim lie parts behind it, and what was planned for them by other hours is late."""
    bad, aimed, promised = [(await office.webhook()).request for _ in range(3)]
    await office.send(promised, due=6 * HOUR)
    for name in ("AT_ONCE", "AIMS_AT_ONCE"):
        monkeypatch.setattr(replanning, name, at_once)
    works(office, OFFICE_HOURS)
    breaking(monkeypatch, bad)

    def late(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            promises.change_promise(tx, 1, next_at=ctx.now + 6 * HOUR)

    await office.desk.do(late)
    await office.desk.do(asked)
    for _ in range(10):
        await office.desk.do(nudging.plan)
    [promise] = await office.promises(promised)
    assert promise.next_at == promise.due_at - HOUR
    assert (await aim(office, aimed)).due_at == office.now.replace(hour=10, minute=0, second=0)
    assert await office.desk.read(cursor) is None


async def test_an_aim_that_cannot_be_counted_anew_is_looked_at_by_itself_and_counted(
    office: Office, monkeypatch: pytest.MonkeyPatch, said: list[Any]
) -> None:
    bad = (await office.webhook()).request
    was = await aim(office, bad)
    works(office, OFFICE_HOURS)
    breaking(monkeypatch, bad)
    await office.desk.do(asked)
    assert not await office.desk.do(replanning.replan_team)
    standing = await aim(office, bad)
    assert (standing.next_at, standing.due_at, standing.hours) == (office.now, was.due_at, was.hours)
    assert [(entry["kind"], entry["ident"]) for entry in said if entry["log_level"] == "error"] == [("target", was.id)]
    monkeypatch.setattr("bot.services.nudges.reminding.by_these_hours", aiming.by_these_hours)
    await office.desk.do(nudging.plan)

    def count(ctx: Context) -> int:
        with ctx.store.reading() as tx:
            return unplanned.count(tx, since=ctx.now)

    assert await office.desk.read(count) == 1


@pytest.mark.parametrize("at_once", [1, 1000])
async def test_who_asks_anew_meanwhile_has_it_begin_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Whether the part that was being planned was the last one or not."""
    for _ in range(2):
        await office.send((await office.webhook()).request, due=6 * HOUR)
    monkeypatch.setattr(replanning, "AT_ONCE", at_once)
    real, meanwhile = aiming.replan, []

    def slow(tx: Any, ctx: Context, found: Any) -> int:
        if not meanwhile:
            replanning.ask_for_team(tx, ctx)
            meanwhile.append(events.setting(tx, replanning.CURSOR))
        return real(tx, ctx, found)

    monkeypatch.setattr(aiming, "replan", slow)
    await office.desk.do(asked)
    assert await office.desk.do(replanning.replan_team), "there is more: all of it"
    assert [await office.desk.read(cursor)] == meanwhile
    while await office.desk.do(replanning.replan_team):
        pass
    assert await office.desk.read(cursor) is None
