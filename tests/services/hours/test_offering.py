"""Every time that is offered to a client lies in working time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.hours.calendar_rules import SpecialDay
from bot.domain.people import Member
from bot.domain.promises import Outcome
from bot.services.nudges import nudging
from bot.services.requests import claiming
from bot.services.settings import calendar_saving
from bot.suggest.times import client_time
from tests.services.offers import (
    HOUR,
    TEAM,
    acknowledged,
    at,
    away,
    delayed,
    goto,
    in_zone,
    local,
    previewed,
    promised,
    request_of,
)
from tests.support.office import JONAS, MIRA, SAM, Office, acting


@pytest.fixture
async def at_work(office: Office) -> Office:
    """The team of three with hours: nine to five in Helsinki, for each by their own clock."""
    await office.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=TEAM, based_on=0)
    return office


@pytest.mark.parametrize(
    ("now", "offered", "told"),
    [
        ("11-26 16:59", "Fri 27 10:45", "10:45 am tomorrow, Friday (Helsinki time)"),
        ("11-27 12:00", "Fri 27 14:00", "2:00 pm today (Helsinki time)"),
        ("11-27 16:31", "Mon 30 10:30", "Monday, 30 November, 10:30 am (Helsinki time)"),
        ("11-27 17:00", "Mon 30 11:00", "Monday, 30 November, 11:00 am (Helsinki time)"),
        ("11-28 11:00", "Mon 30 11:00", "Monday, 30 November, 11:00 am (Helsinki time)"),
        ("11-29 23:00", "Mon 30 11:00", "11:00 am tomorrow, Monday (Helsinki time)"),
    ],
)
async def test_a_first_answer_is_offered_for_when_its_owner_works(
    at_work: Office, now: str, offered: str, told: str
) -> None:
    goto(at_work, now)
    request = await request_of(at_work)
    await in_zone(at_work, request, "Europe/Helsinki")
    review = await acknowledged(at_work, request)
    assert local(review.due_at) == offered
    assert told in review.text
    assert review.checks == ()


async def test_a_client_far_away_is_told_the_same_time_by_their_own_clock(at_work: Office) -> None:
    goto(at_work, "11-27 16:40")
    request = await request_of(at_work)
    await in_zone(at_work, request, "America/New_York")
    assert "Monday, 30 November, 3:30 am (New York time)" in (await acknowledged(at_work, request)).text


async def test_before_a_day_off_the_day_after_it_is_offered(office: Office) -> None:
    off = replace(TEAM, days=(SpecialDay(date(2026, 11, 30), (), "Stocktaking"),))
    await office.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=off, based_on=0)
    goto(office, "11-27 16:40")
    request = await request_of(office)
    assert local((await acknowledged(office, request)).due_at) == "Tue 01 10:30"


@pytest.mark.parametrize(
    ("owner", "by", "offered"),
    [
        (MIRA, MIRA, "Mon 30 10:30"),
        (MIRA, JONAS, "Mon 30 10:30"),
        (None, JONAS, "Mon 30 10:30"),
        (JONAS, MIRA, "Mon 30 10:30"),
        (SAM, MIRA, "Mon 30 16:15"),
    ],
)
async def test_it_is_the_owners_hours_that_count_and_whoever_presses_first_owns_it(
    at_work: Office, owner: Member | None, by: Member, offered: str
) -> None:
    """In Berlin there is an hour of work left; of New York's day the team's in Helsinki sees the first hour."""
    goto(at_work, "11-27 16:40")
    found = await acknowledged(at_work, await request_of(at_work, owner), by=by)
    assert local(found.due_at) == offered


@pytest.mark.parametrize(
    ("spell", "by", "offered"),
    [
        (("11-27 12:00", "11-30 00:00"), JONAS, "Mon 30 11:00"),
        (("11-27 12:00", "11-30 00:00"), MIRA, "Mon 30 11:00"),
        (("11-27 12:00", "12-07 00:00"), JONAS, "Fri 27 14:00"),
        (("11-27 12:00", "12-07 00:00"), MIRA, "Mon 07 11:00"),
        (("11-27 16:00", "12-07 00:00"), JONAS, "Fri 27 14:00"),
        (("11-27 13:00", "11-27 14:00"), JONAS, "Fri 27 15:00"),
    ],
)
async def test_an_owner_who_is_away_answers_when_they_are_back_or_a_colleague_does_before(
    at_work: Office, spell: tuple[str, str], by: Member, offered: str
) -> None:
    goto(at_work, "11-27 12:00")
    request = await request_of(at_work)
    await away(at_work, MIRA, *spell)
    found = await acknowledged(at_work, request, by=by)
    assert local(found.due_at) == offered


@pytest.mark.parametrize(
    ("now", "due", "offered"),
    [
        ("11-26 12:00", "11-26 16:59", "Fri 27 11:00"),
        ("11-26 16:50", "11-27 12:00", "Fri 27 14:00"),
        ("11-27 12:00", "11-27 16:31", "Mon 30 10:45"),
        ("11-27 16:30", "11-27 17:00", "Mon 30 11:00"),
        ("11-27 16:30", "11-28 11:00", "Mon 30 11:00"),
    ],
)
async def test_a_delay_update_offers_a_later_time_of_work(at_work: Office, now: str, due: str, offered: str) -> None:
    goto(at_work, now)
    form = await delayed(at_work, await promised(at_work, at(due)))
    assert local(form.new_due_at) == offered


@pytest.mark.parametrize(
    ("later", "offered"),
    [
        ("11-27 15:00:05", "Fri 27 16:30"),
        ("11-27 16:40:00", "Mon 30 10:45"),
        ("11-28 11:00:00", "Mon 30 11:00"),
    ],
)
async def test_a_recovery_draft_offers_a_time_of_work_and_tells_it(at_work: Office, later: str, offered: str) -> None:
    goto(at_work, "11-27 13:00")
    promise = await promised(at_work, at("11-27 15:00"))
    await in_zone(at_work, promise.request, "Europe/Helsinki")
    goto(at_work, later[:-3])
    at_work.later(seconds=int(later[-2:]))
    await at_work.desk.do(nudging.plan)
    form = await delayed(at_work, promise)
    assert form.promise.outcome is Outcome.SLIPPED
    assert local(form.new_due_at) == offered
    review = await previewed(at_work, form, form.new_due_at)
    assert f"by {client_time(form.new_due_at, 'Europe/Helsinki', 'en', at_work.now)}" in review.text
    assert review.checks == ()


async def test_a_promise_that_falls_into_an_absence_is_moved_behind_it(at_work: Office) -> None:
    goto(at_work, "11-25 10:00")
    promise = await promised(at_work, at("11-27 12:00"))
    await away(at_work, MIRA, "11-26 00:00", "12-07 00:00")
    assert local((await delayed(at_work, promise)).new_due_at) == "Mon 07 11:00"
    assert local((await delayed(at_work, promise, by=JONAS)).new_due_at) == "Fri 27 14:00"


async def test_of_a_promise_that_nobody_owns_the_teams_hours_count(at_work: Office) -> None:
    goto(at_work, "11-27 16:00")
    promise = await promised(at_work, at("11-27 16:45"))
    await at_work.desk.do(claiming.release_request, actor=acting(MIRA), request=promise.request)
    await away(at_work, MIRA, "11-27 16:00", "12-07 00:00")
    assert local((await delayed(at_work, promise)).new_due_at) == "Mon 30 10:45"


@pytest.mark.parametrize("now", ["11-27 16:40", "11-28 03:07"])
async def test_a_team_around_the_clock_is_offered_what_it_always_was(office: Office, now: str) -> None:
    goto(office, now)
    request = await request_of(office)
    review = await acknowledged(office, request)
    assert review.due_at is not None
    assert 105 <= (review.due_at - office.now) / timedelta(minutes=1) <= 120
    form = await delayed(office, await promised(office, office.now + HOUR))
    assert timedelta(0) <= form.new_due_at - form.promise.due_at - 2 * HOUR < timedelta(minutes=15)
    assert (await previewed(office, form, form.new_due_at + 9 * HOUR)).checks == ()
