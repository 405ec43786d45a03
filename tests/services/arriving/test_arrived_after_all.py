"""Words that turn out to have arrived answer what the client had written before them, and nothing that came since."""

from datetime import timedelta

from bot.domain.promises import Outcome
from bot.domain.replies import ReplyKind
from tests.services.aims import aim
from tests.services.meanwhile import arrived, asked, is_lost, waits, writes
from tests.support.office import JONAS, Office


async def test_it_arrived_answers_only_what_was_written_before(at_work: Office) -> None:
    request = await asked(at_work)
    reply = (await at_work.approve(request, kind=ReplyKind.ANSWER)).reply.id
    await is_lost(at_work, reply)
    at_work.later(hours=1)
    wrote = await writes(at_work)
    at_work.later(hours=1)
    await arrived(at_work, reply)
    assert await waits(at_work, request) == wrote


async def test_it_arrived_does_not_ask_anew_what_was_answered_meanwhile(at_work: Office) -> None:
    request = await asked(at_work)
    reply = (await at_work.approve(request, kind=ReplyKind.ANSWER)).reply.id
    await is_lost(at_work, reply)
    at_work.later(minutes=10)
    await writes(at_work)
    at_work.later(minutes=10)
    await at_work.send(request, kind=ReplyKind.ANSWER, by=JONAS)
    await arrived(at_work, reply)
    assert await waits(at_work, request) is None


async def test_it_arrived_leaves_a_newer_question_its_own_aim(at_work: Office) -> None:
    request = await asked(at_work)
    reply = (await at_work.approve(request, kind=ReplyKind.ANSWER)).reply.id
    await is_lost(at_work, reply)
    at_work.later(minutes=10)
    await writes(at_work)
    at_work.later(minutes=10)
    await at_work.send(request, kind=ReplyKind.ANSWER, by=JONAS)
    at_work.later(minutes=10)
    wrote = await writes(at_work, "And what about the search?")
    before = await aim(at_work, request)
    at_work.later(minutes=10)
    await arrived(at_work, reply)
    assert await waits(at_work, request) == wrote
    assert await aim(at_work, request) == before


async def test_it_arrived_says_nothing_about_a_promise_that_was_made_later(at_work: Office) -> None:
    request = await asked(at_work)
    reply = (await at_work.approve(request, kind=ReplyKind.ANSWER)).reply.id
    await is_lost(at_work, reply)
    at_work.later(minutes=10)
    await writes(at_work)
    await at_work.send(request, by=JONAS, due=timedelta(hours=3))
    await arrived(at_work, reply)
    assert [promise.outcome for promise in await at_work.promises(request)] == [Outcome.OPEN]
