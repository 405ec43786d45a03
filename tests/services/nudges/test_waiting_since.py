"""A client whose promise slipped waits since the oldest words of theirs that nothing has answered."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.domain.promises import Outcome
from bot.domain.replies import PromiseKind, ReplyKind
from bot.services.nudges import nudging
from bot.services.replies import deciding, promising
from tests.support.office import MIRA, Office, acting

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ROOT = "1795420700.000001"


async def asked(office: Office) -> int:
    """Return a request that Carla wrote just now."""
    await office.link_acme()
    found = await office.said("The shop is down.", ts=ROOT)
    assert found
    return found.request


async def slips(office: Office, request: int) -> datetime | None:
    """Let the open promise pass, and return since when the client waits."""
    due = next(p.due_at for p in await office.promises(request) if p.outcome is Outcome.OPEN)
    office.later(seconds=(due - office.now).total_seconds() + 1)
    await office.desk.do(nudging.plan)
    assert (await office.card(request)).slipped is not None
    return (await office.card(request)).request.waiting_since


async def test_a_time_that_passed_has_answered_nothing(office: Office) -> None:
    wrote = office.now
    request = await asked(office)
    office.later(hours=1)
    await office.send(request, due=2 * HOUR)
    assert await slips(office, request) == wrote


async def test_words_whose_clock_is_a_little_ahead_of_ours_are_no_different(office: Office) -> None:
    wrote = office.now + timedelta(milliseconds=20)
    request = (await office.webhook(at=wrote)).request
    await office.send(request, due=2 * HOUR)
    assert await slips(office, request) == wrote


async def test_what_was_written_while_the_time_was_on_its_way_counts(office: Office) -> None:
    request = await asked(office)
    await office.send(request, kind=ReplyKind.ANSWER)
    office.later(minutes=20)
    await office.approve(request, due=2 * HOUR)
    office.later(seconds=5)
    wrote = office.now
    await office.said("It is down once more, can you look?", thread=ROOT)
    office.later(seconds=6)
    await office.deliver()
    assert await slips(office, request) == wrote


async def test_a_time_that_was_moved_and_passed_has_answered_nothing_either(office: Office) -> None:
    wrote = office.now
    request = await asked(office)
    await office.send(request, due=2 * HOUR)
    [promise] = await office.promises(request)
    office.later(hours=1)
    await office.send(request, kind=ReplyKind.DELAY_UPDATE, due=4 * HOUR, replaces=promise.id)
    assert await slips(office, request) == wrote


async def _answered(office: Office, request: int) -> None:
    await office.send(request, kind=ReplyKind.ANSWER)


async def _asked_back(office: Office, request: int) -> None:
    await office.send(request, kind=ReplyKind.QUESTION)


async def _said(office: Office, request: int) -> None:
    assert request
    await office.said("It is up again.", user=MIRA.id, thread=ROOT)


async def _kept(office: Office, request: int) -> None:
    await office.send(request, due=2 * HOUR)
    promise = (await office.promises(request))[-1]
    await office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)


@pytest.mark.parametrize("answers", [_answered, _asked_back, _said, _kept])
async def test_only_what_was_written_after_an_answer_counts(
    office: Office, answers: Callable[[Office, int], Awaitable[None]]
) -> None:
    request = await asked(office)
    office.later(minutes=20)
    await answers(office, request)
    office.later(minutes=20)
    wrote = office.now
    await office.said("It is down once more, can you look?", thread=ROOT)
    office.later(minutes=5)
    await office.send(request, due=2 * HOUR)
    assert await slips(office, request) == wrote


async def test_who_has_all_answers_waits_for_what_was_to_come(office: Office) -> None:
    request = await asked(office)
    await office.send(request, kind=ReplyKind.ANSWER, promise=PromiseKind.HAVE, due=2 * HOUR)
    [promise] = await office.promises(request)
    assert await slips(office, request) == promise.due_at


async def test_what_they_wrote_after_the_time_was_told_does_not_hide_what_is_older(office: Office) -> None:
    wrote = office.now
    request = await asked(office)
    await office.send(request, due=2 * HOUR)
    office.later(minutes=30)
    await office.said("Any news about it? We lose orders.", thread=ROOT)
    assert await slips(office, request) == wrote


async def test_thanks_are_nothing_to_wait_for(office: Office) -> None:
    request = await asked(office)
    await office.send(request, kind=ReplyKind.ANSWER, promise=PromiseKind.HAVE, due=2 * HOUR)
    [promise] = await office.promises(request)
    office.later(minutes=1)
    await office.said("Thank you so much!", thread=ROOT)
    assert await slips(office, request) == promise.due_at


async def test_words_that_never_left_answer_nothing(office: Office) -> None:
    wrote = office.now
    request = await asked(office)
    undone = await office.approve(request, kind=ReplyKind.ANSWER)
    await office.desk.do(deciding.undo_reply, actor=acting(MIRA), reply=undone.reply.id)
    await office.send(request, due=2 * HOUR)
    assert await slips(office, request) == wrote


async def test_a_word_after_it_slipped_ends_the_wait(office: Office) -> None:
    request = await asked(office)
    await office.send(request, due=2 * HOUR)
    await slips(office, request)
    await office.send(request, kind=ReplyKind.ANSWER)
    assert (await office.card(request)).request.waiting_since is None


async def test_what_they_wrote_while_the_words_that_kept_a_time_were_on_their_way_counts(office: Office) -> None:
    request = await asked(office)
    await office.send(request, due=2 * HOUR)
    await office.approve(request, kind=ReplyKind.ANSWER)
    office.later(seconds=5)
    wrote = office.now
    await office.said("It is down once more, can you look?", thread=ROOT)
    office.later(seconds=6)
    await office.deliver()
    assert [promise.outcome for promise in await office.promises(request)] == [Outcome.KEPT]
    await office.send(request, due=2 * HOUR)
    assert await slips(office, request) == wrote
