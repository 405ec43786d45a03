"""Nudges come once, in time, to the right person, and not after they became pointless (law L4)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.domain.promises import Outcome, Promise
from bot.domain.replies import ReplyKind
from bot.domain.requests import State
from bot.services import people
from bot.services.audit import auditing
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.replies import promising, sending
from bot.services.requests import claiming, moving
from tests.support.office import JONAS, MIRA, SAM, Office, acting

HOUR = timedelta(hours=1)

Happening = Callable[[Office, Promise], Awaitable[None]]


async def promised(office: Office, *, due: timedelta = 3 * HOUR) -> Promise:
    """Return a promise of Mira's, told just now."""
    request = (await office.webhook()).request
    await office.send(request, due=due)
    return (await office.promises(request))[-1]


def at(office: Office, instant: datetime) -> None:
    """Move the clock to an instant."""
    office.desk.clock.move(instant - office.now)


async def nudged(office: Office) -> list[tuple[str, int]]:
    """Plan and deliver; return (recipient, number of items) of each new message."""
    await office.desk.do(nudging.plan)
    rows = await office.deliver()
    return sorted((row.recipient, 1) for row in rows if row.kind == "nudge" and not row.shown)


@pytest.mark.parametrize(
    ("seconds_to_due", "count"),
    [(3601, 0), (3600, 1), (3599, 1), (901, 1), (900, 1), (1, 1)],
    ids=["just before the rung", "at the rung", "just after", "before the second", "at the second", "long after"],
)
async def test_one_nudge_at_the_most_urgent_rung_that_is_due(office: Office, seconds_to_due: int, count: int) -> None:
    promise = await promised(office)
    at(office, promise.due_at - timedelta(seconds=seconds_to_due))
    assert await nudged(office) == [(MIRA.id, 1)] * count
    assert await nudged(office) == []


async def test_the_whole_ladder_sixty_fifteen_and_slipped_to_owner_and_lead(office: Office) -> None:
    """Nobody answers: after half an hour the lead hears, too."""
    promise = await promised(office)
    seen = []
    for minutes in (61, 60, 30, 15, 5, 0, -5):
        at(office, promise.due_at - timedelta(minutes=minutes))
        seen.append((minutes, await nudged(office)))
    assert seen == [
        (61, []),
        (60, [(MIRA.id, 1)]),
        (30, [(SAM.id, 1)]),
        (15, [(MIRA.id, 1)]),
        (5, []),
        (0, [(MIRA.id, 1), (SAM.id, 1)]),
        (-5, []),
    ]
    assert (await office.promises(promise.request))[-1].outcome is Outcome.SLIPPED


async def test_ten_plans_at_one_instant_are_one(office: Office) -> None:
    promise = await promised(office)
    at(office, promise.due_at - HOUR)
    await asyncio.gather(*(office.desk.do(nudging.plan) for _ in range(10)))
    assert len(await office.nudges()) == 1


async def test_rungs_past_at_the_opening_are_superseded_and_a_short_promise_gets_one_at_half(office: Office) -> None:
    promise = await promised(office, due=timedelta(minutes=30))
    assert promise.next_at == promise.due_at - timedelta(minutes=15)
    short = await promised(office, due=timedelta(minutes=10))
    assert short.next_at is not None
    opened = short.due_at - (short.due_at - short.next_at) * 2
    assert abs((opened - office.now).total_seconds()) < 1


async def test_nobody_owns_it_so_the_lead_hears(office: Office) -> None:
    promise = await promised(office)
    await office.desk.do(claiming.release_request, actor=acting(MIRA), request=promise.request)
    at(office, promise.due_at - HOUR)
    assert await nudged(office) == [(SAM.id, 1)]


async def test_without_owner_and_lead_the_team_channel_hears(office: Office) -> None:
    promise = await promised(office)
    for who in (MIRA, SAM):
        await office.desk.do(people.member_left, user=who.id)
    at(office, promise.due_at - HOUR)
    assert await nudged(office) == [("channel", 1)]


async def _answered(office: Office, promise: Promise) -> None:
    await office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)


async def _moved(office: Office, promise: Promise) -> None:
    approved = await office.approve(promise.request, kind=ReplyKind.DELAY_UPDATE, due=5 * HOUR, replaces=promise.id)

    def sent(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            sending.reply_sent(tx, ctx, approved.reply, place=None)

    await office.desk.do(sent)


async def _closed(office: Office, promise: Promise) -> None:
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=promise.request)


async def _handed_over(office: Office, promise: Promise) -> None:
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=promise.request, to=JONAS.id)


@pytest.mark.parametrize("happens", [_answered, _moved, _closed, _handed_over])
async def test_a_nudge_that_became_pointless_before_it_left_is_not_sent(office: Office, happens: Happening) -> None:
    promise = await promised(office)
    at(office, promise.due_at - HOUR)
    await office.desk.do(nudging.plan)
    await happens(office, promise)
    assert MIRA.id not in [row.recipient for row in await office.deliver() if row.kind == "nudge"]


@pytest.mark.parametrize("happens", [_answered, _moved, _closed, _handed_over])
async def test_a_sent_nudge_that_became_pointless_is_shown_as_such(office: Office, happens: Happening) -> None:
    promise = await promised(office)
    at(office, promise.due_at - HOUR)
    await nudged(office)
    await happens(office, promise)
    changed = [row for row in await office.deliver() if row.kind == "nudge" and row.shown and row.recipient == MIRA.id]
    assert len(changed) == 1


async def test_the_slipped_rung_waits_while_a_reply_is_on_its_way(office: Office) -> None:
    promise = await promised(office)
    at(office, promise.due_at - timedelta(seconds=4))
    await office.approve(promise.request, kind=ReplyKind.DELAY_UPDATE, due=HOUR, replaces=promise.id)
    at(office, promise.due_at + timedelta(seconds=1))
    await office.desk.do(nudging.plan)
    assert (await office.promises(promise.request))[0].outcome is Outcome.OPEN
    office.later(seconds=10)
    await office.deliver()
    assert (await office.promises(promise.request))[0].outcome is Outcome.SLIPPED


async def test_a_hand_over_alone_does_not_nudge_again(office: Office) -> None:
    promise = await promised(office)
    at(office, promise.due_at - HOUR)
    await nudged(office)
    await _handed_over(office, promise)
    assert [row.recipient for row in await office.deliver() if row.kind == "nudge" and not row.shown] == [JONAS.id]
    assert await nudged(office) == []


async def test_nudges_to_one_person_within_a_minute_share_one_message(office: Office) -> None:
    first = await promised(office)
    office.later(seconds=20)
    second = await promised(office)
    assert timedelta(0) < second.due_at - first.due_at < timedelta(seconds=60)
    at(office, first.due_at - HOUR)
    assert await nudged(office) == []
    at(office, second.due_at - HOUR)
    assert await nudged(office) == [(MIRA.id, 1)]
    assert len(await office.nudges()) == 2
    assert await nudged(office) == []


async def test_twelve_at_once_are_two_messages_of_at_most_ten(office: Office) -> None:
    requests = [(await office.webhook()).request for _ in range(12)]
    for request in requests:
        await office.approve(request, due=3 * HOUR)
    office.later(seconds=11)
    await office.deliver()
    office.later(hours=2, seconds=5)
    assert len(await nudged(office)) == 2


async def test_snooze_comes_again_once_and_the_slipped_rung_never_moves(office: Office) -> None:
    promise = await promised(office)
    at(office, promise.due_at - HOUR)
    assert len(await nudged(office)) == 1
    await office.desk.do(promising.snooze, actor=acting(MIRA), promise=promise.id)
    office.later(minutes=29)
    assert await nudged(office) == []
    office.later(minutes=1)
    assert await nudged(office) == [(MIRA.id, 1)]
    at(office, promise.due_at - timedelta(minutes=15))
    assert await nudged(office) == [(MIRA.id, 1), (SAM.id, 1)]
    at(office, promise.due_at)
    assert len(await nudged(office)) == 2


async def test_after_a_weekend_asleep_one_message_a_person_says_it(office: Office) -> None:
    promise = await promised(office)
    at(office, promise.due_at + timedelta(days=2))
    assert sorted(await nudged(office)) == [(MIRA.id, 1), (SAM.id, 1)]
    assert await nudged(office) == []


async def test_an_unanswered_new_request_reminds_the_team_channel_once(office: Office) -> None:
    request = (await office.webhook()).request
    target = (await office.card(request)).target
    assert target is not None
    assert target.next_at is not None
    at(office, target.next_at - timedelta(seconds=1))
    assert await nudged(office) == []
    at(office, target.next_at)
    assert await nudged(office) == [("channel", 1)]
    assert await nudged(office) == []


async def test_a_request_of_ours_never_stays_without_a_clock(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, kind=ReplyKind.ANSWER)
    card = await office.card(request)
    assert card.promises == ()
    assert card.target is not None
    assert await office.desk.do(auditing.audit) == 0


async def test_parked_requests_come_back_by_themselves_once(office: Office) -> None:
    request = (await office.webhook()).request
    until = office.now + timedelta(days=1)
    await office.desk.do(moving.park_request, actor=acting(MIRA), request=request, until=until)
    at(office, until - timedelta(seconds=1))
    assert await nudged(office) == []
    at(office, until)
    assert await nudged(office) == [(MIRA.id, 1)]
    assert (await office.card(request)).request.state is State.OPEN
    assert await nudged(office) == []


async def test_a_nudge_goes_out_on_the_day_the_clocks_change(office: Office) -> None:
    office.desk.clock.move(datetime.fromisoformat("2027-03-28T00:30:00+00:00") - office.now)
    promise = await promised(office, due=2 * HOUR)
    at(office, promise.due_at - HOUR - timedelta(seconds=1))
    assert await nudged(office) == []
    at(office, promise.due_at - HOUR)
    assert await nudged(office) == [(MIRA.id, 1)]
