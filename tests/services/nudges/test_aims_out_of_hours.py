"""An aim is heard in working hours, also when its owner went home, or away, between the plan and the message."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.people import Member
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering, recording
from bot.services.requests import claiming
from bot.services.settings.noticing_hours import notice_changed_hours
from bot.store import Store
from bot.store.outbox import o
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")
SAM = Member(id="U0SAM", name="Sam")
INSTANT = timedelta(microseconds=1)


def friday(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, second, tzinfo=UTC)


def monday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 30, hour, minute, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday at 16:55: a request of Mira's is to be answered by Monday 09:10, and she was just to be reminded."""
    found = await weeks_of(store, friday(16, 10), OFFICE, (MIRA, SAM), lead="Sam")
    await found.office.desk.do(notice_changed_hours)
    request = (await found.office.webhook()).request
    await found.office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    await found.live_until(friday(16, 54, 59))
    await found.sleep_until(friday(16, 55))
    yield found
    await close(found)


async def planned(weeks: Weeks) -> None:
    """Plan; nothing leaves yet."""
    await weeks.office.desk.do(nudging.plan)


async def heard(weeks: Weeks) -> list[tuple[str, str]]:
    """Return when and by whom the first aim was heard."""

    def read(ctx: Context) -> list[tuple[str, str]]:
        with ctx.store.reading() as tx:
            query = select(o.recipient, o.sent_at).where(o.key.like("nudge:target:1:%"), o.sent_at.is_not(None))
            return [(f"{row.sent_at:%a %H:%M:%S}", row.recipient) for row in tx.execute(query.order_by(o.id))]

    return await weeks.office.desk.read(read)


@pytest.mark.parametrize(
    ("looked", "told"),
    [
        (friday(17) - INSTANT, ("Fri 16:59:59", MIRA.id)),
        (friday(17), ("Mon 09:00:00", MIRA.id)),
        (friday(17, 0, 1), ("Mon 09:00:00", MIRA.id)),
        (friday(23), ("Mon 09:00:00", MIRA.id)),
    ],
    ids=["just before closing", "at closing", "just after", "long after"],
)
async def test_what_its_owner_did_not_see_before_closing_waits_for_the_morning(
    weeks: Weeks, looked: datetime, told: tuple[str, str]
) -> None:
    """The lead is away, and ten minutes of Monday are no reason to write to the team on Friday evening."""
    await weeks.away(SAM, friday(9), monday(23))
    await planned(weeks)
    await weeks.sleep_until(looked)
    await weeks.tick()
    await weeks.live_until(monday(9, 9))
    assert await heard(weeks) == [told]


async def test_whoever_is_there_in_the_morning_hears_instead_of_an_owner_who_went_away(weeks: Weeks) -> None:
    await planned(weeks)
    await weeks.sleep_until(friday(18))
    await weeks.away(MIRA, friday(18), monday(23))
    await weeks.tick()
    await weeks.live_until(monday(9, 9))
    assert await heard(weeks) == [("Mon 09:00:00", SAM.id)]


async def test_when_nobody_is_there_the_team_hears_in_the_morning_once(weeks: Weeks) -> None:
    await planned(weeks)
    await weeks.sleep_until(friday(18))
    for member in (MIRA, SAM):
        await weeks.away(member, friday(18), monday(23))
    await weeks.tick()
    await weeks.tick()
    await weeks.live_until(monday(9, 9))
    assert await heard(weeks) == [("Mon 09:00:00", CHANNEL)]


async def test_while_the_team_works_it_hears_at_once(weeks: Weeks) -> None:
    await weeks.away(SAM, friday(9), monday(23))
    await weeks.away(MIRA, friday(16, 54), monday(9, 5))
    await planned(weeks)
    await weeks.tick()
    assert await heard(weeks) == [("Fri 16:55:00", CHANNEL)]


async def test_what_slack_refuses_at_night_reaches_the_team_in_the_morning(weeks: Weeks) -> None:
    await weeks.away(SAM, friday(9), monday(23))
    await planned(weeks)
    rows = await weeks.office.desk.do(delivering._lease, token="weeks", most=20)
    [row] = [row for row in rows if row.recipient == MIRA.id]
    assert await weeks.office.desk.do(beginning.begin, row=row)
    await weeks.sleep_until(friday(20))
    await weeks.office.desk.do(recording.failed, row=row, error="They are gone.", code="user_disabled")
    await weeks.live_until(monday(9, 9))
    assert await heard(weeks) == [("Mon 09:00:00", CHANNEL)]
