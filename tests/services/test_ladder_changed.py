"""A request that gets another category is nudged about by its ladder, also where the rungs have the same number."""

from datetime import UTC, datetime

from bot.domain.calendar_text import parse_week
from bot.domain.calendars import CalendarRules
from bot.domain.categories import COMPLAINT, NEW_WORK
from bot.domain.people import Member
from bot.services.claiming import set_category
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
