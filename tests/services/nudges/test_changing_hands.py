"""Handing over and releasing: whoever has it now, or is there instead, hears what nobody has heard, and once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.domain.categories import NEW_WORK
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL, Why
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.services.away import not_there
from bot.services.replies import promising
from bot.services.requests import claiming
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")
JONAS = Member(id="U0JONAS", name="Jonas")
SAM = Member(id="U0SAM", name="Sam")


def friday(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, second, tzinfo=UTC)


def monday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 30, hour, minute, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday at nine; everybody works from nine to five, Sam leads."""
    found = await weeks_of(store, friday(9), OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    yield found
    await close(found)


async def hand_over(weeks: Weeks, promise: Promise, to: Member, *, by: Member = MIRA) -> None:
    for _ in range(2):
        await weeks.office.desk.do(claiming.hand_over, actor=acting(by), request=promise.request, to=to.id)
    await weeks.tick()


async def release(weeks: Weeks, promise: Promise, *, by: Member = MIRA) -> None:
    for _ in range(2):
        await weeks.office.desk.do(claiming.release_request, actor=acting(by), request=promise.request)
    await weeks.tick()


async def test_what_was_held_for_the_old_owner_is_told_to_the_new_one_once(weeks: Weeks) -> None:
    """What has to be made is nudged about four hours before: it was held until Mira may be disturbed."""
    promise = await weeks.promised(MIRA, friday(16), NEW_WORK)
    await weeks.quiet(MIRA, friday(13))
    await weeks.live_until(friday(12, 30))
    assert weeks.story() == []
    await hand_over(weeks, promise, JONAS)
    await weeks.live_until(friday(14, 59))
    assert [one for one in weeks.story() if one[1] in {JONAS.id, MIRA.id}] == [("Fri 12:30", JONAS.id, "before")]
    await weeks.live_until(friday(15, 1))
    assert ("Fri 15:00", JONAS.id, "before") in weeks.story()


async def test_what_the_old_owner_heard_is_not_told_again_to_somebody_who_is_there(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 10))
    await hand_over(weeks, promise, JONAS)
    await weeks.live_until(friday(15, 44))
    assert weeks.story() == [("Fri 15:00", MIRA.id, "before")]


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (friday(9), friday(16), True),
        (friday(9), monday(9), True),
        (friday(9), friday(15, 59, 59), True),
        (friday(9), friday(15, 0, 1), True),
        (friday(9), friday(15, 10), False),
        (friday(15, 11), monday(9), False),
    ],
    ids=["until it is due", "until Monday", "a second less", "less than an hour", "they are back", "in a minute"],
)
async def test_an_heir_who_is_not_there_before_it_is_due(
    weeks: Weeks, start: datetime, end: datetime, *, told: bool
) -> None:
    """Who is there instead hears at once what Mira had heard, and whoever hands over is told so."""
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.away(JONAS, start, end)
    await weeks.live_until(friday(15, 0) if end == friday(15, 0, 1) else friday(15, 10))
    await hand_over(weeks, promise, JONAS)
    found = await weeks.office.desk.read(not_there.found_missing, request=promise.request)
    if told:
        assert found is not None
        assert (found.owner.id, found.promise.id, found.back_at) == (JONAS.id, promise.id, end)
        assert found.hears is not None
        assert found.hears.id == SAM.id
    else:
        assert found is None
    heard = [(one.at, one.item.why) for one in weeks.heard if one.recipient == SAM.id]
    assert heard == ([(weeks.now, Why.NOT_NOW if end < friday(16) else Why.AWAY)] if told else [])
    await weeks.live_until(friday(15, 11))
    assert [one.at for one in weeks.heard if one.recipient == SAM.id][:1] == (
        [friday(15, 11)] if start > friday(15) else [at for at, _ in heard]
    )


async def test_an_heir_who_is_away_when_nothing_was_due_yet_is_stood_in_for_in_time(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.away(JONAS, friday(9, 5), monday(9), stand_in=MIRA)
    await weeks.live_until(friday(10))
    await hand_over(weeks, promise, JONAS, by=SAM)
    found = await weeks.office.desk.read(not_there.found_missing, request=promise.request)
    assert found is not None
    assert found.hears == MIRA
    await weeks.live_until(friday(15, 1))
    assert weeks.story() == [("Fri 15:00", MIRA.id, "before")]


async def test_without_a_promise_or_an_owner_there_is_nothing_to_say(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    assert await weeks.office.desk.read(not_there.found_missing, request=promise.request) is None
    await weeks.away(MIRA, friday(9), monday(9))
    assert await weeks.office.desk.read(not_there.found_missing, request=promise.request) is not None
    await release(weeks, promise)
    assert await weeks.office.desk.read(not_there.found_missing, request=promise.request) is None


@pytest.mark.parametrize("answered", [True, False])
async def test_a_release_after_the_last_rung_is_heard_by_the_lead(weeks: Weeks, *, answered: bool) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(14, 48))
    if answered:
        await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    before = len(weeks.heard)
    await release(weeks, promise)
    await weeks.live_until(friday(14, 49))
    assert weeks.story()[before:] == [("Fri 14:48", SAM.id, "before")]


async def test_a_release_by_the_lead_is_heard_by_the_team(weeks: Weeks) -> None:
    promise = await weeks.promised(SAM, friday(15))
    await weeks.live_until(friday(14, 10))
    await release(weeks, promise, by=SAM)
    await weeks.live_until(friday(14, 11))
    assert weeks.story()[1:] == [("Fri 14:10", CHANNEL, "before")]
    assert weeks.heard[-1].item.why is Why.FIRST


async def test_a_release_after_a_hand_over_is_heard_although_the_new_owner_was_never_nudged(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(14, 50))
    await hand_over(weeks, promise, JONAS)
    before = len(weeks.heard)
    await release(weeks, promise, by=JONAS)
    await weeks.live_until(friday(14, 51))
    assert weeks.story()[before:] == [("Fri 14:50", SAM.id, "before")]


async def test_a_release_before_the_first_rung_disturbs_nobody(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await release(weeks, promise)
    await weeks.live_until(friday(13, 59))
    assert weeks.story() == []
    await weeks.live_until(friday(14))
    assert weeks.story() == [("Fri 14:00", SAM.id, "before")]
