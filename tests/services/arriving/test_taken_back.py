"""What a client deletes is asked no more: they wait for the next oldest question or for nothing, and so does an aim."""

from datetime import datetime

import pytest

from bot.domain.promises import Outcome
from bot.domain.replies import PromiseKind, ReplyKind
from bot.domain.requests import State
from bot.domain.targets import TargetKind, TargetOutcome
from bot.services.arriving import listening
from bot.services.audit import auditing
from bot.services.nudges import nudging
from bot.services.replies import promising
from bot.services.requests import moving
from tests.services.aims import HOUR, aim, at, moment, outcomes, planned
from tests.services.carla import ROOT, opened
from tests.support.office import ACME_CHANNEL, MIRA, Office, acting


async def answered(office: Office) -> int:
    """Return it at ten, answered."""
    request = await opened(office)
    await office.send(request, kind=ReplyKind.ANSWER)
    at(office, "2026-11-30 10:00")
    return request


async def asks(office: Office, text: str = "It broke again, can you look?") -> tuple[str, datetime]:
    """Let Carla write in the thread; return where it stands, and when."""
    ts = f"{office.now.timestamp():.6f}"
    await office.said(text, thread=ROOT, ts=ts)
    return ts, office.now


async def takes_back(office: Office, ts: str) -> None:
    office.later(minutes=1)
    await office.desk.do(listening.message_deleted, channel=ACME_CHANNEL, ts=ts, at=office.now)


async def waits(office: Office, request: int) -> datetime | None:
    return (await office.card(request)).request.waiting_since


async def test_the_only_question_gone_nobody_waits_and_its_aim_is_over(at_work: Office) -> None:
    request = await answered(at_work)
    ts, _ = await asks(at_work)
    for _ in range(2):
        await takes_back(at_work, ts)
    assert await waits(at_work, request) is None
    assert (await outcomes(at_work, request))[-2:] == [TargetOutcome.RELEASED, TargetOutcome.OPEN]
    found = await aim(at_work, request)
    assert (found.kind, found.due_at) == (TargetKind.NEXT_WORD, moment("2026-11-30 14:01"))
    await at_work.deliver()
    assert await at_work.desk.do(auditing.audit) == 0


async def test_beside_a_time_that_they_were_told_no_aim_is_needed(at_work: Office) -> None:
    request = await opened(at_work)
    await at_work.send(request, due=48 * HOUR)
    ts, _ = await asks(at_work)
    await takes_back(at_work, ts)
    card = await at_work.card(request)
    assert (card.request.waiting_since, card.target) == (None, None)
    assert [promise.outcome for promise in await at_work.promises(request)] == [Outcome.OPEN]


async def test_of_two_questions_the_newer_counts_from_when_it_was_written(at_work: Office) -> None:
    request = await answered(at_work)
    ts, _ = await asks(at_work)
    at_work.later(minutes=10)
    _, newer = await asks(at_work, "And what about the search?")
    await takes_back(at_work, ts)
    assert await waits(at_work, request) == newer
    found = await aim(at_work, request)
    assert (found.kind, found.start_at, found.due_at) == (TargetKind.NEXT_ANSWER, newer, newer + 4 * HOUR)


async def test_a_newer_question_gone_leaves_the_older_one_its_clock(at_work: Office) -> None:
    request = await answered(at_work)
    _, older = await asks(at_work)
    at_work.later(minutes=10)
    ts, _ = await asks(at_work, "And what about the search?")
    before = await aim(at_work, request)
    await takes_back(at_work, ts)
    assert await waits(at_work, request) == older
    assert await aim(at_work, request) == before


async def test_thanks_below_a_question_that_is_gone_are_no_question(at_work: Office) -> None:
    request = await answered(at_work)
    ts, _ = await asks(at_work)
    at_work.later(minutes=1)
    await asks(at_work, "Thank you so much!")
    await takes_back(at_work, ts)
    assert await waits(at_work, request) is None


async def test_what_is_answered_may_go_without_a_trace_on_any_clock(at_work: Office) -> None:
    request = await answered(at_work)
    _, wrote = await asks(at_work)
    before = await aim(at_work, request)
    await takes_back(at_work, ROOT)
    assert await waits(at_work, request) == wrote
    assert await aim(at_work, request) == before


async def test_a_member_who_deletes_their_own_words_changes_no_wait(at_work: Office) -> None:
    request = await answered(at_work)
    await at_work.said("It is up again.", user=MIRA.id, thread=ROOT, ts="1796032000.000009")
    at_work.later(minutes=1)
    _, wrote = await asks(at_work)
    await takes_back(at_work, "1796032000.000009")
    assert await waits(at_work, request) == wrote


async def test_nobody_is_reminded_of_it_and_what_was_said_is_struck_through(at_work: Office) -> None:
    await answered(at_work)
    ts, _ = await asks(at_work)
    at(at_work, "2026-11-30 13:45")
    assert await planned(at_work) == [MIRA.id]
    at_work.later(minutes=2)
    sent = {row.id for row in await at_work.deliver() if row.kind == "nudge"}
    await takes_back(at_work, ts)
    assert sent & {row.id for row in await at_work.deliver() if row.kind == "nudge"}
    at(at_work, "2026-11-30 14:05")
    assert await planned(at_work) == []


async def test_while_it_rests_it_has_no_aim_and_gets_one_when_it_goes_on(at_work: Office) -> None:
    request = await answered(at_work)
    ts, _ = await asks(at_work)
    await at_work.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)
    await takes_back(at_work, ts)
    card = await at_work.card(request)
    assert (card.request.state, card.request.waiting_since, card.target) == (State.WAITING_CLIENT, None, None)
    await at_work.desk.do(moving.resume_request, actor=acting(MIRA), request=request)
    assert (await aim(at_work, request)).kind is TargetKind.NEXT_WORD


async def test_who_took_back_all_they_ever_asked_waits_no_more_but_somebody_looks_at_it(at_work: Office) -> None:
    request = await opened(at_work)
    await takes_back(at_work, ROOT)
    assert await waits(at_work, request) is None
    assert (await aim(at_work, request)).start_at == at_work.now
    await at_work.deliver()
    assert await at_work.desk.do(auditing.audit) == 0


async def test_of_quick_messages_the_one_that_is_left_counts(at_work: Office) -> None:
    request = await opened(at_work)
    at_work.later(minutes=1)
    second = at_work.now
    await at_work.said("On the phone, too.", ts=f"{second.timestamp():.6f}")
    await takes_back(at_work, ROOT)
    assert await waits(at_work, request) == second
    found = await aim(at_work, request)
    assert (found.kind, found.start_at, found.due_at) == (TargetKind.FIRST_ANSWER, second, second + HOUR)


@pytest.mark.parametrize("kind", [ReplyKind.ACKNOWLEDGEMENT, ReplyKind.ANSWER])
async def test_a_time_that_slipped_is_waited_for_still(at_work: Office, kind: ReplyKind) -> None:
    request = await opened(at_work)
    promise = PromiseKind.HEAR if kind is ReplyKind.ACKNOWLEDGEMENT else PromiseKind.HAVE
    await at_work.send(request, kind=kind, promise=promise, due=2 * HOUR)
    [told] = await at_work.promises(request)
    at(at_work, "2026-11-30 11:00:01")
    await at_work.desk.do(nudging.plan)
    await takes_back(at_work, ROOT)
    assert await waits(at_work, request) == told.due_at


async def test_a_question_before_a_slip_that_was_answered_is_all_there_was(at_work: Office) -> None:
    request = await opened(at_work)
    await at_work.send(request, due=HOUR)
    [told] = await at_work.promises(request)
    at(at_work, "2026-11-30 10:00:12")
    await at_work.desk.do(nudging.plan)
    await at_work.desk.do(promising.mark_answered, actor=acting(MIRA), promise=told.id)
    at_work.later(minutes=5)
    ts, _ = await asks(at_work)
    await takes_back(at_work, ts)
    assert await waits(at_work, request) is None
