"""Times that can be promised: inside the working time of whoever keeps them, and such as people say."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.nameable_times import EDGE
from bot.domain.promised_times import Keeper, days_to_name, is_at_once, is_inside, time_to_promise
from bot.domain.working_time import ALWAYS, Calendar, WorkingTime, both, without, working_time
from tests.domain.hours import NEVER, NINE_TO_FIVE, office
from tests.domain.test_working_time_laws import ZONES, moments, working

BERLIN = "Europe/Berlin"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEAM = office(BERLIN)
LUNCH = office(BERLIN, ((time(9), time(12)), (time(13), time(17))))
XMAS = office(BERLIN, holidays=frozenset({date(2026, 12, 25), date(2026, 12, 28)}))


def at(said: str, tz: str = BERLIN) -> datetime:
    """Return "11-27 16:31" of 2026 by a clock."""
    return datetime.strptime(f"2026-{said}", "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(tz))


def named(now: str, span: timedelta, hours: WorkingTime = TEAM) -> str:
    found = time_to_promise(Keeper(hours, tz=BERLIN), at(now), span).astimezone(ZoneInfo(BERLIN))
    return f"{found:%a %d %H:%M}"


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


@st.composite
def weeks(draw: st.DrawFn) -> WorkingTime:
    """Hours as people can save them: whole weeks, one day of a week, minutes, or nothing but one day that is open."""
    days = draw(st.sampled_from(["1111100", "0000011", "0010000", "1111111", "0000000"]))
    spells = draw(
        st.sampled_from([NINE_TO_FIVE, ((time(10), time(18)),), ((time(9), time(9, 1)),), ((time(22), time()),)])
    )
    opened = draw(st.lists(st.dates(date(2025, 11, 1), date(2027, 2, 1)), max_size=2, unique=True))
    overrides = tuple((day, ((time(10), time(14)),)) for day in opened)
    week = tuple(spells if day == "1" else () for day in days)
    return working_time(Calendar(draw(st.sampled_from(ZONES)), week, overrides, frozenset()))


sparse = weeks() | working
spans = st.sampled_from([1, 5, 30, 60, 120, 240, 480, 1440, 2880, 4320]).map(lambda minutes: timedelta(minutes=minutes))


@settings(max_examples=150, deadline=None)
@given(working, moments, spans)
def test_no_time_lies_outside_of_the_teams_hours_whatever_they_are(
    hours: WorkingTime, now: datetime, span: timedelta
) -> None:
    due = time_to_promise(Keeper(hours), now, span)
    assert due > now
    assert hours.is_open(due)
    if span < DAY and due != time_to_promise(Keeper(hours), now, DAY):
        assert 2 * hours.between(now, due) >= span or hours.next_opening(hours.add(now, span)) <= due


@settings(max_examples=150, deadline=None)
@given(sparse, sparse | st.none(), moments, spans, st.sampled_from(ZONES))
def test_whatever_anybodys_hours_are_there_is_a_time_and_there_are_days(
    team: WorkingTime, own: WorkingTime | None, now: datetime, span: timedelta, tz: str
) -> None:
    """Also of hours of minutes, of one weekday, of a single day in ten years, of none at all."""
    keeper = Keeper(team, own, tz=tz)
    due, days = time_to_promise(keeper, now, span), days_to_name(keeper, now, tz)
    assert due > now
    assert due.second == due.microsecond == 0
    assert list(days) == sorted(set(days))
    assert days
    assert days[0] >= now.astimezone(ZoneInfo(tz)).date()
    if own is not None and own.spells(now, now + 28 * DAY):
        assert own.is_open(due) or not _is_enough(own, due, span)
    elif team.spells(now, now + 28 * DAY):
        assert team.is_open(due) or not _is_enough(team, due, span)


def _is_enough(hours: WorkingTime, now: datetime, span: timedelta) -> bool:
    """Tell whether there is work on five times as many days as a span could need."""
    return len({start.date() for start, _ in hours.spells(now, now + 3660 * DAY)}) > 5 * max(3, span // HOUR)


@settings(max_examples=150, deadline=None)
@given(sparse, working, moments, spans, st.sampled_from(ZONES))
def test_an_owner_waits_for_hours_with_the_team_for_three_days_at_most(
    team: WorkingTime, own: WorkingTime, now: datetime, span: timedelta, tz: str
) -> None:
    due, alone = time_to_promise(Keeper(team, own, tz=tz), now, span), time_to_promise(Keeper(own, tz=tz), now, span)
    assert own.is_open(due), "two hours of each Wednesday are everybody's"
    clock = ZoneInfo(tz)
    assert due.astimezone(clock).date() <= alone.astimezone(clock).date() + 3 * DAY
    if not team.is_open(due):
        assert due == alone
        assert all(end - start < HOUR for start, end in both(team, own).spells(alone + HOUR, alone + 2 * DAY))


@settings(max_examples=150, deadline=None)
@given(moments, spans, st.sampled_from([TEAM, LUNCH, XMAS]))
def test_of_usual_hours_half_an_hour_is_kept_from_every_edge_and_quarters_are_named(
    now: datetime, span: timedelta, hours: WorkingTime
) -> None:
    due = time_to_promise(Keeper(hours, tz=BERLIN), now, span)
    start, end = hours.last_spell_before(due + timedelta(microseconds=1))
    assert start + EDGE <= due <= end - EDGE
    assert due.minute % (5 if span < timedelta(minutes=45) else 15) == due.second == due.microsecond == 0


def test_spells_of_minutes_get_the_finest_time_that_lies_in_them() -> None:
    tea = office(BERLIN, ((time(15, 2), time(15, 12)),))
    assert named("11-27 15:01", timedelta(minutes=5), tea) == "Fri 27 15:05"
    bell = office(BERLIN, ((time(15, 2), time(15, 3)),))
    assert named("11-27 15:01", timedelta(seconds=30), bell) == "Mon 30 15:02"


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
