"""Public holidays: looked up when hours are saved, kept as dates, looked at once a year."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.hours.calendar_shown import HEADSUP, CalendarShown
from bot.domain.hours.calendars import CalendarRules, CalendarTextError, Holiday, parse_rules, parse_week
from bot.errors import FieldError, StaleWindowError
from bot.services.hours import calendars, public_holidays
from bot.services.settings import calendar_saving
from tests.support.office import MIRA, Office, acting

FINLAND = replace(parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00"), country="finland")
INDEPENDENCE_DAY = date(2027, 12, 6)


async def save(office: Office, rules: CalendarRules, based_on: int = 0) -> CalendarShown:
    return await office.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=rules, based_on=based_on)


def dates(shown: CalendarShown) -> set[date]:
    assert shown.rules is not None
    return {day.date for day in shown.rules.holidays}


async def test_a_country_brings_its_holidays_of_this_year_and_the_next_two(office: Office):
    shown = await save(office, FINLAND)
    assert shown.rules is not None
    assert shown.rules.country == "FI"
    assert {day.year for day in dates(shown)} == {2026, 2027, 2028}
    assert INDEPENDENCE_DAY in dates(shown)


async def test_without_a_country_there_are_none_any_more(office: Office):
    shown = await save(office, FINLAND)
    assert shown.rules is not None
    assert dates(await save(office, replace(shown.rules, country=None), based_on=1)) == set()


async def test_a_country_or_region_that_is_not_known_is_refused_at_its_field(office: Office):
    for facts, sentence in (
        ({"country": "Finnland"}, "The holidays of “Finnland” are not known; did you mean Finland (FI)?"),
        ({"country": "DE", "region": "Bayren"}, "Germany has no region “Bayren”; did you mean Bayern (BY)?"),
    ):
        with pytest.raises(FieldError) as raised:
            await save(office, replace(FINLAND, **facts))
        assert (raised.value.field, raised.value.sentence) == ("country", sentence)


async def test_a_year_that_was_looked_at_keeps_what_was_decided(office: Office):
    shown = await save(office, FINLAND)
    kept = frozenset(day for day in dates(shown) if day != INDEPENDENCE_DAY)
    shown = await office.desk.do(
        calendar_saving.confirm_holidays, actor=acting(MIRA), year=2027, kept=kept, based_on=shown.version
    )
    assert shown.rules is not None
    assert shown.rules.confirmed == (2027,)
    assert INDEPENDENCE_DAY not in dates(shown)
    later = await save(office, replace(shown.rules, week=parse_week("Mon-Thu 9-17")), based_on=shown.version)
    assert INDEPENDENCE_DAY not in dates(later)
    elsewhere = await save(office, replace(FINLAND, country="Sweden"), based_on=later.version)
    assert elsewhere.rules is not None
    assert elsewhere.rules.confirmed == ()


async def test_a_list_that_others_changed_meanwhile_is_not_confirmed(office: Office):
    await save(office, FINLAND)
    with pytest.raises(StaleWindowError):
        await office.desk.do(
            calendar_saving.confirm_holidays, actor=acting(MIRA), year=2027, kept=frozenset(), based_on=0
        )


async def test_years_that_come_near_are_added_by_themselves(office: Office):
    shown = await save(office, FINLAND)
    assert not await office.desk.do(calendar_saving.extend_holidays)
    office.later(days=60)
    assert await office.desk.do(calendar_saving.extend_holidays)
    assert not await office.desk.do(calendar_saving.extend_holidays)
    after = await office.desk.read(calendars.calendar_of)
    assert after.version == shown.version + 1
    assert {day.year for day in dates(after)} == {2026, 2027, 2028, 2029}


async def test_years_that_were_added_by_themselves_are_headsups_doing(office: Office):
    """Whoever saved the hours last did not touch these days."""
    shown = await save(office, FINLAND)
    assert shown.made_by == MIRA.id
    office.later(days=60)
    await office.desk.do(calendar_saving.extend_holidays)
    assert (await office.desk.read(calendars.calendar_of)).made_by == HEADSUP
    with pytest.raises(StaleWindowError) as raised:
        await save(office, replace(FINLAND, week=parse_week("Mon-Thu 9-17")), based_on=shown.version)
    assert raised.value.sentence.startswith("Headsup added the public holidays of a new year while you were changing")


async def test_a_calendar_from_the_settings_is_not_extended(office: Office):
    assert not await office.desk.do(calendar_saving.extend_holidays)


def test_hours_on_a_half_day_end_at_noon_or_when_it_is_known_when():
    week = parse_week("Mon-Fri 09:00-17:00")
    [eve] = [day for day in public_holidays.look_up("GR", None, [2026], week) if day.date == date(2026, 12, 24)]
    assert eve == Holiday(date(2026, 12, 24), "Christmas Eve", ((time(9), time(12)),))
    [eve] = [day for day in public_holidays.look_up("IS", None, [2026], week) if day.date == date(2026, 12, 24)]
    assert eve.spells == ((time(9), time(13)),)
    [shorter] = [day for day in public_holidays.look_up("EE", None, [2026], week) if day.date == date(2026, 12, 23)]
    assert shorter.spells == ((time(9), time(14)),)


@pytest.mark.parametrize(
    ("week", "spells"),
    [
        ("Mon-Fri 09:00-12:00 13:00-17:00", ((time(9), time(12)),)),
        ("Mon-Fri 13:00-17:00", ()),
        ("Mon-Fri 22:00-06:00", ()),
        ("24/7", ((time(0), time(12)),)),
    ],
)
def test_a_half_day_keeps_what_lies_before_noon(week: str, spells: tuple[tuple[time, time], ...]):
    [eve] = [d for d in public_holidays.look_up("GR", None, [2026], parse_week(week)) if d.date == date(2026, 12, 24)]
    assert eve.spells == spells


@pytest.mark.parametrize(("week", "open_for"), [("Mon-Fri 09:00-17:00", 3), ("Tue 09:00-17:00", 0)])
async def test_christmas_eve_is_half_a_day_where_it_is(office: Office, week: str, open_for: int):
    """24 December 2026 is a Thursday."""
    shown = await save(office, replace(FINLAND, country="Greece", week=parse_week(week)))
    eve = office.now.replace(month=12, day=24, hour=0)
    assert calendars.team_time(shown.team).between(eve, eve + timedelta(days=1)) == timedelta(hours=open_for)


@pytest.mark.parametrize(
    ("country", "region", "hint"),
    [
        ("DE", "Bayren", "did you mean Bayern (BY)?"),
        ("DE", "Qq", "it has Brandenburg (BB), Berlin (BE), Baden-Württemberg (BW)"),
        ("FI", "Uusima", "did you mean Uusimaa (18)?"),
        ("BE", "Antwerp", "it has Flemish, French, German."),
        ("US", "Qq", "Arizona (AZ)"),
    ],
)
def test_a_region_that_is_not_known_is_said_with_those_there_are_by_name(country: str, region: str, hint: str):
    with pytest.raises(CalendarTextError) as raised:
        public_holidays.find_region(country, region)
    assert hint in str(raised.value)
    assert f"has no region “{region}”; " in str(raised.value)


def test_of_many_regions_the_first_are_named_and_the_rest_is_counted():
    with pytest.raises(CalendarTextError) as raised:
        public_holidays.find_region("US", "Qq")
    more = len(public_holidays.regions("US")) - public_holidays.MOST_NAMED
    assert str(raised.value).endswith(f" and {more} more; all are in Slack (App Home, Settings, Team hours).")


def test_a_region_may_be_named_and_a_country_by_any_of_its_codes():
    assert public_holidays.find_region("GB", "scotland") == "SCT"
    assert [public_holidays.find_region("FI", name) for name in ("Uusimaa", "nyland", "18")] == ["18"] * 3
    assert public_holidays.regions("FI")["18"] == "Uusimaa"
    assert public_holidays.find_country("UK") == public_holidays.find_country("GBR") == "GB"
    assert public_holidays.countries()["FI"] == "Finland"
    assert public_holidays.regions("DE")["BY"] == "Bayern"
