"""Who leaves the team is waited for by nobody: what they were told of and have not taken is heard by the next one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.domain.categories import COMPLAINT
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.services import people as members
from bot.services.replies import promising
from bot.services.requests import claiming
from bot.services.settings.noticing_hours import notice_changed_hours
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")
JONAS = Member(id="U0JONAS", name="Jonas")
SAM = Member(id="U0SAM", name="Sam")
NORA = Member(id="U0NORA", name="Nora")


def friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday at nine; everybody works from nine to five, Sam leads."""
    found = await weeks_of(store, friday(9), OFFICE, (MIRA, JONAS, SAM, NORA), lead="Sam")
    await found.office.desk.do(notice_changed_hours)
    yield found
    await close(found)


async def leaves(weeks: Weeks, member: Member) -> None:
    """Let somebody leave the team's channel, as Slack tells it."""
    await weeks.office.desk.do(members.member_left, user=member.id)
    await weeks.office.desk.do(notice_changed_hours)


async def told_the_stand_in(weeks: Weeks) -> Promise:
    """Return a promise of Mira's for three, of which Jonas, who stands in for her, was told at two."""
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.away(MIRA, friday(9), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(14, 5))
    assert weeks.story() == [("Fri 14:00", JONAS.id, "before")]
    return promise


async def test_what_a_stand_in_was_told_and_has_not_taken_is_heard_by_the_next_one_at_once(weeks: Weeks) -> None:
    await told_the_stand_in(weeks)
    await leaves(weeks, JONAS)
    await leaves(weeks, JONAS)
    await weeks.live_until(friday(14, 6))
    assert weeks.story()[1:] == [("Fri 14:05", SAM.id, "before")]


async def test_the_rest_goes_on_from_there_and_nothing_is_said_twice(weeks: Weeks) -> None:
    await told_the_stand_in(weeks)
    await leaves(weeks, JONAS)
    await weeks.live_until(friday(15, 1))
    said = [(at, who) for at, who, rung in weeks.story()[1:] if rung == "before"]
    assert said == [("Fri 14:05", SAM.id), ("Fri 14:32:30", CHANNEL), ("Fri 14:45", SAM.id)]


async def test_who_leaves_while_we_are_not_running_is_noticed_at_the_next_start(weeks: Weeks) -> None:
    """The process dies after it noted who left, and before anything was planned anew."""
    await told_the_stand_in(weeks)
    await weeks.office.desk.do(members.member_left, user=JONAS.id)
    await weeks.sleep_until(friday(14, 10))
    await weeks.office.desk.do(members.sync_members, members=[MIRA, SAM, NORA])
    await weeks.office.desk.do(notice_changed_hours)
    await weeks.live_until(friday(14, 11))
    assert weeks.story()[1:] == [("Fri 14:10", SAM.id, "before")]


async def test_who_stood_in_is_not_waited_for_although_somebody_else_does_now(weeks: Weeks) -> None:
    promise = await told_the_stand_in(weeks)
    await weeks.away(MIRA, friday(14, 5), friday(23), stand_in=NORA)
    await leaves(weeks, JONAS)
    await weeks.live_until(friday(14, 6))
    assert weeks.story(of=promise)[1:] == [("Fri 14:05", NORA.id, "before")]


async def test_what_somebody_else_has_taken_stays_with_them(weeks: Weeks) -> None:
    promise = await told_the_stand_in(weeks)
    await weeks.office.desk.do(promising.take_on, actor=acting(SAM), promise=promise.id)
    await leaves(weeks, JONAS)
    await weeks.live_until(friday(14, 59))
    assert len(weeks.story()) == 1


async def test_what_changed_hands_since_is_not_said_anew(weeks: Weeks) -> None:
    promise = await told_the_stand_in(weeks)
    await weeks.office.desk.do(claiming.hand_over, actor=acting(SAM), request=promise.request, to=SAM.id)
    await weeks.live_until(friday(14, 6))
    before = weeks.story()
    await leaves(weeks, JONAS)
    await weeks.live_until(friday(14, 10))
    assert weeks.story() == before


async def test_what_is_held_for_who_leaves_is_heard_once_by_the_next_one(weeks: Weeks) -> None:
    await weeks.promised(MIRA, friday(16, 30), category=COMPLAINT)
    await weeks.away(MIRA, friday(9), friday(23), stand_in=JONAS)
    await weeks.quiet(JONAS, friday(15))
    await weeks.live_until(friday(14, 40))
    assert weeks.story() == []
    await leaves(weeks, JONAS)
    await weeks.live_until(friday(14, 59))
    assert weeks.story() == [("Fri 14:40", SAM.id, "before")]
