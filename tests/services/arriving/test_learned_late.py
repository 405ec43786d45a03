"""Words may reach us in any order: a client waits since the oldest that nobody has answered, and so does the aim."""

from datetime import datetime, timedelta

import pytest

from bot.domain.incoming import ChannelMessage, Received
from bot.domain.replies import ReplyKind
from bot.domain.requests import State
from bot.domain.targets import TargetKind, TargetOutcome
from bot.services.arriving import listening
from bot.services.nudges import nudging
from bot.services.requests import moving
from tests.services.aims import HOUR, MINUTE, aim, at, moment, outcomes, planned
from tests.support.office import ACME_CHANNEL, CARLA, MIRA, TEAM, Office, acting

ROOT = "1796029200.000001"
NOON = moment("2026-11-30 12:00")


async def wrote(
    office: Office, at: datetime, text: str = "Could you look at the prices?", *, user: str = CARLA, top: bool = False
) -> Received | None:
    """Let us read now what somebody wrote in Acme's channel at an instant, in the thread unless at its `top`."""
    said = ChannelMessage(
        channel=ACME_CHANNEL,
        ts=f"{at.timestamp():.6f}",
        text=text,
        user=user,
        at=at,
        team="T0ACME" if user == CARLA else TEAM,
        name="Carla" if user == CARLA else "",
        thread=None if top else ROOT,
    )
    return await office.desk.do(listening.channel_message, said=said, raw=said.ts.encode())


async def answered(office: Office) -> int:
    """Return a request of nine on a Monday that was answered at five past; it is noon."""
    at(office, "2026-11-30 09:00")
    await office.link_acme()
    found = await office.said("The form is broken.", ts=ROOT)
    assert found
    office.later(minutes=5)
    await office.send(found.request, kind=ReplyKind.ANSWER)
    office.desk.clock.move(NOON - office.now)
    return found.request


async def waits(office: Office, request: int) -> datetime | None:
    return (await office.card(request)).request.waiting_since


@pytest.mark.parametrize(
    ("late", "since"),
    [(-2 * HOUR, -2 * HOUR), (-timedelta(seconds=1), -timedelta(seconds=1)), (timedelta(seconds=1), timedelta())],
    ids=["long before", "just before", "just after"],
)
async def test_the_oldest_question_counts_whichever_arrives_first(
    at_work: Office, late: timedelta, since: timedelta
) -> None:
    request = await answered(at_work)
    await wrote(at_work, NOON, "And on the phone it is broken, too.")
    at_work.later(seconds=5)
    await wrote(at_work, NOON + late)
    found = await aim(at_work, request)
    assert await waits(at_work, request) == NOON + since
    assert (found.kind, found.start_at) == (TargetKind.NEXT_ANSWER, NOON + since)
    assert found.due_at == NOON + since + 4 * HOUR


async def test_any_order_of_arrival_gives_the_same_wait_and_aim(at_work: Office) -> None:
    request = await answered(at_work)
    for minutes in (30, 50, 10, 40, 20):
        await wrote(at_work, NOON - minutes * MINUTE)
    assert await waits(at_work, request) == NOON - 50 * MINUTE
    assert (await aim(at_work, request)).due_at == NOON - 50 * MINUTE + 4 * HOUR


async def test_the_same_words_again_move_nothing(at_work: Office) -> None:
    request = await answered(at_work)
    for text, when in (("On the phone, too.", NOON), ("Could you look at the prices?", NOON - HOUR)):
        await wrote(at_work, when, text)
    before = await aim(at_work, request)
    at_work.later(minutes=1)
    await wrote(at_work, NOON - HOUR)
    assert await aim(at_work, request) == before


async def test_a_thank_you_that_is_read_late_moves_nothing(at_work: Office) -> None:
    request = await answered(at_work)
    await wrote(at_work, NOON)
    before = await aim(at_work, request)
    await wrote(at_work, NOON - HOUR, "Thank you so much!")
    assert await waits(at_work, request) == NOON
    assert await aim(at_work, request) == before


@pytest.mark.parametrize("seconds", [-60, 0])
async def test_what_a_member_answered_in_the_channel_asks_nothing_when_it_is_read_late(
    at_work: Office, seconds: int
) -> None:
    request = await answered(at_work)
    await wrote(at_work, NOON - HOUR, "It is up again.", user=MIRA.id)
    await wrote(at_work, NOON - HOUR + timedelta(seconds=seconds), "Is it up?")
    assert await waits(at_work, request) is None
    await wrote(at_work, NOON)
    await wrote(at_work, NOON - 2 * HOUR, "Any news?")
    assert await waits(at_work, request) == NOON


async def test_what_stands_below_a_members_words_waits_however_late_it_is_read(at_work: Office) -> None:
    request = await answered(at_work)
    await wrote(at_work, NOON - HOUR, "It is up again.", user=MIRA.id)
    await wrote(at_work, NOON)
    await wrote(at_work, NOON - HOUR + timedelta(seconds=1))
    assert await waits(at_work, request) == NOON - HOUR + timedelta(seconds=1)


async def test_a_reply_that_was_approved_before_the_older_words_came_leaves_them_their_clock(at_work: Office) -> None:
    request = await answered(at_work)
    await wrote(at_work, NOON)
    await at_work.approve(request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=5)
    await wrote(at_work, NOON - HOUR)
    at_work.later(seconds=6)
    await at_work.deliver()
    assert await waits(at_work, request) == NOON - HOUR
    assert (await aim(at_work, request)).start_at == NOON - HOUR


async def test_words_that_a_member_answered_do_not_come_back_with_a_reply_from_before(at_work: Office) -> None:
    request = await answered(at_work)
    await at_work.approve(request, kind=ReplyKind.ANSWER)
    at_work.later(seconds=1)
    asked = at_work.now
    at_work.later(seconds=1)
    await wrote(at_work, at_work.now, "It is up again.", user=MIRA.id)
    at_work.later(seconds=1)
    newer = at_work.now
    await wrote(at_work, newer)
    await wrote(at_work, asked, "Is it up?")
    at_work.later(seconds=8)
    await at_work.deliver()
    assert await waits(at_work, request) == newer


async def test_the_reminder_comes_sooner_but_not_before_its_time(at_work: Office) -> None:
    await answered(at_work)
    await wrote(at_work, NOON - 2 * HOUR)
    await wrote(at_work, NOON - 2 * HOUR - 30 * MINUTE)
    for minutes, told in ((74, []), (1, [MIRA.id]), (14, [])):
        at_work.later(minutes=minutes)
        assert await planned(at_work) == told, at_work.now


async def test_who_was_reminded_is_not_reminded_again_and_the_aim_is_missed_sooner(at_work: Office) -> None:
    request = await answered(at_work)
    await wrote(at_work, NOON - 2 * HOUR)
    at(at_work, "2026-11-30 13:45")
    assert await planned(at_work) == [MIRA.id]
    await wrote(at_work, NOON - 2 * HOUR - 10 * MINUTE)
    assert await planned(at_work) == []
    at(at_work, "2026-11-30 13:49")
    assert await planned(at_work) == []
    assert (await outcomes(at_work, request))[-1] is TargetOutcome.OPEN
    at_work.later(minutes=1)
    assert await planned(at_work) == []
    assert (await outcomes(at_work, request))[-2:] == [TargetOutcome.MISSED, TargetOutcome.OPEN]


async def test_a_reminder_that_waits_to_leave_still_leaves(at_work: Office) -> None:
    await answered(at_work)
    await wrote(at_work, NOON)
    at(at_work, "2026-11-30 15:45")
    await at_work.desk.do(nudging.plan)
    await wrote(at_work, NOON - 10 * MINUTE)
    at_work.later(minutes=1)
    sent = [row.key for row in await at_work.deliver() if row.kind == "nudge" and not row.shown]
    assert [key for key in sent if key.startswith("nudge:target:")]


async def test_an_aim_that_older_words_make_late_is_missed_at_once(at_work: Office) -> None:
    request = await answered(at_work)
    at(at_work, "2026-11-30 14:00")
    await wrote(at_work, NOON)
    await wrote(at_work, NOON - 2 * HOUR - 50 * MINUTE)
    assert await planned(at_work) == [MIRA.id]
    assert (await outcomes(at_work, request))[-2:] == [TargetOutcome.MISSED, TargetOutcome.OPEN]


async def test_an_aim_that_follows_a_missed_one_stays_as_it_is(at_work: Office) -> None:
    request = await answered(at_work)
    await wrote(at_work, NOON)
    at(at_work, "2026-11-30 16:00:01")
    await planned(at_work)
    before = await aim(at_work, request)
    await wrote(at_work, NOON - HOUR)
    assert await waits(at_work, request) == NOON - HOUR
    assert await aim(at_work, request) == before


async def test_a_rested_aim_has_less_left_by_what_the_older_words_waited(at_work: Office) -> None:
    request = await answered(at_work)
    await wrote(at_work, NOON)
    at_work.later(hours=1)
    await at_work.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)
    at_work.later(hours=1)
    await wrote(at_work, NOON - HOUR)
    found = await aim(at_work, request)
    assert (await at_work.card(request)).request.state is State.OPEN
    assert (found.start_at, found.due_at) == (NOON - HOUR, moment("2026-11-30 16:00"))


async def test_over_a_weekend_only_working_time_counts(at_work: Office) -> None:
    request = await answered(at_work)
    at(at_work, "2026-12-07 09:30")
    await wrote(at_work, moment("2026-12-07 09:10"))
    await wrote(at_work, moment("2026-12-04 16:30"))
    assert (await aim(at_work, request)).due_at == moment("2026-12-07 12:30")


async def opens(office: Office) -> int:
    """Return a request whose first words were written at noon of a Monday and came at once."""
    at(office, "2026-11-30 12:00")
    await office.link_acme()
    found = await wrote(office, NOON, "And on the phone, too.", top=True)
    assert found
    return found.request


@pytest.mark.parametrize("seconds", [-120, -1, 1, 120])
async def test_quick_messages_are_one_request_of_the_oldest_of_them(at_work: Office, seconds: int) -> None:
    request = await opens(at_work)
    at_work.later(minutes=2)
    other = await wrote(at_work, NOON + timedelta(seconds=seconds), "The form is broken.", top=True)
    assert other
    assert (other.request, other.created) == (request, False)
    since = min(NOON, NOON + timedelta(seconds=seconds))
    assert await waits(at_work, request) == since
    found = await aim(at_work, request)
    assert (found.kind, found.start_at, found.due_at) == (TargetKind.FIRST_ANSWER, since, since + HOUR)


async def test_an_older_quick_message_does_not_hide_the_newest_from_the_next(at_work: Office) -> None:
    request = await opens(at_work)
    for seconds in (-100, 110):
        at_work.later(minutes=2)
        found = await wrote(at_work, NOON + timedelta(seconds=seconds), "The form is broken.", top=True)
        assert found
        assert found.request == request


async def test_a_quick_message_after_a_members_word_waits_too(at_work: Office) -> None:
    request = await opens(at_work)
    said = ChannelMessage(ACME_CHANNEL, "1.1", "Looking.", MIRA.id, NOON + MINUTE, TEAM, "", f"{NOON.timestamp():.6f}")
    at_work.later(minutes=1)
    await at_work.desk.do(listening.channel_message, said=said, raw=b"said")
    assert await waits(at_work, request) is None
    at_work.later(seconds=30)
    await wrote(at_work, at_work.now, "Thank you so much!", top=True)
    assert await waits(at_work, request) is None
    await wrote(at_work, at_work.now + timedelta(seconds=1), "The list is broken, too.", top=True)
    since = NOON + MINUTE + timedelta(seconds=31)
    assert await waits(at_work, request) == since
    assert (await aim(at_work, request)).kind is TargetKind.NEXT_ANSWER
