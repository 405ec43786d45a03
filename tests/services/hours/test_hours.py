"""Whose hours hold when: the team's, a member's, with absences taken away; and what saving them does."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.calendars import CalendarRules, parse_rules, parse_week, week_text
from bot.domain.people import Actor, Member
from bot.domain.working_time import ALWAYS, WorkingTime
from bot.errors import FieldError, NotAMemberError, RefusedError, StaleWindowError
from bot.services import people
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.settings import calendar_saving, own_settings
from bot.store import absences
from tests.support.office import JONAS, MIRA, SAM, Office, acting

OFFICE = parse_rules("Mon-Fri 09:00-17:00")
NINE_IN_HELSINKI = datetime(2026, 11, 23, 7, tzinfo=UTC)
NINE_IN_NEW_YORK = datetime(2026, 11, 23, 14, tzinfo=UTC)


async def save(office: Office, rules: CalendarRules = OFFICE, *, based_on: int = 0, by: Member = MIRA) -> CalendarShown:
    return await office.desk.do(calendar_saving.save_team_calendar, actor=acting(by), rules=rules, based_on=based_on)


async def save_own(
    office: Office, rules: CalendarRules | None, *, based_on: int = 0, by: Member = MIRA
) -> CalendarShown:
    return await office.desk.do(
        calendar_saving.save_member_calendar, actor=acting(by), member=MIRA.id, rules=rules, based_on=based_on
    )


async def hours(office: Office, member: str = "") -> WorkingTime:
    def read(ctx: Context) -> WorkingTime:
        with ctx.store.reading() as tx:
            return calendars.hours_of(tx, ctx, member) if member else calendars.team_hours(tx, ctx)

    return await office.desk.read(read)


async def test_without_any_calendar_time_is_plain(office: Office):
    assert await hours(office) is ALWAYS
    assert await hours(office, MIRA.id) is ALWAYS
    shown = await office.desk.read(calendars.calendar_of)
    assert (shown.version, shown.zone_chosen, week_text(shown.team.week)) == (0, False, "24/7")


async def test_the_teams_zone_is_the_leads_until_somebody_chooses_one(office: Office):
    shown = await save(office)
    assert (shown.tz, shown.zone_chosen, shown.rules) == (SAM.tz, False, OFFICE)
    assert (shown.by_itself, shown.by_itself_of) == (SAM.tz, "Sam")
    assert (await hours(office)).next_opening(office.now) == NINE_IN_NEW_YORK
    shown = await save(office, parse_rules("Europe/Berlin Mon-Fri 09:00-17:00"), based_on=1)
    assert (shown.tz, shown.zone_chosen) == ("Europe/Berlin", True)
    assert (shown.by_itself, shown.by_itself_of) == (SAM.tz, "Sam")


async def test_without_a_lead_the_most_common_zone_counts(office: Office):
    await office.desk.do(people.sync_members, members=[MIRA, JONAS, Member("U0ANA", "Ana", tz="Europe/Berlin")])
    shown = await save(office)
    assert (shown.tz, shown.by_itself, shown.by_itself_of) == ("Europe/Berlin", "Europe/Berlin", "")


async def test_each_member_works_the_teams_week_by_their_own_clock(office: Office):
    await save(office)
    assert (await hours(office, MIRA.id)).is_open(NINE_IN_HELSINKI)
    assert not (await hours(office, MIRA.id)).is_open(NINE_IN_HELSINKI - timedelta(seconds=1))
    assert not (await hours(office)).is_open(NINE_IN_HELSINKI)


async def test_a_zone_that_a_member_chose_moves_their_hours_and_goes_again(office: Office):
    await save(office)
    mira = await office.desk.do(own_settings.set_zone, actor=acting(MIRA), member=MIRA.id, tz="new york")
    assert (mira.tz, mira.tz_own) == ("America/New_York", "America/New_York")
    assert (await hours(office, MIRA.id)).next_opening(office.now) == NINE_IN_NEW_YORK
    mira = await office.desk.do(own_settings.set_zone, actor=acting(MIRA), member=MIRA.id, tz=None)
    assert (mira.tz, mira.tz_own) == (MIRA.tz, None)
    assert (await hours(office, MIRA.id)).is_open(NINE_IN_HELSINKI)


async def test_a_zone_that_does_not_exist_is_refused_at_its_field(office: Office):
    with pytest.raises(FieldError) as raised:
        await office.desk.do(own_settings.set_zone, actor=acting(MIRA), member=MIRA.id, tz="Europe/Helsinky")
    assert raised.value.field == "tz"
    assert raised.value.sentence == "There is no time zone “Europe/Helsinky”; did you mean Europe/Helsinki?"


async def test_a_zone_that_slack_made_up_counts_as_the_teams(office: Office):
    await save(office)
    await office.desk.do(people.sync_members, members=[Member(MIRA.id, MIRA.name, tz="Mars/Base"), SAM])
    assert (await hours(office, MIRA.id)).next_opening(office.now) == NINE_IN_NEW_YORK


async def test_hours_of_their_own_hold_until_they_are_given_up(office: Office):
    await save(office)
    own = CalendarRules(week=parse_week("Mon-Fri 10:00-12:00"))
    shown = await save_own(office, own)
    assert (shown.version, shown.rules) == (1, own)
    assert (await hours(office, MIRA.id)).next_opening(office.now) == office.now  # 10:00 in Helsinki
    shown = await save_own(office, None, based_on=1)
    assert (shown.version, shown.rules) == (2, None)
    assert (await hours(office, MIRA.id)).is_open(NINE_IN_HELSINKI)


async def test_absences_are_taken_away(office: Office):
    await save(office)

    def away(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            facts = {"member": MIRA.id, "source": "cli", "made_at": ctx.now, "reason": ""}
            absences.add(tx, starts_at=ctx.now, ends_at=ctx.now + timedelta(days=1), **facts)

    before = await hours(office, MIRA.id)
    await office.desk.do(away)
    after = await hours(office, MIRA.id)
    assert after.next_opening(office.now) == office.now + timedelta(days=1)
    assert after.tag != before.tag


async def test_of_two_who_change_the_same_hours_the_second_is_told(office: Office):
    await save(office, by=JONAS)
    with pytest.raises(StaleWindowError) as raised:
        await save(office, parse_rules("Mon-Fri 08:00-16:00"))
    assert raised.value.sentence.startswith("Jonas saved other hours while you were changing these.")
    assert (await office.desk.read(calendars.calendar_of)).rules == OFFICE


async def test_of_many_who_save_at_the_same_moment_one_wins_and_all_others_are_told(office: Office):
    others = [parse_rules(f"UTC Mon-Fri {hour:02}:00-17:00") for hour in range(6, 12)]
    found = await asyncio.gather(*(save(office, rules) for rules in others), return_exceptions=True)
    lost = [one for one in found if isinstance(one, StaleWindowError)]
    [won] = [one for one in found if isinstance(one, CalendarShown)]
    assert len(lost) == len(others) - 1
    assert (await office.desk.read(calendars.calendar_of)).rules == won.rules


async def test_saving_the_same_twice_is_saving_it_once(office: Office):
    await save(office)
    assert (await save(office)).version == 1
    await save_own(office, OFFICE)
    assert (await save_own(office, OFFICE)).version == 1
    await save_own(office, None, based_on=1)
    assert (await save_own(office, None, based_on=1)).version == 2


async def test_giving_up_hours_that_nobody_saved_changes_nothing(office: Office):
    assert (await save_own(office, None)).version == 0


async def test_hours_that_cannot_be_are_refused_at_their_field(office: Office):
    with pytest.raises(FieldError, match="nobody works in the whole next year") as raised:
        await save(office, CalendarRules(week=((),) * 7))
    assert raised.value.field == "week"
    with pytest.raises(FieldError) as raised:
        await save(office, CalendarRules(tz="Mars/Base"))
    assert raised.value.field == "tz"
    await save(office)
    with pytest.raises(FieldError, match="None of these hours lie in the team's"):
        await save_own(office, CalendarRules(week=parse_week("22-6")))


async def test_only_members_change_hours_and_only_the_lead_those_of_others(office: Office):
    with pytest.raises(NotAMemberError):
        await office.desk.do(
            calendar_saving.save_team_calendar, actor=Actor("U0CARLA", "T0ACME"), rules=OFFICE, based_on=0
        )
    with pytest.raises(RefusedError, match="Only Mira and the lead can change these hours"):
        await save_own(office, OFFICE, by=JONAS)
    assert (await save_own(office, OFFICE, by=SAM)).made_by == SAM.id


async def test_nobody_stands_in_for_themselves_nor_does_a_stranger(office: Office):
    def setting(stand_in: str | None) -> object:
        return office.desk.do(own_settings.set_stand_in, actor=acting(MIRA), member=MIRA.id, stand_in=stand_in)

    for who, sentence in ((MIRA.id, "That is the same person"), ("U0CARLA", "not in the team channel")):
        with pytest.raises(FieldError, match=sentence) as raised:
            await setting(who)
        assert raised.value.field == "stand_in"
    assert (await setting(JONAS.id)).stand_in == JONAS.id
    assert (await setting(None)).stand_in is None


async def test_what_was_rolled_back_is_not_remembered(office: Office):
    """A version that was read inside a transaction that failed; the next one may get its number and its row's id."""

    def failing(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            calendar_saving._save_team(tx, ctx, None, parse_rules("UTC Mon 01:00-02:00"), 0)
            calendars.team_hours(tx, ctx)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await office.desk.do(failing)
    await save(office, parse_rules("UTC Mon-Fri 09:00-17:00"))
    assert (await hours(office)).next_opening(office.now) == datetime(2026, 11, 23, 9, tzinfo=UTC)
