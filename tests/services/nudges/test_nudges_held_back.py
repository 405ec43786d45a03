"""A nudge for somebody who is not there this moment, and how early to look for a call before closing time."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.ladders import TIME_TO_ACT, Ladder
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.people import Member
from bot.services.nudges import nudging, replanning
from bot.store import Store
from tests.support.weeks import close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")


def friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "heard"),
    [(friday(15, 10), ("Fri 15:10", MIRA.id)), (friday(15, 59), ("Fri 15:00", CHANNEL))],
    ids=["soon enough", "too late"],
)
async def test_where_only_the_channel_is_left_a_few_minutes_are_waited_for(
    store: Store, until: datetime, heard: tuple[str, str]
) -> None:
    weeks = await weeks_of(store, friday(9), OFFICE, (MIRA,))
    await weeks.promised(MIRA, friday(16))
    await weeks.sleep_until(friday(15))
    await weeks.office.desk.do(nudging.plan)
    await weeks.away(MIRA, friday(15), until)
    await weeks.tick()
    await weeks.live_until(friday(15, 12))
    assert [one[:2] for one in weeks.story()] == [heard]
    await close(weeks)


@pytest.mark.parametrize(
    ("rung", "lead"),
    [
        (0, timedelta(minutes=90)),
        (2, timedelta(minutes=90)),
        (3, timedelta(minutes=15)),
        (4, TIME_TO_ACT),
        (5, None),
    ],
)
def test_a_call_before_closing_is_looked_for_an_hour_ahead(rung: int, lead: timedelta | None) -> None:
    ladder = Ladder(leads=(timedelta(minutes=90), timedelta(minutes=15)), ack=timedelta(minutes=30))
    assert replanning._first_lead(ladder, rung) == lead
