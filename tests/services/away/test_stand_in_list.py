"""What whoever stands in was told of follows what becomes of it. It is Monday 23 November 2026, 10:00 in Helsinki."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.away.away import AwayPost, Falling
from bot.domain.hours.calendars import CalendarRules, parse_week
from bot.domain.promises import Outcome
from bot.services.away import absences, away_posts, entering
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.replies import promising
from bot.services.requests import claiming, moving
from bot.store import outbox
from bot.store.outbox import Row
from tests.support.office import JONAS, MIRA, SAM, Office, acting

DAY = timedelta(days=1)


@pytest.fixture
async def office(office: Office) -> Office:
    """The team works from Monday to Friday, 09:00 to 17:00, each by their own clock."""
    rules = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
    office.desk.policy = replace(office.desk.policy, calendar=rules)
    return office


async def away(office: Office, when: str = "tomorrow") -> int:
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when=when, cover=JONAS.id)
    return shown.absence.id


async def promised(office: Office) -> int:
    request = (await office.webhook()).request
    await office.send(request, due=DAY)
    return request


async def lists(office: Office) -> list[Row]:
    """Return the lists that are sent or changed now."""
    return [row for row in await office.deliver() if row.key.startswith("away:stands_in:")]


async def listed(office: Office, row: Row) -> Falling:
    def read(ctx: Context) -> AwayPost:
        with ctx.store.reading() as tx:
            post = away_posts.post_of(tx, ctx, row)
            assert isinstance(post, AwayPost)
            return post

    [item] = (await office.desk.read(read)).shown.falling
    return item


async def hand_over(office: Office, request: int) -> None:
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)


async def give_back(office: Office, request: int) -> None:
    await office.desk.do(claiming.release_request, actor=acting(MIRA), request=request)


async def move(office: Office, request: int) -> None:
    open_ones = [each for each in await office.promises(request) if each.outcome is Outcome.OPEN]
    await office.send(request, due=3 * DAY, replaces=open_ones[0].id)


async def move_twice(office: Office, request: int) -> None:
    await move(office, request)
    await move(office, request)


async def answer(office: Office, request: int) -> None:
    [promise] = await office.promises(request)
    await office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)


async def close(office: Office, request: int) -> None:
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)


async def slip(office: Office, request: int) -> None:
    office.later(days=1, minutes=1)
    await office.desk.do(nudging.plan)
    assert [each.outcome for each in await office.promises(request)] == [Outcome.SLIPPED]


Does = Callable[[Office, int], Awaitable[None]]


@pytest.mark.parametrize("does", [hand_over, give_back, answer, close, slip])
async def test_the_list_is_drawn_anew_after_each_change(office: Office, does: Does):
    request = await promised(office)
    await away(office)
    [first] = await lists(office)
    before = await listed(office, first)
    await does(office, request)
    [again] = await lists(office)
    assert (again.key, again.remote) == (first.key, again.remote)
    assert again.remote is not None, "it is the same message, changed, and no other"
    after = await listed(office, again)
    assert (after.owner, after.promise.outcome) != (before.owner, before.promise.outcome)
    assert await lists(office) == []


@pytest.mark.parametrize("moves", [move, move_twice])
async def test_a_new_time_stands_in_it(office: Office, moves: Does):
    request = await promised(office)
    await away(office)
    [first] = await lists(office)
    await moves(office, request)
    new = next(each for each in await office.promises(request) if each.outcome is Outcome.OPEN)
    assert (await listed(office, first)).moved_to == new.due_at
    assert await changed(office), "it was sent again after the reply that moved it"


async def changed(office: Office) -> bool:
    """Tell whether the list was drawn more than once."""

    def read(ctx: Context) -> bool:
        with ctx.store.reading() as tx:
            found = tx.execute(select(outbox.o.shown).where(outbox.o.key.like("away:stands_in:%"))).scalar()
            return (found or 0) > 1

    return await office.desk.read(read)


async def test_what_was_decided_before_they_hear_is_told_once_as_it_stands(office: Office):
    request = await promised(office)
    await away(office)
    await hand_over(office, request)
    [row] = await lists(office)
    item = await listed(office, row)
    assert item.owner is not None
    assert item.owner.id == JONAS.id


async def test_another_request_changes_nothing(office: Office):
    await promised(office)
    other = (await office.webhook()).request
    await office.send(other, due=20 * DAY)
    await away(office)
    assert len(await lists(office)) == 1
    await hand_over(office, other)
    assert await lists(office) == []


async def test_what_is_taken_back_or_over_is_not_drawn_anew(office: Office):
    request = await promised(office)
    absence = await away(office)
    assert len(await lists(office)) == 1
    await office.desk.do(absences.take_back, actor=acting(MIRA), absence=absence)
    await office.deliver()
    await office.desk.do(claiming.hand_over, actor=acting(SAM), request=request, to=JONAS.id)
    assert await lists(office) == []
