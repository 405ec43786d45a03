"""Months and years as lengths of time: calendar months, clipped to a month's end where it lacks the day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.away.absences import AbsenceError, LongError, check_spell
from bot.domain.moments.moment_dates import months_after
from bot.domain.moments.moments import MomentError, read_moment, read_span

HELSINKI = ZoneInfo("Europe/Helsinki")


def noon(day: str) -> datetime:
    """Return noon in Helsinki on that day."""
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=HELSINKI).astimezone(UTC)


def end(typed: str, now: str = "2026-11-25") -> str:
    """Return when a span ends in Helsinki, without a midnight's hours."""
    ends = read_span(typed, now=noon(now), tz=HELSINKI).ends_at.astimezone(HELSINKI)
    return f"{ends:%Y-%m-%d %H:%M}".removesuffix(" 00:00")


@pytest.mark.parametrize(
    ("today", "typed", "ends"),
    [
        ("2026-11-25", "for a month", "2026-12-25"),
        ("2026-11-25", "for one month", "2026-12-25"),
        ("2026-11-25", "1 month", "2026-12-25"),
        ("2026-11-25", "for 2 months", "2027-01-25"),
        ("2026-11-25", "for 14 months", "2028-01-25"),
        ("2026-11-25", "for a year", "2027-11-25"),
        ("2026-11-25", "for an yr", "2027-11-25"),
        ("2026-11-25", "for 2 years", "2028-11-25"),
        ("2026-11-25", "2 Years", "2028-11-25"),
        ("2026-11-25", "from 1 Dec for 6 months", "2027-06-01"),
        ("2026-11-25", "tomorrow for 2 months", "2027-01-26"),
        ("2026-12-31", "for 2 months", "2027-03-01"),
        ("2027-01-28", "for a month", "2027-02-28"),
        ("2027-01-29", "for a month", "2027-03-01"),
        ("2027-01-30", "for a month", "2027-03-01"),
        ("2027-01-31", "for a month", "2027-03-01"),
        ("2027-02-01", "for a month", "2027-03-01"),
        ("2027-01-31", "for 2 months", "2027-03-31"),
        ("2027-01-31", "for 3 months", "2027-05-01"),
        ("2028-01-29", "for a month", "2028-02-29"),
        ("2028-01-30", "for a month", "2028-03-01"),
        ("2028-01-31", "for a month", "2028-03-01"),
        ("2028-02-28", "for a year", "2029-02-28"),
        ("2028-02-29", "for a year", "2029-03-01"),
        ("2028-02-29", "for 12 months", "2029-03-01"),
        ("2028-02-29", "for a month", "2028-03-29"),
        ("2028-03-01", "for a year", "2029-03-01"),
        ("2024-02-29", "for 4 years", "2028-02-29"),
    ],
)
def test_whole_days_last_until_the_day_of_that_number_or_the_end_of_a_month_that_lacks_it(
    today: str, typed: str, ends: str
):
    assert end(typed, today) == ends


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("from 31 Jan 14:00 for a month", "2027-02-28 14:00"),
        ("from 28 Feb 14:00 for a month", "2027-03-28 14:00"),
        ("from 30 Nov 14:00 for 3 months", "2027-02-28 14:00"),
        ("from 29 Feb 2028 09:30 for a year", "2029-02-28 09:30"),
    ],
)
def test_from_a_time_on_it_ends_at_that_time_of_the_last_day_there_is(typed: str, ends: str):
    assert end(typed) == ends


def test_a_time_that_the_clocks_skip_at_its_end_is_said():
    span = read_span("from 28 Feb 03:30 for a month", now=noon("2026-11-25"), tz=HELSINKI)
    assert span.notes == ("03:30 does not exist on Sun 28 Mar, so I take 04:30.",)


@pytest.mark.parametrize(
    ("typed", "sentence", "example"),
    [
        ("for 0 months", "“0 months” is no length of time that I can take.", "for 3 days"),
        ("for 100000 years", "“100000 years” is no length of time that I can take.", "for 3 days"),
        ("for 8000 years", "That is too far away.", "until Fri"),
        ("for 99999 months", "That is too far away.", "until Fri"),
        ("until 3 months", "“3 months” says how long, not when.", "for 3 months"),
        ("until 11 months", "“11 months” says how long, not when.", "for 11 months"),
        ("until 12 months", "“12 months” says how long, not when.", "for 3 days"),
        ("until 1 year", "“1 year” says how long, not when.", "for 3 days"),
        ("until 2 years", "“2 years” says how long, not when.", "for 3 days"),
        ("until 90 minutes", "“90 minutes” says how long, not when.", "for 90 minutes"),
        ("-2 years", "“-2 years” would be over before it begins.", "for 3 days"),
        ("this month", "From which day until which day of “this month”?", "24 Dec - 2 Jan"),
        ("next year", "From which day until which day of “next year”?", "24 Dec - 2 Jan"),
    ],
)
def test_what_is_no_length_is_said_with_one_that_is(typed: str, sentence: str, example: str):
    with pytest.raises(MomentError) as refused:
        read_span(typed, now=noon("2026-11-25"), tz=HELSINKI)
    assert (refused.value.sentence, refused.value.example) == (sentence, example)


def test_a_length_is_no_moment():
    with pytest.raises(MomentError, match="One time, please, not a span"):
        read_moment("2 years", now=noon("2026-11-25"), tz=HELSINKI)


@pytest.mark.parametrize("today", ["2026-11-25", "2027-01-31", "2028-02-28", "2028-02-29", "2028-03-01", "2026-10-25"])
def test_up_to_a_year_is_entered_up_to_three_when_they_are_meant_and_no_more(today: str):
    def check(typed: str, *, meant: bool) -> object:
        span = read_span(typed, now=noon(today), tz=HELSINKI)
        return check_spell(span.starts_at, span.ends_at, now=noon(today), tz=HELSINKI, meant=meant)

    for within in ("for a year", "for 12 months"):
        assert check(within, meant=False)
    for longer in ("for 13 months", "for 2 years", "for 3 years", "for 36 months"):
        with pytest.raises(LongError, match="Is it meant so"):
            check(longer, meant=False)
        assert check(longer, meant=True)
    for beyond in ("for 37 months", "for 4 years"):
        with pytest.raises(AbsenceError, match="three years at most"):
            check(beyond, meant=True)


@given(st.dates(date(1900, 1, 1), date(2300, 1, 1)), st.integers(1, 60))
def test_a_day_so_many_months_later_is_the_last_of_its_month_or_has_the_same_number(day: date, months: int):
    found, clipped = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert clipped is (found.day != day.day)
    if clipped:
        assert (found + timedelta(days=1)).day == 1
        assert found.day < day.day
