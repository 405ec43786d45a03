"""What is held for somebody is looked at again as soon as they are at work, or may be disturbed, earlier than known."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules, SpecialDay
from bot.domain.people import Member
from bot.services import people
from bot.services.away import absences, entering
from bot.services.hours import quiet
from bot.services.settings import calendar_saving, own_settings
from bot.services.settings.noticing_hours import notice_changed_hours
from bot.store import Store
from bot.store.outbox import Row
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
NIGHTS = CalendarRules(week=parse_week("Mon-Sun 18:00-23:00"), within_team=False)
MIRA = Member(id="U0MIRA", name="Mira")
JONAS = Member(id="U0JONAS", name="Jonas")
SAM = Member(id="U0SAM", name="Sam")
TOLD = f"stands_in:{JONAS.id}"
Happening = Callable[[Weeks], Awaitable[None]]


def friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, tzinfo=UTC)


def monday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 30, hour, minute, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday at nine; everybody works from nine to five, Sam leads."""
    found = await weeks_of(store, friday(9), OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    await found.office.desk.do(notice_changed_hours)
    yield found
    await close(found)


async def letters(weeks: Weeks) -> list[str]:
    """Return what about absences leaves now, as "what:recipient"."""
    rows: list[Row] = await weeks.office.deliver()
    return [f"{row.payload['what']}:{row.recipient}" for row in rows if row.kind == "away"]


async def stands_in(weeks: Weeks) -> None:
    """Let Mira say that Jonas stands in for her from Tuesday on."""
    await weeks.office.desk.do(
        entering.enter_absence,
        actor=acting(MIRA),
        starts_at=monday(9) + timedelta(days=1),
        ends_at=monday(17) + timedelta(days=2),
        stand_in=JONAS.id,
    )


async def _hours_of_his_own(weeks: Weeks) -> None:
    await weeks.office.desk.do(
        calendar_saving.save_member_calendar, actor=acting(JONAS), member=JONAS.id, rules=NIGHTS, based_on=0
    )


async def _zone_of_his_own(weeks: Weeks) -> None:
    await weeks.office.desk.do(own_settings.set_zone, actor=acting(JONAS), member=JONAS.id, tz="America/New_York")


async def _zone_at_slack(weeks: Weeks) -> None:
    await weeks.office.desk.do(people.member_changed, member=replace(JONAS, tz="America/New_York"))
    await weeks.office.desk.do(notice_changed_hours)


async def _hours_of_the_team(weeks: Weeks) -> None:
    rules = replace(OFFICE, week=parse_week("Mon-Fri 09:00-22:00"))
    await weeks.office.desk.do(calendar_saving.save_team_calendar, actor=acting(SAM), rules=rules, based_on=0)


async def _day_of_the_team(weeks: Weeks) -> None:
    longer = SpecialDay(friday(0).date(), parse_week("Mon-Fri 09:00-22:00")[4], "inventory")
    rules = replace(OFFICE, days=(longer,))
    await weeks.office.desk.do(calendar_saving.save_team_calendar, actor=acting(SAM), rules=rules, based_on=0)


@pytest.mark.parametrize(
    "happens", [_hours_of_his_own, _zone_of_his_own, _zone_at_slack, _hours_of_the_team, _day_of_the_team]
)
async def test_other_hours_let_it_out_at_once(weeks: Weeks, happens: Happening) -> None:
    await weeks.sleep_until(friday(20))
    await stands_in(weeks)
    assert await letters(weeks) == []
    await happens(weeks)
    assert await letters(weeks) == [TOLD]
    assert await letters(weeks) == []


async def test_do_not_disturb_that_ends_early_lets_it_out_at_once(weeks: Weeks) -> None:
    await weeks.office.desk.do(quiet.note_quiet, spells={JONAS.id: (friday(8), friday(16))})
    await stands_in(weeks)
    assert await letters(weeks) == []
    await weeks.office.desk.do(quiet.note_quiet, spells={JONAS.id: (friday(8), friday(15))})
    assert await letters(weeks) == []
    await weeks.office.desk.do(quiet.note_quiet, spells={JONAS.id: None})
    await weeks.office.desk.do(quiet.note_quiet, spells={JONAS.id: None})
    assert await letters(weeks) == [TOLD]


async def test_who_is_back_early_hears_at_once(weeks: Weeks) -> None:
    await weeks.office.desk.do(
        entering.enter_absence, actor=acting(JONAS), starts_at=friday(9), ends_at=friday(23), stand_in=None
    )
    await letters(weeks)
    await stands_in(weeks)
    assert await letters(weeks) == []
    await weeks.office.desk.do(absences.come_back, actor=acting(JONAS))
    assert TOLD in await letters(weeks)


async def test_somebody_elses_hours_leave_it_held(weeks: Weeks) -> None:
    await weeks.sleep_until(friday(20))
    await stands_in(weeks)
    assert await letters(weeks) == []
    await weeks.office.desk.do(
        calendar_saving.save_member_calendar, actor=acting(MIRA), member=MIRA.id, rules=NIGHTS, based_on=0
    )
    await weeks.office.desk.do(quiet.note_quiet, spells={MIRA.id: None})
    assert await letters(weeks) == []
    await weeks.sleep_until(monday(8, 59))
    assert await letters(weeks) == []
    await weeks.sleep_until(monday(9))
    assert await letters(weeks) == [TOLD]
