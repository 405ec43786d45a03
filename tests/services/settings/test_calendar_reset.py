"""Going back to the hours of the settings."""

from dataclasses import replace

import pytest

from bot.domain.hours.calendars import parse_rules
from bot.errors import StaleWindowError
from bot.services.hours import calendars
from bot.services.nudges import replanning
from bot.services.settings import calendar_saving
from bot.store import events
from tests.support.office import MIRA, Office, acting

OFFICE = parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00")


async def reset(office: Office, based_on: int):
    return await office.desk.do(calendar_saving.reset_team_calendar, actor=acting(MIRA), based_on=based_on)


async def is_planned_anew(office: Office) -> bool:
    def asked(ctx) -> bool:
        with ctx.store.reading() as tx:
            return events.setting(tx, replanning.CURSOR) is not None

    return await office.desk.read(asked)


@pytest.fixture
async def saved(office: Office):
    shown = await office.desk.do(
        calendar_saving.save_team_calendar, actor=acting(MIRA), rules=replace(OFFICE, country="FI"), based_on=0
    )
    while await office.desk.do(replanning.replan_team):
        pass
    assert not await is_planned_anew(office)
    return shown


async def test_everything_is_planned_anew_by_the_hours_of_the_settings(office: Office, saved):
    shown = await reset(office, saved.version)
    assert (shown.rules, shown.made_at, shown.made_by) == (office.desk.policy.calendar, None, None)
    assert shown.version == saved.version + 1
    assert await is_planned_anew(office)


async def test_a_second_time_changes_nothing(office: Office, saved):
    first = await reset(office, saved.version)
    while await office.desk.do(replanning.replan_team):
        pass
    assert await reset(office, saved.version) == first
    assert not await is_planned_anew(office)


async def test_where_nobody_saved_anything_there_is_nothing_to_go_back_from(office: Office):
    assert (await reset(office, 0)).version == 0
    assert not await is_planned_anew(office)


async def test_hours_that_somebody_saved_meanwhile_stay(office: Office, saved):
    with pytest.raises(StaleWindowError):
        await reset(office, saved.version - 1)
    assert (await office.desk.read(calendars.calendar_of)).rules == saved.rules


async def test_hours_may_be_saved_after_it_and_holidays_are_not_extended_meanwhile(office: Office, saved):
    shown = await reset(office, saved.version)
    office.later(days=60)
    assert not await office.desk.do(calendar_saving.extend_holidays)
    again = await office.desk.do(
        calendar_saving.save_team_calendar, actor=acting(MIRA), rules=OFFICE, based_on=shown.version
    )
    assert (again.rules, again.made_by) == (OFFICE, MIRA.id)
