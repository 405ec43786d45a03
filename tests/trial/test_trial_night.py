from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.trial.night import WAKES, ZONE, evening_for, moment

FIRST = time(15, 20)


def helsinki(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "evening"),
    [
        ("2026-11-23T09:00", "2026-11-23"),  # Monday morning: tonight
        ("2026-11-23T15:20", "2026-11-23"),  # just at the first line
        ("2026-11-23T15:20:01", "2026-11-24"),  # just after it: tomorrow
        ("2026-11-26T15:00", "2026-11-26"),  # Thursday still has a working day behind it
        ("2026-11-26T16:00", "2026-11-30"),  # after that the next night is Monday's
        ("2026-11-27T09:00", "2026-11-30"),  # Friday
        ("2026-11-28T23:59", "2026-11-30"),  # Saturday
        ("2026-11-29T00:00", "2026-11-30"),  # Sunday
    ],
)
def test_a_night_lies_between_two_working_days_and_ahead(now: str, evening: str):
    assert evening_for(helsinki(now), FIRST) == date.fromisoformat(evening)


@pytest.mark.parametrize(
    ("now", "evening"),
    [
        ("2026-11-24T03:00", "2026-11-23"),  # the night is still on
        ("2026-11-24T06:05", "2026-11-23"),
        ("2026-11-24T06:06", "2026-11-24"),
        ("2026-11-28T03:00", "2026-11-30"),
    ],
)
def test_a_night_can_be_joined_before_its_early_lines(now: str, evening: str):
    assert evening_for(helsinki(now), time(6, 5)) == date.fromisoformat(evening)


def test_times_before_noon_are_the_next_days():
    evening = date(2026, 11, 23)
    assert moment(evening, time(23, 40)) == helsinki("2026-11-23T23:40")
    assert moment(evening, time(3, 10)) == helsinki("2026-11-24T03:10")
    assert moment(evening, WAKES) == helsinki("2026-11-24T08:30")


def test_a_night_in_which_the_clocks_change_ends_at_half_past_eight_all_the_same():
    evening = date(2026, 10, 24)
    assert moment(evening, WAKES) - moment(evening, time(17, 40)) == timedelta(hours=15, minutes=50)
    assert moment(evening, WAKES).astimezone(ZONE).time() == WAKES


@pytest.mark.parametrize("day", range(1, 29))
def test_from_any_day_the_night_is_less_than_four_days_ahead_and_never_past(day: int):
    now = datetime(2026, 11, day, 12, tzinfo=UTC)
    evening = evening_for(now, FIRST)
    assert now <= moment(evening, FIRST) < now + timedelta(days=4, hours=4)
    assert evening.weekday() < 4
