"""Where everybody is right now."""

from datetime import UTC, datetime, timedelta

from bot.domain.hours.calendars import parse_rules
from bot.services.away import entering
from bot.services.settings import calendar_saving, own_settings, team_day
from tests.support.office import JONAS, MIRA, SAM, Office, acting

MONDAY_NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
"""14:00 in Helsinki, 13:00 in Berlin, 07:00 in New York."""


async def test_those_at_work_come_first_then_who_comes_next_and_who_is_away_last(office: Office):
    rules = parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00")
    await office.desk.do(calendar_saving.save_team_calendar, actor=None, rules=rules, based_on=0)
    office.desk.clock.move(MONDAY_NOON - office.now)
    await office.desk.do(own_settings.set_stand_in, actor=acting(MIRA), member=MIRA.id, stand_in=JONAS.id)
    await office.desk.do(
        entering.enter_absence,
        actor=acting(MIRA),
        starts_at=office.now,
        ends_at=datetime(2026, 12, 2, 22, tzinfo=UTC),
        member=MIRA.id,
        stand_in=None,
        reason="",
    )

    jonas, sam, mira = await office.desk.read(team_day.team_day, actor=acting(SAM))

    assert (jonas.member.id, jonas.now.is_open, jonas.now.until) == (JONAS.id, True, MONDAY_NOON + timedelta(hours=4))
    assert (sam.member.id, sam.now.is_open, sam.now.until) == (SAM.id, False, MONDAY_NOON + timedelta(hours=2))
    assert (mira.member.id, mira.away) == (MIRA.id, True)
    assert mira.now.until == datetime(2026, 12, 3, 7, tzinfo=UTC)
    assert mira.stand_in is not None
    assert mira.stand_in.id == JONAS.id
