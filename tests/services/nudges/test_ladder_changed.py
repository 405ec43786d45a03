"""A request that gets another category is nudged about by its ladder, also where the rungs have the same number."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.categories import COMPLAINT, NEW_WORK
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.ladders import Ladder
from bot.domain.people import Member
from bot.services.requests.claiming import set_category
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")


def friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, tzinfo=UTC)


async def test_what_was_told_of_the_old_ladder_keeps_nothing_of_the_new_one_back(store: Store) -> None:
    weeks = await weeks_of(store, friday(9), OFFICE, (MIRA,), lead="Mira")
    promise = await weeks.promised(MIRA, friday(16), NEW_WORK)
    await weeks.live_until(friday(12, 1))
    assert [one[:2] for one in weeks.story()][:1] == [("Fri 12:00", MIRA.id)]
    facts = {"actor": acting(MIRA), "request": promise.request, "category": COMPLAINT}
    await weeks.office.desk.do(set_category, **facts)
    await weeks.live_until(friday(14))
    assert ("Fri 14:00", MIRA.id) in [one[:2] for one in weeks.story()]
    await close(weeks)


@pytest.mark.parametrize(
    ("changed", "heard"),
    [
        (friday(10, 58), "Fri 11:00"),  # the only rung is ahead
        (friday(11, 2), "Fri 11:02"),  # just past, long past, almost over
        (friday(12), "Fri 12:00"),
        (friday(12, 59), "Fri 12:59"),
    ],
)
async def test_somebody_hears_before_the_slip_though_the_only_rung_of_the_new_ladder_is_past(
    store: Store, changed: datetime, heard: str
) -> None:
    """A complaint is nudged about at 13:00 first, this team's other requests four hours before only: at 11:00."""
    weeks = await weeks_of(store, friday(9), OFFICE, (MIRA,), lead="Mira")
    weeks.office.desk.policy = replace(weeks.office.desk.policy, ladder=Ladder((timedelta(hours=4),)))
    promise = await weeks.promised(MIRA, friday(15), COMPLAINT)
    await weeks.live_until(changed)
    facts = {"actor": acting(MIRA), "request": promise.request, "category": "support"}
    await weeks.office.desk.do(set_category, **facts)
    await weeks.live_until(friday(15, 1))
    told = weeks.story()
    assert told[0] == (heard, MIRA.id, "before")
    assert [one[1:] for one in told].count((MIRA.id, "before")) == 1
    await close(weeks)


async def test_who_heard_by_the_old_ladder_hears_nothing_more_of_a_new_one_that_is_past(store: Store) -> None:
    weeks = await weeks_of(store, friday(9), OFFICE, (MIRA,), lead="Mira")
    weeks.office.desk.policy = replace(weeks.office.desk.policy, ladder=Ladder((timedelta(hours=4),)))
    promise = await weeks.promised(MIRA, friday(15), COMPLAINT)
    await weeks.live_until(friday(13, 5))
    facts = {"actor": acting(MIRA), "request": promise.request, "category": "support"}
    await weeks.office.desk.do(set_category, **facts)
    await weeks.live_until(friday(14, 59))
    assert [one for one in weeks.story() if one[1] == MIRA.id] == [("Fri 13:00", MIRA.id, "before")]
    await close(weeks)
