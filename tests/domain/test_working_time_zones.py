"""Working time where clocks change: gaps and folds of any size, dates that never were, years far away."""

import time as process_time
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from bot.domain.working_time import ALWAYS, BOUND, Calendar, Hours, NoWorkingTimeError, WorkingTime, both, working_time

OFFICE: Hours = ((time(9), time(17)),)
NIGHT: Hours = ((time(22), time(6)),)
ALL_DAY: Hours = ((time(), time()),)
MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


def every_day(zone: str, hours: Hours, **more) -> WorkingTime:
    return working_time(Calendar(zone, (hours,) * 7, **more))


def at(zone: str, text: str) -> datetime:
    """Return a moment by the zone's clock; the first of both when it shows this twice."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "hours", "start", "end", "lasts"),
    [
        ("Europe/Helsinki", NIGHT, "2026-03-28T22:00", "2026-03-29T06:00", 7 * HOUR),
        ("Europe/Helsinki", NIGHT, "2026-10-24T22:00", "2026-10-25T06:00", 9 * HOUR),
        ("Australia/Lord_Howe", NIGHT, "2026-10-03T22:00", "2026-10-04T06:00", 7.5 * HOUR),
        ("Australia/Lord_Howe", NIGHT, "2026-04-04T22:00", "2026-04-05T06:00", 8.5 * HOUR),
        ("Antarctica/Troll", NIGHT, "2026-03-28T22:00", "2026-03-29T06:00", 6 * HOUR),
        ("Antarctica/Troll", NIGHT, "2026-10-24T22:00", "2026-10-25T06:00", 10 * HOUR),
        ("America/Havana", ((time(), time(8)),), "2026-03-08T00:00", "2026-03-08T08:00", 7 * HOUR),
        ("America/Havana", ((time(), time(8)),), "2026-11-01T00:00", "2026-11-01T08:00", 9 * HOUR),
        ("America/Sao_Paulo", ((time(20), time()),), "2018-02-17T20:00", "2018-02-18T00:00", 5 * HOUR),
    ],
)
def test_a_shift_over_a_clock_change_is_as_long_as_it_takes(zone, hours, start, end, lasts):
    shifts, opening, close = every_day(zone, hours), at(zone, start), at(zone, end)
    assert shifts.closing(opening) == close
    assert shifts.between(opening, close) == close - opening == lasts
    assert shifts.add(opening, lasts) == close
    assert shifts.subtract(close, lasts) == opening
    assert shifts.last_spell_before(close) == (opening, close)


@pytest.mark.parametrize(
    ("hours", "spell"),
    [
        (((time(2, 15), time(2, 45)),), ("07:15", "07:45")),  # read with the offset from before: 03:15 to 03:45
        (((time(1, 30), time(2, 30)),), ("06:30", "07:30")),
        (((time(1), time(4)),), ("06:00", "08:00")),
        (((time(2), time(3)),), None),  # from the gap's first moment to the same moment
        (((time(2, 30), time(3, 15)),), None),  # its end comes before its start
    ],
)
def test_a_wall_that_the_clock_leaves_out_is_read_with_the_offset_from_before(hours, spell):
    day = datetime(2026, 3, 8, tzinfo=UTC)
    found = every_day("America/New_York", hours).spells(day + 5 * HOUR, day + 28 * HOUR)
    assert found == ([tuple(datetime.fromisoformat(f"2026-03-08T{clock}+00:00") for clock in spell)] if spell else [])


@pytest.mark.parametrize(
    ("hours", "start", "end"),
    [
        (((time(1, 15), time(1, 45)),), "05:15", "05:45"),
        (((time(1), time(2)),), "05:00", "07:00"),
        (((time(0, 30), time(1, 30)),), "04:30", "05:30"),
        (((time(1, 30, fold=1), time(3)),), "05:30", "08:00"),
    ],
)
def test_a_wall_that_occurs_twice_is_the_first_of_both(hours, start, end):
    day = datetime(2026, 11, 1, tzinfo=UTC)
    found = every_day("America/New_York", hours).spells(day + 4 * HOUR, day + 28 * HOUR)
    assert found == [tuple(datetime.fromisoformat(f"2026-11-01T{clock}+00:00") for clock in (start, end))]


def test_the_day_that_apia_left_out_has_no_hours():
    weekdays = working_time(Calendar("Pacific/Apia", (OFFICE,) * 5 + ((), ())))
    thursday = at("Pacific/Apia", "2011-12-29T16:00")
    assert weekdays.add(thursday, 2 * HOUR) == at("Pacific/Apia", "2012-01-02T10:00")
    assert every_day("Pacific/Apia", OFFICE).add(thursday, 2 * HOUR) == at("Pacific/Apia", "2011-12-31T10:00")
    only = every_day("Pacific/Apia", (), overrides=((date(2011, 12, 30), ALL_DAY),))
    with pytest.raises(NoWorkingTimeError):
        only.next_opening(thursday)


def test_a_night_shift_into_the_day_that_apia_left_out_is_as_long_as_any():
    opening = at("Pacific/Apia", "2011-12-29T22:00")
    assert every_day("Pacific/Apia", NIGHT).closing(opening) == opening + 8 * HOUR


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_overrides_and_holidays_go_by_the_local_date(zone):
    open_sunday, holiday = date(2026, 5, 3), date(2026, 5, 4)
    calendar = Calendar(zone, (OFFICE,) * 5 + ((), ()), ((open_sunday, OFFICE),), frozenset({holiday}))
    found = working_time(calendar).spells(at(zone, "2026-05-02T00:00"), at(zone, "2026-05-06T00:00"))
    expected = [(at(zone, f"2026-05-0{day}T09:00"), at(zone, f"2026-05-0{day}T17:00")) for day in (3, 5)]
    assert found == expected


def test_a_holiday_does_not_cut_the_night_shift_that_began_before_it():
    hours = every_day("Europe/Helsinki", NIGHT, holidays=frozenset({date(2026, 12, 25)}))
    found = hours.spells(at("Europe/Helsinki", "2026-12-24T12:00"), at("Europe/Helsinki", "2026-12-26T12:00"))
    assert found == [(at("Europe/Helsinki", "2026-12-24T22:00"), at("Europe/Helsinki", "2026-12-25T06:00"))]


def test_christmas_eve_is_a_half_day():
    half = ((date(2026, 12, 24), ((time(9), time(12)),)),)
    closed = frozenset({date(2026, 12, 24), date(2026, 12, 25)})
    hours = working_time(Calendar("Europe/Helsinki", (OFFICE,) * 5 + ((), ()), half, closed))
    assert hours.add(at("Europe/Helsinki", "2026-12-24T11:00"), 2 * HOUR) == at("Europe/Helsinki", "2026-12-28T10:00")
    assert hours.subtract(at("Europe/Helsinki", "2026-12-28T09:15"), HOUR) == at("Europe/Helsinki", "2026-12-24T11:15")


def test_an_owner_in_kolkata_and_a_team_in_new_york_share_the_evening_of_one_and_the_morning_of_the_other():
    late = working_time(Calendar("Asia/Kolkata", (((time(13), time(21)),),) * 5 + ((), ())))
    shared = both(working_time(Calendar("America/New_York", (OFFICE,) * 5 + ((), ()))), late)
    due = at("America/New_York", "2026-11-23T10:00")
    assert shared.subtract(due, HOUR) == at("America/New_York", "2026-11-23T09:00")
    assert shared.subtract(due, 2 * HOUR) == at("Asia/Kolkata", "2026-11-20T20:00")


@pytest.mark.parametrize("zone", ["Europe/Helsinki", "Australia/Lord_Howe", "Antarctica/Troll", "America/Havana"])
def test_around_the_clock_in_a_zone_has_no_seam_at_any_clock_change(zone):
    hours, t = every_day(zone, ALL_DAY), datetime(2026, 1, 1, tzinfo=UTC)
    assert hours.spells(t, t + timedelta(days=730)) == [(t, t + timedelta(days=730))]
    assert (hours.closing(t), hours.last_spell_before(t)) == (ALWAYS.closing(t), ALWAYS.last_spell_before(t))


def test_the_search_ends_exactly_at_its_bound():
    day = date(2030, 1, 1)
    hours = every_day("UTC", (), overrides=((day, ALL_DAY),))
    opening, close = datetime(2030, 1, 1, tzinfo=UTC), datetime(2030, 1, 2, tzinfo=UTC)
    assert hours.next_opening(opening - BOUND) == opening
    assert hours.add(opening + HOUR - BOUND, HOUR) == opening + HOUR
    assert hours.previous_close(close + BOUND) == close
    assert hours.subtract(close - HOUR + BOUND, HOUR) == close - HOUR
    for question in (
        lambda: hours.next_opening(opening - BOUND - MICROSECOND),
        lambda: hours.add(opening + HOUR - BOUND - MICROSECOND, HOUR),
        lambda: hours.previous_close(close + BOUND + MICROSECOND),
        lambda: hours.subtract(close - HOUR + BOUND + MICROSECOND, HOUR),
    ):
        with pytest.raises(NoWorkingTimeError):
            question()


def test_more_than_ten_years_of_work_is_no_answer_even_around_the_clock():
    t = datetime(2026, 11, 22, tzinfo=UTC)
    assert (ALWAYS.add(t, BOUND), ALWAYS.subtract(t, BOUND)) == (t + BOUND, t - BOUND)
    for ask in (ALWAYS.add, ALWAYS.subtract):
        with pytest.raises(NoWorkingTimeError):
            ask(t, BOUND + MICROSECOND)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Helsinki", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_first_and_the_last_year_that_a_moment_can_have_are_no_accident(zone):
    hours, first, last = every_day(zone, OFFICE), datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    assert hours.add(datetime(2400, 2, 29, tzinfo=UTC), HOUR).year == 2400
    assert hours.next_opening(first) < hours.next_opening(first + timedelta(days=5))
    assert hours.previous_close(last) > hours.previous_close(last - timedelta(days=5))
    with pytest.raises(NoWorkingTimeError):
        hours.add(last, HOUR)
    with pytest.raises(NoWorkingTimeError):
        hours.subtract(first, HOUR)
    assert (ALWAYS.closing(last), ALWAYS.last_spell_before(first + HOUR)[0]) == (last, first)


def test_the_zone_of_the_process_changes_nothing(monkeypatch):
    t, answers = datetime(2026, 3, 28, 12, tzinfo=UTC), set()
    for zone in ("UTC", "Asia/Kolkata", "America/New_York"):
        with monkeypatch.context() as patch:
            patch.setenv("TZ", zone)
            process_time.tzset()
            working_time.cache_clear()
            answers.add(every_day("Europe/Helsinki", NIGHT).add(t, 10 * HOUR))
    process_time.tzset()
    assert answers == {at("Europe/Helsinki", "2026-03-30T01:00")}


def test_moments_may_come_in_any_zone_and_answers_are_in_utc():
    hours = every_day("Europe/Helsinki", OFFICE)
    found = {
        hours.add(at("UTC", "2026-11-23T08:00").astimezone(ZoneInfo(zone)), HOUR) for zone in ("UTC", "Asia/Tokyo")
    }
    assert found == {at("UTC", "2026-11-23T09:00")}
    assert {moment.tzinfo for moment in found} == {UTC}


def test_a_zone_that_does_not_exist_is_no_calendar():
    with pytest.raises(ZoneInfoNotFoundError):
        every_day("Europe/Nowhere", OFFICE)
    with pytest.raises(ValueError, match="seven days"):
        working_time(Calendar("UTC", (OFFICE,) * 5))
