"""Times and days that are promised for an owner who is away, elsewhere, or at work when the team is not."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hours.promised_times import Keeper, days_to_name, time_to_promise
from bot.domain.working_time import ALWAYS, Calendar, without, working_time
from tests.domain.office_hours import NEVER, NINE_TO_FIVE, office
from tests.domain.promised_hours import BERLIN, DAY, HOUR, TEAM, at, named

AWAY = (at("11-27 00:00"), at("11-28 00:00"))
LONG = (at("11-27 00:00"), at("12-05 00:00"))
MONTHS = (at("11-27 00:00"), at("12-31 00:00"))


@pytest.mark.parametrize(
    ("spell", "themselves", "now", "said"),
    [
        (AWAY, False, "11-26 14:00", "Thu 26 16:00"),
        (AWAY, False, "11-26 16:31", "Mon 30 10:30"),
        (AWAY, True, "11-26 16:31", "Mon 30 10:30"),
        (AWAY, False, "11-27 11:00", "Mon 30 11:00"),
        (LONG, False, "11-26 14:00", "Thu 26 16:00"),
        (LONG, False, "11-26 16:31", "Fri 27 10:30"),
        (LONG, True, "11-26 16:31", "Mon 07 10:30"),
        (LONG, False, "11-27 11:00", "Fri 27 13:00"),
        (LONG, True, "11-27 11:00", "Mon 07 11:00"),
        (LONG, False, "12-04 16:59", "Mon 07 11:00"),
        (MONTHS, True, "11-27 11:00", "Fri 27 13:00"),
    ],
)
def test_an_absence_is_waited_out_unless_somebody_else_writes_and_it_is_long(
    spell: tuple[datetime, datetime], themselves: bool, now: str, said: str
) -> None:
    """Away on Friday; away for a week; away for five. On its last afternoon a long one is not long any more."""
    own = without(TEAM, (spell,), "away")
    keeper = Keeper(TEAM, own, away=() if themselves else (spell,), tz=BERLIN)
    found = time_to_promise(keeper, at(now), 2 * HOUR).astimezone(ZoneInfo(BERLIN))
    assert f"{found:%a %d %H:%M}" == said


@pytest.mark.parametrize(
    ("tz", "now", "said"),
    [
        ("America/New_York", "11-27 15:00", "Fri 27 16:30"),
        ("America/New_York", "11-27 17:30", "Mon 30 15:30"),
        ("Asia/Tokyo", "11-27 11:00", "Mon 30 03:00"),
    ],
)
def test_an_owner_of_another_zone_is_promised_for_when_both_are_there_or_else_when_they_are(
    tz: str, now: str, said: str
) -> None:
    """Nine in New York is three in Berlin; when Tokyo stops at five, Berlin begins at nine."""
    keeper = Keeper(TEAM, office(tz), tz=tz)
    found = time_to_promise(keeper, at(now), 2 * HOUR).astimezone(ZoneInfo(BERLIN))
    assert f"{found:%a %d %H:%M}" == said


def test_who_owns_it_is_at_work_less_than_a_team_around_the_clock() -> None:
    keeper = Keeper(ALWAYS, TEAM, tz=BERLIN)
    assert time_to_promise(keeper, at("11-27 16:40"), 2 * HOUR) == at("11-30 10:30")


@pytest.mark.parametrize(
    ("opened", "said", "days"),
    [((4,), "Fri 04 09:30", (1, 4)), ((5,), "Tue 01 19:00", (1, 2)), ((2, 3), "Wed 02 09:30", (2, 3))],
)
def test_three_days_are_waited_for_the_team_and_a_fourth_is_not(
    opened: tuple[int, ...], said: str, days: tuple[int, ...]
) -> None:
    """Jonas works from nine to eight, the team on these days of December only."""
    team = office(BERLIN, (), overrides=tuple((date(2026, 12, day), NINE_TO_FIVE) for day in opened))
    always = working_time(Calendar(BERLIN, (((time(9), time(20)),),) * 7, (), frozenset()))
    found = time_to_promise(Keeper(team, always, tz=BERLIN), at("12-01 17:00"), 2 * HOUR).astimezone(ZoneInfo(BERLIN))
    assert f"{found:%a %d %H:%M}" == said
    assert tuple(day.day for day in days_to_name(Keeper(team, always, tz=BERLIN), at("12-01 17:00"), BERLIN)) == days


WEEKEND = working_time(Calendar(BERLIN, ((),) * 5 + (((time(10), time(18)),),) * 2, (), frozenset()))
OPEN = ((time(10), time(14)),)


@pytest.mark.parametrize(
    ("opened", "now", "said", "days"),
    [
        ((), "11-28 10:00", "Sat 28 12:00", (28, 29)),
        ((19,), "11-28 10:00", "Sat 28 12:00", (28, 29)),
        ((19,), "12-13 15:30", "Sun 13 17:30", (13, 19)),
        ((19,), "12-13 16:30", "Sat 19 10:30", (13, 19)),
        ((19,), "12-19 10:00", "Sat 19 12:00", (19, 20)),
        ((19,), "12-19 12:30", "Sat 19 13:30", (19, 20)),
        ((19,), "12-19 12:31", "Sat 19 14:30", (19, 20)),
        ((19, 20), "12-19 12:31", "Sun 20 10:30", (19, 20)),
        ((19, 26), "12-19 12:31", "Sat 19 14:30", (19, 20)),
        ((19,), "12-19 17:31", "Sun 20 11:30", (20, 26)),
    ],
)
def test_an_owner_of_other_hours_keeps_them_unless_the_team_is_there_too_soon(
    opened: tuple[int, ...], now: str, said: str, days: tuple[int, int]
) -> None:
    """Mira works on weekends, and the team opens on a Saturday or two of December."""
    team = office(BERLIN, overrides=tuple((date(2026, 12, day), OPEN) for day in opened))
    keeper = Keeper(team, WEEKEND, tz=BERLIN)
    found = time_to_promise(keeper, at(now), 2 * HOUR).astimezone(ZoneInfo(BERLIN))
    assert f"{found:%a %d %H:%M}" == said
    assert tuple(day.day for day in days_to_name(keeper, at(now), BERLIN)) == days


ONE_DAY = office(BERLIN, (), overrides=((date(2026, 12, 18), OPEN),))


@pytest.mark.parametrize(
    ("span", "said"), [(HOUR, "Fri 18 11:00"), (2 * HOUR, "Fri 18 12:00"), (2 * DAY, "Sun 29 11:00")]
)
def test_of_a_team_that_opens_once_more_what_does_not_fit_ends_by_the_clock(span: timedelta, said: str) -> None:
    assert named("11-27 11:00", span, ONE_DAY) == said
    assert days_to_name(Keeper(ONE_DAY, tz=BERLIN), at("11-27 11:00"), BERLIN) == (date(2026, 12, 18),)


@pytest.mark.parametrize(("span", "said"), [(2 * HOUR, "Fri 18 12:00"), (2 * DAY, "Tue 01 11:00")])
def test_what_does_not_fit_into_an_owners_last_day_is_the_teams(span: timedelta, said: str) -> None:
    keeper = Keeper(TEAM, ONE_DAY, tz=BERLIN)
    assert f"{time_to_promise(keeper, at('11-27 11:00'), span).astimezone(ZoneInfo(BERLIN)):%a %d %H:%M}" == said


def test_of_a_team_that_is_never_at_work_times_are_by_the_clock() -> None:
    assert named("11-28 10:00", 2 * HOUR, NEVER) == "Sat 28 12:00"
    assert days_to_name(Keeper(NEVER, NEVER, tz=BERLIN), at("11-28 10:00"), BERLIN)[0] == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("now", "tz", "days"),
    [
        ("11-26 16:30", BERLIN, ((11, 26), (11, 27))),
        ("11-26 16:31", BERLIN, ((11, 27), (11, 30))),
        ("11-27 12:00", BERLIN, ((11, 27), (11, 30))),
        ("11-27 16:31", BERLIN, ((11, 30), (12, 1))),
        ("11-28 12:00", BERLIN, ((11, 30), (12, 1))),
        ("11-27 16:31", "Pacific/Auckland", ((11, 30), (12, 1))),
        ("11-27 12:00", "America/New_York", ((11, 27), (11, 30))),
    ],
)
def test_the_days_to_name_are_days_of_work_by_the_clients_clock(
    now: str, tz: str, days: tuple[tuple[int, int], ...]
) -> None:
    assert days_to_name(Keeper(TEAM, tz=BERLIN), at(now), tz) == tuple(date(2026, *day) for day in days)


@pytest.mark.parametrize(("themselves", "first"), [(False, date(2026, 11, 27)), (True, date(2026, 12, 7))])
def test_a_colleague_of_somebody_away_for_long_may_call_before_they_are_back(themselves: bool, first: date) -> None:
    keeper = Keeper(TEAM, without(TEAM, (LONG,), "away"), away=() if themselves else (LONG,), tz=BERLIN)
    assert days_to_name(keeper, at("11-27 11:00"), BERLIN)[0] == first


@pytest.mark.parametrize("now", ["11-27 00:00", "11-27 23:59", "11-28 12:00"])
def test_around_the_clock_the_days_to_name_are_today_and_tomorrow(now: str) -> None:
    today = at(now).date()
    assert days_to_name(Keeper(), at(now), BERLIN) == (today, today + DAY)
