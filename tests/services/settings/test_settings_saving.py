"""Saving settings: two people at once, what moves, and nothing half saved."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.hours.calendars import CalendarRules, parse_rules, parse_week, week_text
from bot.domain.hours.settings import AwaySigns, HoursForm, Overtaken, Saved, YearForm
from bot.domain.hours.settings_days import year_form
from bot.domain.people import Member
from bot.errors import FieldError, NotAMemberError
from bot.services.away import entering
from bot.services.hours import calendars
from bot.services.requests import claiming
from bot.services.settings import calendar_saving, settings_days, settings_saving, settings_shown, settings_signs
from tests.support.office import JONAS, MIRA, SAM, Office, acting

WEEK = "Mon-Fri 09:00-17:00"
WAS = HoursForm(week=WEEK, tz="Europe/Helsinki")
MINE = HoursForm(week=WEEK, own=False)
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture(autouse=True)
async def helsinki(office: Office) -> None:
    """A team in Helsinki with an ordinary week, and Finland's holidays from next year on."""
    rules = parse_rules(f"Europe/Helsinki {WEEK}")
    await office.desk.do(calendar_saving.save_team_calendar, actor=None, rules=rules, based_on=0)


async def save(office: Office, wanted: HoursForm, *, was: HoursForm = WAS, by: Member = MIRA) -> Saved | Overtaken:
    return await office.desk.do(settings_saving.change_team_hours, actor=acting(by), was=was, wanted=wanted)


async def save_mine(office: Office, wanted: HoursForm, *, was: HoursForm = MINE) -> Saved | Overtaken:
    return await office.desk.do(settings_saving.change_my_hours, actor=acting(MIRA), was=was, wanted=wanted)


async def team(office: Office) -> CalendarRules:
    return (await office.desk.read(calendars.calendar_of)).team


async def test_what_two_people_change_apart_holds_together(office: Office):
    await save(office, replace(WAS, country="DE", region="BY"), by=JONAS)
    result = await save(office, replace(WAS, week="Mon-Thu 9-17"))

    assert isinstance(result, Saved)
    rules = await team(office)
    assert (week_text(rules.week), rules.country, rules.region) == ("Mon-Thu 09:00-17:00", "DE", "BY")


async def test_where_both_changed_the_same_nothing_is_saved_and_the_second_hears_of_it(office: Office):
    await save(office, replace(WAS, week="Mon-Fri 8-16"), by=JONAS)
    result = await save(office, replace(WAS, week="Mon-Thu 9-17", tz="Europe/Berlin"))

    assert isinstance(result, Overtaken)
    assert (result.by, result.parts) == (JONAS.id, ("week",))
    rules = await team(office)
    assert (week_text(rules.week), rules.tz) == ("Mon-Fri 08:00-16:00", "Europe/Helsinki")


async def test_the_same_change_by_both_is_no_conflict(office: Office):
    await save(office, replace(WAS, week="Mon-Fri 8-16"), by=JONAS)
    result = await save(office, replace(WAS, week="weekdays 08:00 to 16:00"))

    assert isinstance(result, Saved)
    assert not result.changed


async def test_the_save_of_a_press_that_comes_twice_makes_one_version(office: Office):
    wanted = replace(WAS, week="Mon-Thu 9-17")
    first, second = await save(office, wanted), await save(office, wanted)

    assert (first.shown.team.version, second.shown.team.version) == (2, 2)


async def test_another_country_forgets_the_region_of_the_one_before(office: Office):
    await save(office, replace(WAS, country="DE", region="BY"))
    was = replace(WAS, country="DE", region="BY")

    await save(office, replace(was, country="FI", region=""), was=was)

    rules = await team(office)
    assert (rules.country, rules.region) == ("FI", None)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (replace(WAS, week="Mon 9-12 11-14"), "week"),
        (replace(WAS, week=""), "week"),
        (replace(WAS, week="Mon closed"), "week"),
        (replace(WAS, tz="Europe/Atlantis"), "tz"),
        (replace(WAS, country="XX"), "country"),
        (replace(WAS, country="DE", region="ATLANTIS"), "country"),
    ],
)
async def test_what_cannot_be_names_its_field_and_saves_nothing(office: Office, wanted: HoursForm, field: str):
    with pytest.raises(FieldError) as refused:
        await save(office, wanted)

    assert refused.value.field == field
    assert (await office.desk.read(calendars.calendar_of)).version == 1


async def test_who_is_no_member_changes_nothing(office: Office):
    stranger = Member("U0NOBODY", "Nobody")
    with pytest.raises(NotAMemberError):
        await save(office, replace(WAS, week="Mon-Thu 9-17"), by=stranger)
    assert (await office.desk.read(calendars.calendar_of)).version == 1


async def test_a_save_says_how_many_nudges_move_and_when_the_next_one_goes_out(office: Office):
    """A promise for Monday 09:15 nudges on Friday at 16:15; when Friday ends at 13:00, at 12:15."""
    friday = datetime(2026, 11, 27, 10, tzinfo=UTC)
    office.desk.clock.move(friday - office.now)
    request = (await office.webhook()).request
    assert request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    monday = datetime(2026, 11, 30, 7, 15, tzinfo=UTC)
    await office.send(request, due=monday - office.now)

    result = await save(office, replace(WAS, week="Mon-Thu 09:00-17:00, Fri 09:00-13:00"))

    assert isinstance(result, Saved)
    assert result.effect.moved >= 1
    assert result.effect.next_at == datetime(2026, 11, 27, 10, 15, tzinfo=UTC)
    assert not result.effect.later


async def test_my_hours_are_looked_at_as_a_whole_before_anything_is_saved(office: Office):
    wanted = replace(MINE, own=True, week="Sat 10-12", tz="Europe/Lisbon", stand_in=JONAS.id)
    with pytest.raises(FieldError, match="None of these hours lie in the team's"):
        await save_mine(office, wanted)

    shown = await office.desk.read(calendars.calendar_of, owner=MIRA.id)
    assert (shown.rules, shown.zone_chosen, shown.stand_in) == (None, False, None)


async def test_hours_of_my_own_count_only_when_i_say_so_and_are_never_lost_silently(office: Office):
    with pytest.raises(FieldError) as refused:
        await save_mine(office, replace(MINE, week="Mon-Thu 9-14"))
    assert refused.value.field == "hours_kind"

    result = await save_mine(office, replace(MINE, own=True, week="Mon-Thu 9-14", within=False))

    assert result.shown.mine.rules == CalendarRules(week=parse_week("Mon-Thu 9-14"), within_team=False)


async def test_a_stand_in_who_is_away_is_taken_and_said(office: Office):
    away = {"starts_at": office.now, "ends_at": office.now + timedelta(days=3), "stand_in": None, "reason": ""}
    await office.desk.do(entering.enter_absence, actor=acting(JONAS), member=JONAS.id, **away)

    result = await save_mine(office, replace(MINE, stand_in=JONAS.id))

    assert isinstance(result, Saved)
    assert result.shown.mine.stand_in == JONAS.id
    assert result.notes[0].startswith("Jonas is away right now.")


async def test_whoever_the_teams_new_hours_leave_out_is_named(office: Office):
    await save_mine(office, replace(MINE, own=True, week="Fri 9-14"))

    result = await save(office, replace(WAS, week="Mon-Thu 9-17"), by=JONAS)

    assert isinstance(result, Saved)
    assert [note for note in result.notes if note.startswith("Mira has hours of their own")]


async def test_a_year_is_confirmed_with_days_dropped_and_half(office: Office):
    await save(office, replace(WAS, country="FI"))
    before = await office.desk.read(settings_shown.holidays_of, actor=acting(MIRA), year=2027)
    was = year_form(before)
    wanted = YearForm(was.kept - {"2027-12-24"}, "Epiphany 10-12")

    result = await office.desk.do(settings_days.change_holidays, actor=acting(MIRA), year=2027, was=was, wanted=wanted)

    assert isinstance(result, Saved)
    after = await office.desk.read(settings_shown.holidays_of, actor=acting(MIRA), year=2027)
    assert after.confirmed
    assert year_form(after) == YearForm(wanted.kept, "6 Jan 10:00-12:00")
    assert len(after.listed) == len(before.listed)
    await save(office, replace(WAS, week="Mon-Thu 9-17", country="FI"), was=replace(WAS, country="FI"))
    later = await office.desk.read(settings_shown.holidays_of, actor=acting(MIRA), year=2027)
    assert year_form(later) == year_form(after)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 1, 2), 2026),
        (date(2026, 10, 31), 2026),
        (date(2026, 11, 1), 2026),
    ],
)
def test_the_year_that_runs_is_to_be_confirmed_first(day: date, year: int):
    assert settings_shown.year_to_confirm(CalendarRules(country="FI"), day) == year


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 10, 31), None), (date(2026, 11, 1), 2027), (date(2026, 12, 31), 2027), (date(2027, 1, 1), 2027)],
)
def test_from_november_on_the_next_year_is_to_be_confirmed(day: date, year: int | None):
    assert settings_shown.year_to_confirm(CalendarRules(country="FI", confirmed=(2026,)), day) == year


async def test_a_special_day_wins_over_a_holiday_and_says_so(office: Office):
    await save(office, replace(WAS, country="FI"))
    facts = {"is_open": True, "hours": "10-12", "note": " Phones  only ", "version": 2}

    result = await office.desk.do(settings_days.add_special_day, actor=acting(MIRA), day=CHRISTMAS, **facts)

    assert isinstance(result, Saved)
    assert "is a public holiday" in result.notes[0]
    [day] = (await team(office)).days
    assert (day.date, day.note) == (CHRISTMAS, "Phones only")
    gone = await office.desk.do(settings_days.remove_special_day, actor=acting(JONAS), day=CHRISTMAS)
    again = await office.desk.do(settings_days.remove_special_day, actor=acting(JONAS), day=CHRISTMAS)
    assert (gone.changed, again.changed) == (True, False)


async def test_hours_for_a_closed_day_are_not_lost_silently(office: Office):
    with pytest.raises(FieldError) as refused:
        await office.desk.do(
            settings_days.add_special_day,
            actor=acting(MIRA),
            day=CHRISTMAS,
            is_open=False,
            hours="10-12",
            note="",
            version=1,
        )
    assert refused.value.field == "opening"


async def test_today_by_the_teams_clock_is_not_past(office: Office):
    today = (office.now + timedelta(hours=2)).date()
    facts = {"is_open": False, "hours": "", "note": "", "version": 1}
    result = await office.desk.do(settings_days.add_special_day, actor=acting(MIRA), day=today, **facts)
    assert isinstance(result, Saved)
    with pytest.raises(FieldError, match="past"):
        await office.desk.do(settings_days.add_special_day, actor=acting(MIRA), day=today - timedelta(days=1), **facts)


async def test_away_words_of_two_people_are_merged_and_only_the_lead_changes_them(office: Office):
    was = (await office.desk.read(settings_shown.settings_of, actor=acting(SAM))).away
    with pytest.raises(FieldError, match="Only Sam"):
        await office.desk.do(settings_signs.change_signs, actor=acting(MIRA), was=was, words="Ferien", emoji=":boat:")
    one = AwaySigns(words=("sick", "leave"), emoji=("boat",))
    first = {"was": was, "words": "sick, leave", "emoji": ":boat:"}
    await office.desk.do(settings_signs.change_signs, actor=acting(SAM), **first)
    shown, changed = await office.desk.do(
        settings_signs.change_signs, actor=acting(SAM), was=one, words="leave, OOO", emoji=":boat::tent:"
    )
    assert changed
    assert shown.away == AwaySigns(words=("leave", "OOO"), emoji=("boat", "tent"))
    shown, changed = await office.desk.do(
        settings_signs.change_signs, actor=acting(SAM), was=one, words="sick, leave, fishing", emoji=""
    )
    assert shown.away == AwaySigns(words=("leave", "OOO", "fishing"), emoji=("tent",))
