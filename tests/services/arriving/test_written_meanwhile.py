"""Our words answer what the client had written before them; what came since keeps its clock, however late they left."""

from datetime import timedelta

import pytest

from bot.domain.incoming import ChannelMessage
from bot.domain.people import Actor
from bot.domain.promises import ClientAnswer
from bot.domain.replies import PromiseKind, ReplyKind
from bot.domain.targets import TargetKind, TargetOutcome
from bot.services.arriving import listening
from bot.services.replies import answering, deciding
from bot.services.requests import moving
from tests.services.aims import aim, moment, outcomes
from tests.services.meanwhile import AGAIN, ROOT, asked, says_late, waits, writes
from tests.support.office import ACME_CHANNEL, CARLA, MIRA, Office, acting


@pytest.mark.parametrize(
    ("before", "after", "still"),
    [(1, 0, False), (0, 0, False), (0, 1, True), (0, 10, True)],
    ids=["before", "at", "just after", "long after"],
)
@pytest.mark.parametrize("kind", [ReplyKind.ANSWER, ReplyKind.QUESTION, ReplyKind.ACKNOWLEDGEMENT])
async def test_a_reply_answers_what_was_written_until_it_was_approved(
    at_work: Office, kind: ReplyKind, before: int, after: int, *, still: bool
) -> None:
    request = await asked(at_work)
    wrote = None
    if not after:
        wrote = await writes(at_work)
        at_work.later(seconds=before)
    await at_work.approve(request, kind=kind)
    if after:
        at_work.later(seconds=after)
        wrote = await writes(at_work)
    at_work.later(seconds=11)
    await at_work.deliver()
    assert await waits(at_work, request) == (wrote if still else None)


async def test_what_they_write_after_it_left_starts_there(at_work: Office) -> None:
    request = await asked(at_work)
    await at_work.send(request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=1)
    assert await waits(at_work, request) is None
    assert await writes(at_work) == await waits(at_work, request)


async def test_the_oldest_of_several_questions_counts_and_thanks_do_not(at_work: Office) -> None:
    request = await asked(at_work)
    await at_work.approve(request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=1)
    await writes(at_work, "Thank you so much!")
    at_work.later(seconds=1)
    first = await writes(at_work)
    at_work.later(seconds=1)
    await writes(at_work, "And what about the search?")
    at_work.later(seconds=11)
    await at_work.deliver()
    assert await waits(at_work, request) == first


async def test_thanks_alone_are_nothing_to_wait_for(at_work: Office) -> None:
    request = await asked(at_work)
    await at_work.approve(request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=5)
    await writes(at_work, "Thank you so much!")
    at_work.later(seconds=6)
    await at_work.deliver()
    assert await waits(at_work, request) is None
    assert (await aim(at_work, request)).kind is TargetKind.NEXT_WORD


async def test_the_aim_that_the_reply_answers_is_met(at_work: Office) -> None:
    request = await asked(at_work)
    await at_work.approve(request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=5)
    await writes(at_work)
    at_work.later(seconds=6)
    await at_work.deliver()
    assert await outcomes(at_work, request) == [TargetOutcome.MET, TargetOutcome.OPEN]


async def test_a_question_of_an_outage_has_a_clock_beside_a_promise_of_days(at_work: Office) -> None:
    request = await asked(at_work)
    await at_work.send(
        request, kind=ReplyKind.ACKNOWLEDGEMENT, promise=PromiseKind.HAVE, due=timedelta(days=4, hours=4)
    )
    at_work.later(hours=1)
    await writes(at_work, "Which paper do you use?")
    await at_work.approve(request, kind=ReplyKind.ANSWER)
    at_work.later(hours=2)
    wrote = await writes(at_work, "And our site is down since ten, can you help at once?")
    at_work.later(minutes=1)
    await at_work.deliver()
    assert await waits(at_work, request) == wrote


async def test_words_of_theirs_that_reached_us_late_are_not_answered_unread(at_work: Office) -> None:
    request = await asked(at_work)
    wrote = at_work.now
    at_work.later(seconds=30)
    await at_work.approve(request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=5)
    said = ChannelMessage(ACME_CHANNEL, f"{wrote.timestamp():.0f}.5", AGAIN, CARLA, wrote, "T0ACME", "Carla", ROOT)
    await at_work.desk.do(listening.channel_message, said=said, raw=b"late")
    at_work.later(seconds=6)
    await at_work.deliver()
    assert await waits(at_work, request) == wrote


async def test_a_clock_that_goes_ahead_makes_no_words_later_than_their_answer(at_work: Office) -> None:
    request = await asked(at_work)
    ahead = at_work.now + timedelta(seconds=20)
    said = ChannelMessage(ACME_CHANNEL, f"{ahead.timestamp():.0f}.5", AGAIN, CARLA, ahead, "T0ACME", "Carla", ROOT)
    await at_work.desk.do(listening.channel_message, said=said, raw=b"ahead")
    at_work.later(seconds=10)
    await at_work.send(request, kind=ReplyKind.ANSWER)
    assert await waits(at_work, request) is None


async def test_what_they_take_back_is_not_asked_any_more(at_work: Office) -> None:
    request = await asked(at_work)
    await at_work.approve(request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=5)
    await at_work.said(AGAIN, thread=ROOT, ts="1795999999.000001")
    await at_work.desk.do(listening.message_deleted, channel=ACME_CHANNEL, ts="1795999999.000001", at=at_work.now)
    at_work.later(seconds=6)
    await at_work.deliver()
    assert await waits(at_work, request) is None


async def test_an_undone_reply_answers_nothing_and_the_next_one_all(at_work: Office) -> None:
    request = await asked(at_work)
    undone = await at_work.approve(request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=5)
    await writes(at_work)
    await at_work.desk.do(deciding.undo_reply, actor=acting(MIRA), reply=undone.reply.id)
    assert (await at_work.card(request)).request.waiting_since == moment("2026-11-30 10:00")
    await at_work.send(request, kind=ReplyKind.ANSWER)
    assert await waits(at_work, request) is None


async def test_a_wish_for_a_call_is_not_answered_by_words_from_before(at_work: Office) -> None:
    request = await asked(at_work)
    await at_work.send(request, due=timedelta(hours=2))
    [promise] = await at_work.promises(request)
    await at_work.approve(request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=5)
    pressed = at_work.now
    await at_work.desk.do(
        answering.answer_as_client,
        actor=Actor(CARLA, "T0ACME"),
        promise=promise.id,
        answer=ClientAnswer.CALL,
        channel=ACME_CHANNEL,
    )
    at_work.later(seconds=6)
    await at_work.deliver()
    assert await waits(at_work, request) == pressed


@pytest.mark.parametrize(("later", "still"), [(-1, False), (0, False), (1, True), (600, True)])
async def test_direct_words_that_are_read_late_answer_what_stood_above_them(
    at_work: Office, later: int, *, still: bool
) -> None:
    request = await asked(at_work)
    said_at = at_work.now + timedelta(minutes=5)
    at_work.later(minutes=5, seconds=later)
    wrote = await writes(at_work)
    at_work.later(minutes=50)
    await says_late(at_work, said_at)
    assert await waits(at_work, request) == (wrote if still else None)


async def test_thanks_below_direct_words_that_are_read_late_are_no_question(at_work: Office) -> None:
    request = await asked(at_work)
    said_at = at_work.now
    at_work.later(minutes=1)
    await writes(at_work, "Thank you so much!")
    at_work.later(minutes=50)
    await says_late(at_work, said_at)
    assert await waits(at_work, request) is None


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [(-1, TargetOutcome.OPEN), (0, TargetOutcome.MISSED), (1, TargetOutcome.MISSED), (86400, TargetOutcome.MISSED)],
)
async def test_an_aim_that_is_due_is_missed_and_does_not_rest(
    at_work: Office, seconds: int, outcome: TargetOutcome
) -> None:
    request = await asked(at_work)
    due = (await aim(at_work, request)).due_at
    at_work.later(seconds=(due - at_work.now).total_seconds() + seconds)
    await at_work.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)
    assert await outcomes(at_work, request) == [outcome]
