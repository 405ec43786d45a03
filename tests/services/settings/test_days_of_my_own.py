"""Days off of one member, who else works the team's week: the window of their hours neither changes nor loses them."""

from dataclasses import replace
from datetime import date

import pytest

from bot.blocks.settings.settings_words import mine_words
from bot.domain.hours.calendars import CalendarRules, SpecialDay, parse_rules, parse_week
from bot.domain.hours.settings import HoursForm
from bot.services.hours import calendars
from bot.services.settings import calendar_saving, settings_saving, settings_shown
from tests.support.office import JONAS, MIRA, Office, acting

DAY_OFF = (SpecialDay(date(2099, 11, 26)),)
MINE = HoursForm(week="Mon-Fri 09:00-17:00", own=False)


@pytest.fixture(autouse=True)
async def day_off(office: Office) -> None:
    rules = parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00")
    await office.desk.do(calendar_saving.save_team_calendar, actor=None, rules=rules, based_on=0)
    own = CalendarRules(days=DAY_OFF)
    await office.desk.do(calendar_saving.save_member_calendar, actor=None, member=MIRA.id, rules=own, based_on=0)


async def saved(office: Office, wanted: HoursForm) -> CalendarRules | None:
    await office.desk.do(settings_saving.change_my_hours, actor=acting(MIRA), was=MINE, wanted=wanted)
    return (await office.desk.read(calendars.calendar_of, owner=MIRA.id)).rules


async def test_the_window_opens_like_the_team_and_the_words_say_so(office: Office):
    shown = await office.desk.read(settings_shown.settings_of, actor=acting(MIRA))
    assert settings_shown.my_form(shown.mine) == MINE
    assert mine_words(shown) == "You work like the team: Mon\u2013Fri 09:00\u201317:00, Helsinki time."
    assert await office.desk.read(calendars.names_with_hours) == ()


async def test_saving_something_else_keeps_the_day(office: Office):
    assert await saved(office, replace(MINE, stand_in=JONAS.id)) == CalendarRules(days=DAY_OFF)


async def test_hours_of_my_own_stand_beside_the_day_and_go_without_it(office: Office):
    own = CalendarRules(week=parse_week("Mon-Thu 9-14"), days=DAY_OFF)
    assert await saved(office, replace(MINE, own=True, week="Mon-Thu 9-14")) == own
    assert await office.desk.read(calendars.names_with_hours) == (MIRA.name,)
    was = replace(MINE, own=True, week="Mon-Thu 09:00-14:00")
    await office.desk.do(settings_saving.change_my_hours, actor=acting(MIRA), was=was, wanted=replace(was, own=False))
    assert (await office.desk.read(calendars.calendar_of, owner=MIRA.id)).rules == CalendarRules(days=DAY_OFF)
