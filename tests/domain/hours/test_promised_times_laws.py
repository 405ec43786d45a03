"""Whatever anybody's hours are, there is a time to promise, and it lies where they and the team are there."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.hours.nameable_times import EDGE
from bot.domain.hours.promised_times import Keeper, days_to_name, time_to_promise
from bot.domain.working_time import Calendar, WorkingTime, both, working_time
from tests.domain.office_hours import NINE_TO_FIVE
from tests.domain.promised_hours import BERLIN, DAY, HOUR, LUNCH, TEAM, XMAS
from tests.domain.test_working_time_laws import ZONES, moments, working


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
