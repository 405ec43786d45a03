"""A button that is pressed again, or delivered again, says nothing about what came after its first press."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.domain.promises import Outcome, Promise
from bot.domain.replies import PromiseKind, ReplyKind
from bot.domain.targets import TargetKind, TargetOutcome
from bot.errors import RefusedError
from bot.services.nudges import nudging
from bot.services.replies import promising
from tests.services.aims import aim, at, outcomes
from tests.support.office import MIRA, Office, acting

HOUR = timedelta(hours=1)
ROOT = "1795420700.000001"
Time = Callable[[Office], Awaitable[Promise]]


async def told(office: Office, kind: PromiseKind = PromiseKind.HEAR) -> Promise:
    """Return a promise of eleven o'clock on a Monday; Carla asked at nine."""
    at(office, "2026-11-30 09:00")
    await office.link_acme()
    found = await office.said("The shop is down.", ts=ROOT)
    assert found
    await office.send(found.request, promise=kind, due=2 * HOUR)
    return (await office.promises(found.request))[-1]


async def answered(office: Office, promise: Promise) -> None:
    await office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)


async def asks(office: Office, text: str = "It broke again, can you look?") -> datetime:
    """Let Carla write in the thread; return when."""
    await office.said(text, thread=ROOT)
    return office.now


async def _open(office: Office) -> Promise:
    return await told(office)


async def _open_to_have(office: Office) -> Promise:
    return await told(office, PromiseKind.HAVE)


async def _past(office: Office) -> Promise:
    """Nobody has looked at it since it was due."""
    promise = await told(office)
    at(office, "2026-11-30 11:00:11")
    return promise


async def _slipped(office: Office) -> Promise:
    promise = await _past(office)
    at(office, "2026-11-30 11:30")
    await office.desk.do(nudging.plan)
    return promise


@pytest.mark.parametrize("stands", [_open, _open_to_have, _past, _slipped])
async def test_answered_again_leaves_a_later_question_its_clock(at_work: Office, stands: Time) -> None:
    promise = await stands(at_work)
    await answered(at_work, promise)
    assert (await at_work.card(promise.request)).request.waiting_since is None
    at(at_work, "2026-12-01 10:00")
    wrote = await asks(at_work)
    before = await aim(at_work, promise.request)
    at_work.later(minutes=5)
    for _ in range(2):
        await answered(at_work, promise)
    card = await at_work.card(promise.request)
    assert (card.request.waiting_since, card.target) == (wrote, before)
    assert before.kind is TargetKind.NEXT_ANSWER


@pytest.mark.parametrize("stands", [_past, _slipped])
async def test_answered_after_the_time_is_noted_once(at_work: Office, stands: Time) -> None:
    promise = await stands(at_work)
    for _ in range(3):
        await answered(at_work, promise)
    status = await at_work.status(promise.request)
    assert [entry.kind for entry in status.history].count("answered_late") == 1
    assert [one.outcome for one in status.promises] == [Outcome.SLIPPED]
    assert (await at_work.card(promise.request)).ledger.told_after == 1


@pytest.mark.parametrize("stands", [_past, _slipped])
async def test_answered_after_a_time_that_they_got_word_about_answers_no_later_question(
    at_work: Office, stands: Time
) -> None:
    promise = await stands(at_work)
    if (await at_work.promises(promise.request))[-1].outcome is Outcome.OPEN:
        await at_work.desk.do(nudging.plan)
    await at_work.send(promise.request, kind=ReplyKind.ANSWER)
    at_work.later(minutes=5)
    wrote = await asks(at_work)
    at_work.later(minutes=5)
    await answered(at_work, promise)
    card = await at_work.card(promise.request)
    assert (card.request.waiting_since, card.target and card.target.start_at) == (wrote, wrote)


async def test_a_question_while_the_late_words_were_on_their_way_waits_on_too(at_work: Office) -> None:
    promise = await _slipped(at_work)
    await at_work.approve(promise.request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=5)
    wrote = await asks(at_work)
    at_work.later(seconds=6)
    await at_work.deliver()
    await answered(at_work, promise)
    assert (await at_work.card(promise.request)).request.waiting_since == wrote


async def test_yes_answered_after_a_slip_says_it_of_the_words_in_the_channel(at_work: Office) -> None:
    promise = await _past(at_work)
    await at_work.said("It is up again.", user=MIRA.id, thread=ROOT)
    at_work.later(seconds=5)
    await at_work.desk.do(nudging.plan)
    assert (await at_work.card(promise.request)).request.waiting_since == promise.due_at
    await answered(at_work, promise)
    assert (await at_work.card(promise.request)).request.waiting_since is None


@pytest.mark.parametrize(
    ("seconds", "ends"), [(-1, TargetOutcome.MET), (0, TargetOutcome.MET), (1, TargetOutcome.MISSED)]
)
async def test_a_word_meets_an_aim_only_until_it_is_due(at_work: Office, seconds: int, ends: TargetOutcome) -> None:
    promise = await told(at_work, PromiseKind.HAVE)
    await asks(at_work)
    due = (await aim(at_work, promise.request)).due_at
    at_work.later(seconds=(due - at_work.now).total_seconds() + seconds)
    await answered(at_work, promise)
    assert (await outcomes(at_work, promise.request))[-2] is ends


async def test_on_it_again_does_not_take_on_the_time_it_was_moved_to(at_work: Office) -> None:
    promise = await told(at_work)
    for _ in range(2):
        await at_work.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    await at_work.send(promise.request, kind=ReplyKind.DELAY_UPDATE, due=5 * HOUR, replaces=promise.id)
    with pytest.raises(RefusedError, match="moved since"):
        await at_work.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    moved = (await at_work.promises(promise.request))[-1]
    assert (moved.outcome, moved.acked_at) == (Outcome.OPEN, None)
    taken = await at_work.desk.do(promising.take_on, actor=acting(MIRA), promise=moved.id)
    assert taken.acked_at == at_work.now


async def test_the_first_press_on_an_old_nudge_takes_on_the_time_that_stands_and_no_later_one(at_work: Office) -> None:
    first = await told(at_work)
    await at_work.send(first.request, kind=ReplyKind.DELAY_UPDATE, due=4 * HOUR, replaces=first.id)
    second = await at_work.desk.do(promising.take_on, actor=acting(MIRA), promise=first.id)
    assert second.id != first.id
    await at_work.send(first.request, kind=ReplyKind.DELAY_UPDATE, due=6 * HOUR, replaces=second.id)
    with pytest.raises(RefusedError, match="moved since"):
        await at_work.desk.do(promising.take_on, actor=acting(MIRA), promise=first.id)
    assert (await at_work.promises(first.request))[-1].acked_at is None


async def test_snooze_twice_is_one_snooze(at_work: Office) -> None:
    promise = await told(at_work)
    at(at_work, "2026-11-30 10:05")
    once = await at_work.desk.do(promising.snooze, actor=acting(MIRA), promise=promise.id)
    at_work.later(minutes=1)
    assert await at_work.desk.do(promising.snooze, actor=acting(MIRA), promise=promise.id) == once
    history = (await at_work.status(promise.request)).history
    assert [entry.kind for entry in history].count("snoozed") == 1


async def test_release_again_leaves_a_later_promise_and_question_alone(at_work: Office) -> None:
    promise = await told(at_work)
    await at_work.desk.do(promising.release_promise, actor=acting(MIRA), promise=promise.id)
    await at_work.send(promise.request, due=4 * HOUR)
    wrote = await asks(at_work)
    before = await at_work.card(promise.request)
    await at_work.desk.do(promising.release_promise, actor=acting(MIRA), promise=promise.id)
    after = await at_work.card(promise.request)
    assert (after.request, after.target, after.promises) == (before.request, before.target, before.promises)
    assert after.request.waiting_since == wrote
