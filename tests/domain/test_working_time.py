"""Working time on plain weeks: adding, going back, measuring, and what a spell's edges are."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.working_time import (
    ALWAYS,
    BOUND,
    Calendar,
    Hours,
    NoWorkingTimeError,
    WorkingTime,
    both,
    without,
    working_time,
)

OFFICE: Hours = ((time(9), time(17)),)
LUNCH: Hours = ((time(9), time(12)), (time(13), time(17)))
WEEK = (OFFICE,) * 5 + ((), ())
HELSINKI = working_time(Calendar("Europe/Helsinki", WEEK))
PLAIN = working_time(Calendar("UTC", WEEK))
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """Return a moment of ISO text, in UTC unless the text names an offset."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def test_a_promise_of_half_an_hour_made_on_friday_at_1650_is_due_on_monday_at_0920():
    assert HELSINKI.add(at("2026-11-20T16:50+02:00"), 30 * MINUTE) == at("2026-11-23T09:20+02:00")


def test_an_hour_before_monday_0915_is_friday_1615_the_call_before_closing_time():
    assert HELSINKI.subtract(at("2026-11-23T09:15+02:00"), HOUR) == at("2026-11-20T16:15+02:00")


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-11-20T09:00", timedelta(hours=8), "2026-11-20T17:00"),
        ("2026-11-20T09:00", timedelta(hours=8, microseconds=1), "2026-11-23T09:00:00.000001"),
        ("2026-11-20T08:59:59.999999", timedelta(microseconds=1), "2026-11-20T09:00:00.000001"),
        ("2026-11-20T17:00", timedelta(seconds=1), "2026-11-23T09:00:01"),
        ("2026-11-21T12:00", timedelta(hours=40), "2026-11-27T17:00"),
        ("2026-11-20T16:59:59.999999", timedelta(microseconds=1), "2026-11-20T17:00"),
    ],
)
def test_adding_ends_as_early_as_it_can_and_exactly_at_a_close_when_the_day_is_used_up(start, amount, end):
    assert PLAIN.add(at(start), amount) == at(end)


@pytest.mark.parametrize(
    ("end", "amount", "start"),
    [
        ("2026-11-23T10:00", HOUR, "2026-11-23T09:00"),
        ("2026-11-23T10:00", timedelta(hours=1, microseconds=1), "2026-11-20T16:59:59.999999"),
        ("2026-11-23T09:00", timedelta(hours=8), "2026-11-20T09:00"),
        ("2026-11-22T12:00", MINUTE, "2026-11-20T16:59"),
        ("2026-11-20T17:00:00.000001", timedelta(microseconds=1), "2026-11-20T16:59:59.999999"),
    ],
)
def test_going_back_starts_as_late_as_it_can_and_exactly_at_an_opening_when_the_day_is_used_up(end, amount, start):
    assert PLAIN.subtract(at(end), amount) == at(start)


@pytest.mark.parametrize(
    ("t", "opening", "close"),
    [
        ("2026-11-20T08:59:59.999999", "2026-11-20T09:00", "2026-11-19T17:00"),
        ("2026-11-20T09:00", "2026-11-20T09:00", "2026-11-19T17:00"),
        ("2026-11-20T09:00:00.000001", "2026-11-20T09:00:00.000001", "2026-11-20T09:00:00.000001"),
        ("2026-11-20T12:00", "2026-11-20T12:00", "2026-11-20T12:00"),
        ("2026-11-20T17:00", "2026-11-23T09:00", "2026-11-20T17:00"),
        ("2026-11-22T00:00", "2026-11-23T09:00", "2026-11-20T17:00"),
    ],
)
def test_nothing_added_is_the_next_opening_and_nothing_taken_the_previous_close(t, opening, close):
    assert PLAIN.add(at(t), timedelta(0)) == PLAIN.next_opening(at(t)) == at(opening)
    assert PLAIN.subtract(at(t), timedelta(0)) == PLAIN.previous_close(at(t)) == at(close)


def test_an_opening_counts_as_open_and_a_close_does_not():
    moments = ("08:59:59.999999", "09:00", "16:59:59.999999", "17:00")
    assert [PLAIN.is_open(at(f"2026-11-20T{clock}")) for clock in moments] == [False, True, True, False]


def test_between_is_negative_the_other_way_round_and_nothing_over_a_weekend():
    friday, monday = at("2026-11-20T16:00"), at("2026-11-23T10:30")
    assert PLAIN.between(friday, monday) == timedelta(hours=2, minutes=30)
    assert PLAIN.between(monday, friday) == -timedelta(hours=2, minutes=30)
    assert PLAIN.between(at("2026-11-20T17:00"), at("2026-11-23T09:00")) == timedelta(0)


def test_a_lunch_break_does_not_count():
    hours = working_time(Calendar("UTC", (LUNCH,) * 7))
    assert hours.add(at("2026-11-20T11:30"), HOUR) == at("2026-11-20T13:30")
    assert hours.subtract(at("2026-11-20T13:30"), HOUR) == at("2026-11-20T11:30")
    assert hours.closing(at("2026-11-20T11:30")) == at("2026-11-20T12:00")
    assert hours.closing(at("2026-11-20T12:30")) == at("2026-11-20T17:00")
    assert hours.last_spell_before(at("2026-11-20T13:00")) == (at("2026-11-20T09:00"), at("2026-11-20T12:00"))
    assert hours.last_spell_before(at("2026-11-20T13:01")) == (at("2026-11-20T13:00"), at("2026-11-20T17:00"))


def test_spells_are_cut_at_both_ends():
    cut = PLAIN.spells(at("2026-11-20T16:00"), at("2026-11-23T10:00"))
    assert cut == [
        (at("2026-11-20T16:00"), at("2026-11-20T17:00")),
        (at("2026-11-23T09:00"), at("2026-11-23T10:00")),
    ]
    assert PLAIN.spells(at("2026-11-23T10:00"), at("2026-11-20T16:00")) == []


def test_an_override_wins_over_a_holiday_and_a_holiday_over_the_week():
    days = (date(2026, 12, 24), ((time(9), time(12)),)), (date(2026, 11, 28), OFFICE)
    holidays = frozenset({date(2026, 12, 24), date(2026, 12, 25)})
    hours = working_time(Calendar("UTC", WEEK, days, holidays))
    assert hours.add(at("2026-12-24T11:30"), HOUR) == at("2026-12-28T09:30")
    assert hours.is_open(at("2026-11-28T10:00"))


def test_around_the_clock_every_minute_counts_and_a_spell_reaches_as_far_as_a_question_looks():
    t = at("2026-11-22T03:00")
    assert ALWAYS.add(t, timedelta(days=3)) == at("2026-11-25T03:00")
    assert ALWAYS.subtract(t, timedelta(days=3)) == at("2026-11-19T03:00")
    assert (ALWAYS.closing(t), ALWAYS.last_spell_before(t)) == (t + BOUND, (t - BOUND, t + BOUND))
    assert ALWAYS.spells(t, t + timedelta(days=200)) == [(t, t + timedelta(days=200))]


def test_a_week_without_hours_says_so_at_once():
    never = working_time(Calendar("UTC", ((),) * 7))
    t = at("2026-11-22T03:00")
    for ask in (never.next_opening, never.previous_close, never.closing, never.last_spell_before):
        with pytest.raises(NoWorkingTimeError):
            ask(t)
    for ask in (never.add, never.subtract):
        with pytest.raises(NoWorkingTimeError, match="ten years"):
            ask(t, MINUTE)
    assert never.between(t, t + timedelta(days=365)) == timedelta(0)


def test_a_moment_without_a_zone_and_a_negative_amount_are_refused():
    nowhere = datetime(2026, 11, 22, 3)  # noqa: DTZ001 - the case
    for question in (
        lambda: PLAIN.add(nowhere, MINUTE),
        lambda: PLAIN.between(nowhere, at("2026-11-22T03:00")),
        lambda: PLAIN.is_open(nowhere),
        lambda: without(PLAIN, [(nowhere, nowhere + HOUR)], "away"),
    ):
        with pytest.raises(ValueError, match="no time zone"):
            question()
    for ask in (PLAIN.add, PLAIN.subtract):
        with pytest.raises(ValueError, match="not negative"):
            ask(at("2026-11-22T03:00"), -MINUTE)


def test_what_counts_in_both_and_without_a_closure():
    shared = both(HELSINKI, working_time(Calendar("America/New_York", WEEK)))
    assert shared.next_opening(at("2026-11-23T09:00+02:00")) == at("2026-11-23T09:00-05:00")
    assert shared.closing(at("2026-11-23T14:00+00:00")) == at("2026-11-23T17:00+02:00")
    absent = without(PLAIN, [(at("2026-11-20T10:00"), at("2026-11-23T12:00"))], "away")
    assert absent.add(at("2026-11-20T09:30"), HOUR) == at("2026-11-23T12:30")
    assert without(PLAIN, [], "away") is PLAIN


def test_equal_calendars_share_one_working_time_and_other_hours_have_another_tag():
    again = Calendar("UTC", tuple(WEEK))
    assert working_time(again) is PLAIN
    assert isinstance(PLAIN, WorkingTime)
    tags = {PLAIN.tag, HELSINKI.tag, working_time(Calendar("UTC", (LUNCH,) * 7)).tag, both(PLAIN, HELSINKI).tag}
    assert len(tags) == 4
    assert both(PLAIN, HELSINKI).tag == both(HELSINKI, PLAIN).tag
