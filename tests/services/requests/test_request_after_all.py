"""What was taken for no request by mistake waits as it did once it is open again; what was called done does not."""

from datetime import datetime

import pytest

from bot.domain.people import Actor
from bot.domain.promises import ClientAnswer
from bot.domain.replies import ReplyKind
from bot.domain.requests import State
from bot.domain.targets import TargetKind, TargetOutcome
from bot.services.audit import auditing
from bot.services.nudges import nudging
from bot.services.replies import answering
from bot.services.requests import moving
from tests.services.aims import HOUR, aim, at, moment, outcomes, planned
from tests.services.carla import ROOT, opened
from tests.support.office import ACME_CHANNEL, CARLA, MIRA, Office, acting


async def asked_again(office: Office) -> int:
    """Return one that was answered, and about which Carla asked something new at ten."""
    request = await opened(office)
    await office.send(request, kind=ReplyKind.ANSWER)
    at(office, "2026-11-30 10:00")
    await office.said("It broke again, can you look?", thread=ROOT)
    return request


async def mistaken(office: Office, request: int) -> datetime | None:
    """Take it for no request and open it again a minute later; return since when the client waits."""
    await office.desk.do(moving.mark_not_a_request, actor=acting(MIRA), request=request)
    assert (await office.card(request)).request.waiting_since is None
    office.later(minutes=1)
    for _ in range(2):
        await office.desk.do(moving.reopen_request, actor=acting(MIRA), request=request)
    return (await office.card(request)).request.waiting_since


async def test_an_unanswered_question_waits_since_it_was_written_and_its_aim_begins_anew(at_work: Office) -> None:
    request = await asked_again(at_work)
    assert await mistaken(at_work, request) == moment("2026-11-30 10:00")
    found = await aim(at_work, request)
    assert (found.kind, found.start_at, found.due_at) == (
        TargetKind.NEXT_ANSWER,
        moment("2026-11-30 10:01"),
        moment("2026-11-30 14:01"),
    )
    await at_work.deliver()
    assert await at_work.desk.do(auditing.audit) == 0


async def test_what_nobody_has_answered_at_all_waits_for_its_first_answer(at_work: Office) -> None:
    request = await opened(at_work)
    assert await mistaken(at_work, request) == moment("2026-11-30 09:00")
    assert (await aim(at_work, request)).kind is TargetKind.FIRST_ANSWER


async def test_nothing_is_overdue_in_that_second_however_long_they_wait(at_work: Office) -> None:
    request = await asked_again(at_work)
    at(at_work, "2026-12-04 12:00")
    while (await at_work.desk.do(nudging.plan)).more:
        pass
    assert await mistaken(at_work, request) == moment("2026-11-30 10:00")
    before = await outcomes(at_work, request)
    assert await planned(at_work) == []
    assert await outcomes(at_work, request) == before
    assert (before[-2:], (await at_work.card(request)).missed) == ([TargetOutcome.RELEASED, TargetOutcome.OPEN], None)


async def test_what_was_answered_or_told_a_time_is_not_asked_anew(at_work: Office) -> None:
    request = await opened(at_work)
    await at_work.send(request, kind=ReplyKind.ANSWER)
    assert await mistaken(at_work, request) is None
    assert (await aim(at_work, request)).kind is TargetKind.NEXT_WORD
    other = (await at_work.webhook()).request
    await at_work.send(other, due=2 * HOUR)
    assert await mistaken(at_work, other) is None


async def test_what_a_member_said_in_the_channel_is_not_asked_anew(at_work: Office) -> None:
    request = await asked_again(at_work)
    at_work.later(minutes=1)
    await at_work.said("It is up again.", user=MIRA.id, thread=ROOT)
    at_work.later(minutes=1)
    assert await mistaken(at_work, request) is None


async def test_a_time_that_slipped_still_waits_for_a_word(at_work: Office) -> None:
    request = await opened(at_work)
    await at_work.send(request, due=HOUR)
    at(at_work, "2026-11-30 10:00:12")
    await at_work.desk.do(nudging.plan)
    since = (await at_work.card(request)).request.waiting_since
    assert since == moment("2026-11-30 09:00")
    assert await mistaken(at_work, request) == since


async def test_a_wish_for_a_call_waits_too(at_work: Office) -> None:
    request = await opened(at_work)
    await at_work.send(request, due=2 * HOUR)
    [promise] = await at_work.promises(request)
    at_work.later(minutes=5)
    pressed = at_work.now
    await at_work.desk.do(
        answering.answer_as_client,
        actor=Actor(CARLA, "T0ACME"),
        promise=promise.id,
        answer=ClientAnswer.CALL,
        channel=ACME_CHANNEL,
    )
    assert await mistaken(at_work, request) == pressed


@pytest.mark.parametrize("slips", [False, True])
async def test_what_was_called_done_has_been_answered(at_work: Office, *, slips: bool) -> None:
    request = await asked_again(at_work)
    if slips:
        await at_work.send(request, due=HOUR)
        at_work.later(hours=1, seconds=5)
        await at_work.desk.do(nudging.plan)
    await at_work.desk.do(moving.close_request, actor=acting(MIRA), request=request)
    at_work.later(minutes=1)
    await at_work.desk.do(moving.reopen_request, actor=acting(MIRA), request=request)
    card = await at_work.card(request)
    assert (card.request.state, card.request.waiting_since) == (State.OPEN, None)
    at_work.later(minutes=1)
    assert await mistaken(at_work, request) is None
