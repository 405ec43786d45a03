"""What ends later is never named earlier: times to promise grow with their span, whoever keeps them."""

from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.hours.promised_times import Keeper, time_to_promise
from bot.domain.working_time import ALWAYS, WorkingTime, without
from tests.domain.office_hours import office
from tests.domain.test_working_time_laws import closures, moments, working

HELSINKI = "Europe/Helsinki"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEAM, JONAS = office(HELSINKI), office("Europe/Berlin")
LUNCH = office(HELSINKI, ((time(9), time(12)), (time(13), time(17))))
NIGHT = office(HELSINKI, ((time(22), time(6)),))
SUNDAY = datetime(2026, 11, 22, tzinfo=ZoneInfo(HELSINKI))
KEEPERS = {
    "the team": Keeper(TEAM, tz=HELSINKI),
    "Jonas": Keeper(TEAM, JONAS, tz="Europe/Berlin"),
    "a lunch break": Keeper(LUNCH, tz=HELSINKI),
    "nights": Keeper(NIGHT, tz=HELSINKI),
    "around the clock": Keeper(tz=HELSINKI),
    "Jonas for a team around the clock": Keeper(ALWAYS, JONAS, tz="Europe/Berlin"),
}
MINUTES = (5, 30, 44, 45, 60, 120, 240, 480, 540, 1439, 1440, 2040, 2880, 7200)
SPANS = [timedelta(minutes=each) for each in MINUTES]
spans = st.integers(min_value=5, max_value=7 * 1440).map(lambda minutes: timedelta(minutes=minutes))


def named(keeper: Keeper, now: datetime, span: timedelta) -> str:
    return f"{time_to_promise(keeper, now, span).astimezone(ZoneInfo(HELSINKI)):%a %H:%M}"


@pytest.mark.parametrize(
    ("said", "hours", "day", "two"),
    [
        (0, "Mon 11:00", "Mon 16:30", "Tue 16:30"),
        (1.5, "Mon 11:00", "Mon 16:30", "Tue 16:30"),
        (12, "Mon 11:00", "Mon 16:30", "Tue 16:30"),
        (23.5, "Mon 11:00", "Mon 16:30", "Tue 16:30"),
        (24 + 8.5, "Mon 11:00", "Mon 16:30", "Tue 16:30"),
        (24 + 9, "Mon 11:00", "Mon 16:30", "Tue 16:30"),
        (24 + 10, "Mon 12:00", "Tue 10:00", "Wed 10:00"),
        (24 + 16.5, "Tue 10:30", "Tue 16:30", "Wed 16:30"),
        (24 + 17, "Tue 11:00", "Tue 16:30", "Wed 16:30"),
        (24 + 23, "Tue 11:00", "Tue 16:30", "Wed 16:30"),
    ],
)
def test_what_is_said_after_hours_goes_by_the_next_day_of_work(said: float, hours: str, day: str, two: str) -> None:
    """Within two hours, within a day and two, so many hours after Sunday began; Monday to Friday, nine to five."""
    now = SUNDAY + timedelta(hours=said)
    assert tuple(named(KEEPERS["the team"], now, span) for span in (2 * HOUR, DAY, 2 * DAY)) == (hours, day, two)


def test_an_owner_who_begins_later_is_given_the_whole_day_as_well() -> None:
    """Jonas in Berlin begins at ten in Helsinki; there work stops at five."""
    said = [named(KEEPERS["Jonas"], SUNDAY + 12 * HOUR, span) for span in (2 * HOUR, 4 * HOUR, DAY, 2 * DAY)]
    assert said == ["Mon 12:00", "Mon 14:00", "Mon 16:30", "Tue 16:30"]


def test_in_a_break_a_day_ends_in_the_next_days_break() -> None:
    now = SUNDAY + DAY + timedelta(hours=12, minutes=30)
    assert [named(KEEPERS["a lunch break"], now, span) for span in (2 * HOUR, DAY)] == ["Mon 15:00", "Tue 11:30"]


@pytest.mark.parametrize("keeper", KEEPERS.values(), ids=KEEPERS)
def test_at_no_hour_of_the_week_a_longer_span_ends_earlier(keeper: Keeper) -> None:
    for hour in range(7 * 24):
        now = SUNDAY + timedelta(hours=hour, minutes=10)
        found = [time_to_promise(keeper, now, span) for span in SPANS]
        assert all(one <= other for one, other in pairwise(found)), f"{now:%a %H:%M}"


@settings(max_examples=60, deadline=None)
@given(working, moments, spans, spans)
def test_a_longer_span_never_ends_earlier_whatever_the_hours(
    hours: WorkingTime, now: datetime, one: timedelta, other: timedelta
) -> None:
    keeper = Keeper(hours)
    assert time_to_promise(keeper, now, min(one, other)) <= time_to_promise(keeper, now, max(one, other))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([TEAM, JONAS, LUNCH, ALWAYS]), working, closures(), moments, st.tuples(spans, spans))
def test_nor_does_it_when_its_owner_comes_and_goes(
    team: WorkingTime,
    own: WorkingTime,
    away: list[tuple[datetime, datetime]],
    now: datetime,
    both: tuple[timedelta, timedelta],
) -> None:
    keeper = Keeper(team, without(own, away, "away"), tuple(away))
    assert time_to_promise(keeper, now, min(both)) <= time_to_promise(keeper, now, max(both))
