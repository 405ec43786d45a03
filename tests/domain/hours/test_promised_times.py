"""Times that can be promised: inside the working time of whoever keeps them, and such as people say."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours.promised_times import Keeper, is_at_once, is_inside, time_to_promise
from tests.domain.office_hours import office
from tests.domain.promised_hours import BERLIN, DAY, HOUR, LUNCH, TEAM, XMAS, at, named


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("11-26 16:59", ("Fri 27 09:45", "Fri 27 10:45", "Fri 27 12:45", "Fri 27 16:30", "Mon 30 16:30")),
        ("11-27 09:00", ("Fri 27 10:00", "Fri 27 11:00", "Fri 27 13:00", "Fri 27 16:30", "Mon 30 16:30")),
        ("11-27 12:00", ("Fri 27 13:00", "Fri 27 14:00", "Fri 27 16:00", "Mon 30 12:00", "Tue 01 12:00")),
        ("11-27 15:30", ("Fri 27 16:30", "Mon 30 09:30", "Mon 30 11:30", "Mon 30 15:30", "Tue 01 15:30")),
        ("11-27 16:00", ("Fri 27 16:30", "Mon 30 10:00", "Mon 30 12:00", "Mon 30 16:00", "Tue 01 16:00")),
        ("11-27 16:01", ("Mon 30 09:30", "Mon 30 10:00", "Mon 30 12:00", "Mon 30 16:00", "Tue 01 16:00")),
        ("11-27 16:31", ("Mon 30 09:30", "Mon 30 10:30", "Mon 30 12:30", "Mon 30 16:30", "Tue 01 16:30")),
        ("11-27 17:00", ("Mon 30 10:00", "Mon 30 11:00", "Mon 30 13:00", "Mon 30 16:30", "Tue 01 16:30")),
        ("11-28 11:00", ("Mon 30 10:00", "Mon 30 11:00", "Mon 30 13:00", "Mon 30 16:30", "Tue 01 16:30")),
        ("11-30 06:00", ("Mon 30 10:00", "Mon 30 11:00", "Mon 30 13:00", "Mon 30 16:30", "Tue 01 16:30")),
        ("03-27 16:31", ("Mon 30 09:30", "Mon 30 10:30", "Mon 30 12:30", "Mon 30 16:30", "Tue 31 16:30")),
        ("10-23 16:31", ("Mon 26 09:30", "Mon 26 10:30", "Mon 26 12:30", "Mon 26 16:30", "Tue 27 16:30")),
    ],
)
def test_a_span_ends_where_a_thoughtful_colleague_would_end_it(now: str, said: tuple[str, ...]) -> None:
    """Within one, two and four hours, within a day and two. Monday to Friday, nine to five.

    The clock changes on the last two weekends.
    """
    assert tuple(named(now, span) for span in (HOUR, 2 * HOUR, 4 * HOUR, DAY, 2 * DAY)) == said


@pytest.mark.parametrize(
    ("now", "span", "said"),
    [
        ("12-24 16:31", HOUR, "Tue 29 09:30"),
        ("12-24 12:00", DAY, "Tue 29 12:00"),
        ("12-24 12:00", 2 * DAY, "Wed 30 12:00"),
        ("12-26 12:00", HOUR, "Tue 29 10:00"),
    ],
)
def test_before_a_holiday_the_next_day_of_work_is_named(now: str, span: timedelta, said: str) -> None:
    assert named(now, span, XMAS) == said


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("11-27 09:00", "Fri 27 11:00"),
        ("11-27 09:40", "Fri 27 11:30"),
        ("11-27 10:01", "Fri 27 11:30"),
        ("11-27 10:50", "Fri 27 13:45"),
        ("11-27 11:59", "Fri 27 14:45"),
        ("11-27 12:30", "Fri 27 15:00"),
    ],
)
def test_nobody_is_promised_anything_in_a_break(now: str, said: str) -> None:
    assert named(now, 2 * HOUR, LUNCH) == said


@pytest.mark.parametrize("span", [30 * timedelta(minutes=1), HOUR, 2 * HOUR, DAY, 2 * DAY])
@pytest.mark.parametrize("now", ["03-28 23:07", "10-24 22:58", "11-27 16:31", "11-28 03:00"])
def test_around_the_clock_a_span_ends_where_it_ends(now: str, span: timedelta) -> None:
    step = timedelta(minutes=5 if span < timedelta(minutes=45) else 15)
    end = at(now).astimezone(UTC) + span
    assert time_to_promise(Keeper(), at(now), span) == end - (end - datetime(2026, 1, 1, tzinfo=UTC)) % step
    assert is_at_once(Keeper(), at(now), end)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - as asked
    st.integers(min_value=30, max_value=10_000),
)
def test_around_the_clock_no_span_is_exceeded_and_most_of_it_is_left(now: datetime, minutes: int) -> None:
    span = timedelta(minutes=minutes)
    assert span / 2 < time_to_promise(Keeper(), now, span) - now <= span


def test_spells_of_minutes_get_the_finest_time_that_lies_in_them() -> None:
    tea = office(BERLIN, ((time(15, 2), time(15, 12)),))
    assert named("11-27 15:01", timedelta(minutes=5), tea) == "Fri 27 15:05"
    bell = office(BERLIN, ((time(15, 2), time(15, 3)),))
    assert named("11-27 15:01", timedelta(seconds=30), bell) == "Mon 30 15:02"


@pytest.mark.parametrize(
    ("due", "inside"),
    [
        ("11-27 08:59", False),
        ("11-27 09:00", True),
        ("11-27 16:59", True),
        ("11-27 17:00", True),
        ("11-27 17:01", False),
        ("11-28 10:00", False),
    ],
)
def test_when_work_stops_is_still_inside(due: str, inside: bool) -> None:
    assert is_inside(TEAM, at(due)) is inside
