"""One promise, aim, pause or return that cannot be planned, for whatever reason, keeps no other from being planned."""

import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import text

from bot.services.context import Context
from bot.services.nudges import nudging, rechecking, reminding, replanning
from bot.services.nudges.row_by_row import AGAIN
from bot.services.reading.work import work_of
from bot.services.requests import moving
from bot.store import Tx, promises, unplanned
from tests.services.aims import HOUR, moment
from tests.support.office import MIRA, Office, acting

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@dataclass
class Broken:
    """What cannot be planned: the requests whose rows fail, after something was written, until they are `mended`."""

    requests: set[int] = field(default_factory=set)
    fail: Callable[[Tx], None] = lambda _tx: _raise()


def _raise() -> None:
    raise LookupError("words of a client")


def _ask_nonsense(tx: Tx) -> None:
    tx.execute(text("SELECT nothing FROM nowhere"))


@pytest.fixture(params=[lambda _tx: _raise(), _ask_nonsense], ids=["an error of ours", "an error of the database"])
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Broken:
    found = Broken(fail=request.param)

    def breaking(module: Any, name: str, of: Callable[[Tx, Any], int]) -> None:
        real = getattr(module, name)

        def do(tx: Tx, ctx: Context, *rest: Any) -> None:
            real(tx, ctx, *rest)
            if of(tx, rest[-1]) in found.requests:
                found.fail(tx)

        monkeypatch.setattr(module, name, do)

    breaking(nudging, "_plan_promise", lambda _tx, promise: int(promise.request))
    breaking(reminding, "plan_target", lambda _tx, target: int(target.request))
    breaking(nudging, "_bring_back", lambda _tx, ident: int(ident))
    breaking(rechecking, "_ask", lambda _tx, ident: int(ident))
    return found


async def _promised(office: Office) -> int:
    request = (await office.webhook()).request
    await office.send(request, due=3 * HOUR)
    return request


async def _aimed(office: Office) -> int:
    return (await office.webhook()).request


async def _parked(office: Office) -> int:
    request = (await office.webhook()).request
    until = moment("2026-11-23T10:00")
    await office.desk.do(moving.park_request, actor=acting(MIRA), request=request, until=until)
    return request


async def _waiting(office: Office) -> int:
    request = (await office.webhook()).request
    until = moment("2026-11-23T10:00")
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request, until=until)
    return request


@pytest.fixture(autouse=True)
def said() -> Iterator[list[Any]]:
    """What is logged; shown whole, with everything that is known at each place, it takes a test minutes."""
    with structlog.testing.capture_logs() as found:
        yield found


KINDS = [_promised, _aimed, _parked, _waiting]


async def planned(office: Office) -> None:
    for _ in range(50):
        if not (await office.desk.do(nudging.plan)).more:
            return
    raise AssertionError("It never comes to an end.")


async def heard_of(office: Office) -> set[int]:
    """Return the requests that somebody was nudged about."""

    def read(ctx: Context) -> set[int]:
        with ctx.store.reading() as tx:
            rows = tx.execute(text("SELECT payload FROM outbox WHERE kind = 'nudge'")).scalars()
            return {int(_facts(row)["request"]) for row in rows}

    return await office.desk.read(read)


def _facts(payload: Any) -> dict[str, Any]:
    return json.loads(payload) if isinstance(payload, str) else dict(payload)


async def counted(office: Office, since: datetime) -> int:
    def read(ctx: Context) -> int:
        with ctx.store.reading() as tx:
            return unplanned.count(tx, since=since)

    return await office.desk.read(read)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
async def test_one_that_cannot_be_planned_stops_no_other_and_comes_again(
    office: Office, broken: Broken, kind: Callable[[Office], Awaitable[int]]
) -> None:
    bad = await kind(office)
    others = {await each(office) for each in KINDS}
    broken.requests.add(bad)
    office.desk.clock.move(moment("2026-11-23T10:02") - office.now)
    await planned(office)
    assert await heard_of(office) == others, "what the bad one wrote is undone"
    assert await counted(office, office.now) == 1
    office.desk.clock.move(AGAIN - SECOND)
    broken.requests.clear()
    await planned(office)
    assert await heard_of(office) == others
    office.desk.clock.move(SECOND)
    await planned(office)
    assert await heard_of(office) == {bad, *others}


@pytest.mark.parametrize("kind", [_parked, _waiting], ids=lambda kind: kind.__name__)
async def test_a_pause_that_cannot_be_planned_keeps_the_day_that_was_chosen_and_holds_nothing_up(
    office: Office, broken: Broken, kind: Callable[[Office], Awaitable[int]]
) -> None:
    bad = await kind(office)
    chosen = (await office.card(bad)).request.parked_until
    broken.requests.add(bad)
    office.desk.clock.move(moment("2026-11-23T10:00") - office.now)
    for _ in range(3):
        await planned(office)
        await office.deliver()
        assert (await office.card(bad)).request.parked_until == chosen
        assert not (await office.desk.read(work_of)).is_due, "what can be done now is done"
        office.later(seconds=31)


async def test_more_bad_pauses_than_fit_into_one_look_do_not_hide_the_good_one(office: Office, broken: Broken) -> None:
    broken.requests |= {await kind(office) for _ in range(nudging.AT_ONCE + 3) for kind in (_parked, _waiting)}
    good = {await _parked(office), await _waiting(office)}
    office.desk.clock.move(moment("2026-11-23T10:02") - office.now)
    await planned(office)
    assert await heard_of(office) == good


async def test_more_bad_ones_than_fit_into_one_look_do_not_hide_the_good_one(office: Office, broken: Broken) -> None:
    broken.requests |= {await _aimed(office) for _ in range(nudging.AT_ONCE + 3)}
    office.later(seconds=1)
    good = await _aimed(office)
    office.later(hours=1)
    await planned(office)
    assert await heard_of(office) == {good}
    assert await counted(office, office.now) == nudging.AT_ONCE + 3


async def test_a_slip_is_told_though_another_promise_of_the_same_minute_cannot_be_planned(
    office: Office, broken: Broken
) -> None:
    bad, good = await _promised(office), await _promised(office)
    broken.requests.add(bad)
    while office.now < moment("2026-11-23T11:02"):
        await planned(office)
        await office.deliver()
        office.later(minutes=1)
    assert [each.outcome.value for each in await office.promises(bad)] == ["open"]
    assert [each.outcome.value for each in await office.promises(good)] == ["slipped"]
    broken.requests.clear()
    office.desk.clock.move(AGAIN)
    await planned(office)
    assert [each.outcome.value for each in await office.promises(bad)] == ["slipped"]


async def test_an_error_that_only_others_caused_has_the_whole_transaction_run_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = await _promised(office)
    real, tries = nudging._plan_promise, []

    class OthersWonError(Exception):
        """A serialization failure."""

    def once(*facts: Any) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OthersWonError
        real(*facts)

    monkeypatch.setattr(nudging, "_plan_promise", once)
    monkeypatch.setattr(office.desk.store, "is_retryable", lambda error: isinstance(error, OthersWonError))
    office.desk.clock.move(2 * HOUR + SECOND)
    await planned(office)
    assert await heard_of(office) >= {request}
    assert await counted(office, office.now) == 0


async def test_planning_anew_that_fails_keeps_nobody_from_hearing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = await _promised(office)
    monkeypatch.setattr(replanning, "replan_team", lambda _ctx: _raise())
    office.desk.clock.move(2 * HOUR + SECOND)
    await planned(office)
    assert request in await heard_of(office)


async def test_a_promise_that_cannot_be_planned_anew_is_looked_at_by_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all that are planned anew only this one is looked at too early, by planning, which says what is wrong."""
    bad, good = await _promised(office), await _promised(office)
    real = replanning._first_look
    monkeypatch.setattr(
        replanning, "_first_look", lambda crew, each, lead: _raise() if each.id == 1 else real(crew, each, lead)
    )

    def ask(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            for ident in (1, 2):
                promises.change_promise(tx, ident, next_at=ctx.now + DAY)
            replanning.ask_for_team(tx, ctx)

    await office.desk.do(ask)
    assert not await office.desk.do(replanning.replan_team)
    [one], [other] = await office.promises(bad), await office.promises(good)
    assert (one.next_at, other.next_at) == (office.now, other.due_at - HOUR)
