"""Aims: from the words that wait, in the team's working time, by category and client; met by a person."""

from dataclasses import replace

import pytest

from bot.domain.aims import aims
from bot.domain.categories import COMPLAINT, SUPPORT, THANKS
from bot.domain.requests import State
from bot.domain.targets import TargetKind, TargetOutcome
from bot.services.audit import auditing
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.nudges import aiming
from bot.services.requests import moving
from tests.services.aims import HOUR, MINUTE, aim, at, moment, outcomes, planned
from tests.support.office import MIRA, Office, acting


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026-11-27T16:30", "2026-11-30T09:30"),  # a Friday afternoon
        ("2026-11-27T16:00", "2026-11-27T17:00"),
        ("2026-11-28T12:00", "2026-11-30T10:00"),  # a Saturday
        ("2026-11-30T08:59", "2026-11-30T10:00"),
        ("2026-11-30T09:00", "2026-11-30T10:00"),
    ],
)
async def test_a_first_answer_is_due_in_the_teams_working_time(at_work: Office, written: str, due: str) -> None:
    at(at_work, written)
    found = await aim(at_work, (await at_work.webhook()).request)
    assert (found.kind, found.due_at) == (TargetKind.FIRST_ANSWER, moment(due))


async def test_the_clock_begins_with_the_words_not_with_their_arrival(at_work: Office) -> None:
    at(at_work, "2026-11-30T09:40")
    found = await aim(at_work, (await at_work.webhook(at=moment("2026-11-30T09:10"))).request)
    assert (found.start_at, found.due_at) == (moment("2026-11-30T09:10"), moment("2026-11-30T10:10"))


@pytest.mark.parametrize(
    ("said", "begins", "due"),
    [
        ("2026-11-30T09:39", "2026-11-30T09:39", "2026-11-30T10:39"),
        ("2026-11-30T09:40", "2026-11-30T09:40", "2026-11-30T10:40"),
        ("2026-11-30T09:41", "2026-11-30T09:40", "2026-11-30T10:40"),
        ("2026-12-01T12:00", "2026-11-30T09:40", "2026-11-30T10:40"),
    ],
    ids=["just before", "at once", "a minute ahead", "a day ahead"],
)
async def test_a_clients_clock_that_is_ahead_of_ours_puts_nothing_off(
    at_work: Office, said: str, begins: str, due: str
) -> None:
    at(at_work, "2026-11-30T09:40")
    found = await aim(at_work, (await at_work.webhook(at=moment(said))).request)
    assert (found.start_at, found.due_at) == (moment(begins), moment(due))


async def test_the_next_answer_begins_with_the_oldest_words_that_wait(office: Office) -> None:
    request = (await office.webhook(thread="t1")).request
    await office.send(request)
    office.later(hours=1)
    first = office.now
    await office.webhook("Can you also look at the footer?", thread="t1")
    before = await aim(office, request)
    assert (before.kind, before.start_at, before.due_at) == (TargetKind.NEXT_ANSWER, first, first + 4 * HOUR)
    office.later(hours=1)
    await office.webhook("And what about the header?", thread="t1")
    assert await aim(office, request) == before


async def test_the_next_answer_is_wanted_while_a_promise_stands_too(office: Office) -> None:
    request = (await office.webhook(thread="t1")).request
    await office.send(request, due=48 * HOUR)
    assert (await office.card(request)).target is None
    await office.webhook("Can you also look at the footer?", thread="t1")
    assert (await aim(office, request)).kind is TargetKind.NEXT_ANSWER
    office.later(hours=3, minutes=45)
    assert await planned(office) == [MIRA.id]


async def test_a_thank_you_moves_nothing(office: Office) -> None:
    request = (await office.webhook(thread="t1")).request
    await office.send(request, due=3 * HOUR)
    for state in (None, moving.wait_for_client, moving.close_request):
        if state is not None:
            await office.desk.do(state, actor=acting(MIRA), request=request)  # type: ignore[arg-type]
        before = await office.card(request)
        office.later(minutes=1)
        await office.webhook("Thanks a lot!", thread="t1")
        after = await office.card(request)
        assert (after.request, after.target, after.promises) == (before.request, before.target, before.promises)


async def test_only_words_that_were_delivered_answer(office: Office) -> None:
    request = (await office.webhook()).request
    await office.approve(request)
    assert (await aim(office, request)).outcome is TargetOutcome.OPEN
    office.later(seconds=11)
    await office.deliver()
    assert (await aim(office, request)).kind is TargetKind.NEXT_WORD
    assert await outcomes(office, request) == [TargetOutcome.MET, TargetOutcome.OPEN]


async def test_an_answer_after_the_aim_was_due_has_missed_it(office: Office) -> None:
    request = (await office.webhook()).request
    office.later(hours=1)
    await office.send(request, due=3 * HOUR)
    assert await outcomes(office, request) == [TargetOutcome.MISSED]


async def test_a_request_that_has_neither_promise_nor_aim_gets_the_next_word(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request)
    found = await aim(office, request)
    assert (found.kind, found.due_at) == (TargetKind.NEXT_WORD, office.now + 4 * HOUR)
    office.later(hours=3, minutes=45)
    assert await planned(office) == [MIRA.id]


async def test_a_complaint_is_due_sooner_and_thanks_are_not_due(office: Office) -> None:
    complaint = (await office.webhook(category=COMPLAINT)).request
    assert (await aim(office, complaint)).due_at == office.now + 30 * MINUTE
    thanks = (await office.webhook("You are wonderful!", category=THANKS)).request
    assert (await office.card(thanks)).target is None
    assert await office.desk.do(auditing.audit) == 0


async def test_the_settings_hold_for_everybody_else(office: Office) -> None:
    policy = office.desk.policy
    office.desk.policy = replace(policy, first_answer=aims(2 * HOUR, {SUPPORT: 3 * HOUR}))
    assert (await aim(office, (await office.webhook(category=SUPPORT)).request)).due_at == office.now + 3 * HOUR


async def test_reopening_starts_afresh_and_nothing_is_overdue_in_that_second(office: Office) -> None:
    request = (await office.webhook()).request
    office.later(hours=9)
    await planned(office)
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)
    office.later(hours=9)
    await office.desk.do(moving.reopen_request, actor=acting(MIRA), request=request)
    assert (await aim(office, request)).due_at == office.now + HOUR
    assert await planned(office) == []
    assert (await office.card(request)).request.state is State.NEW


async def test_keeping_a_clock_twice_is_keeping_it_once(office: Office) -> None:
    request = (await office.webhook()).request
    before = await aim(office, request)

    def keep(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            for _ in range(3):
                aiming.keep_a_clock(tx, ctx, find_request(tx, request))

    office.later(minutes=5)
    await office.desk.do(keep)
    assert await aim(office, request) == before
