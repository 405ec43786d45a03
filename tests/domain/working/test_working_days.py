"""The moments that a calendar means do not depend on which stretch of time is asked for."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.working.working_blocks import clipped, to_us
from bot.domain.working.working_days import Calendar, Days

HOUR = timedelta(hours=1) // timedelta(microseconds=1)
FAR = 24 * 14 * HOUR
CROSSING = ((time(23, 59), time(23, 58)),)
"""The longest spell that starts late: it ends almost two days after the midnight of its date."""

ZONES = ["Pacific/Pago_Pago", "Pacific/Kiritimati", "Pacific/Apia", "Europe/Helsinki", "UTC"]


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=60, deadline=None)
@given(
    start=st.datetimes(datetime(2011, 12, 20), datetime(2012, 1, 10), timezones=st.just(UTC)),  # noqa: DTZ001 - as asked
    hours=st.integers(1, 100),
    weekday=st.integers(0, 6),
)
@example(start=datetime(2011, 12, 24, 10, tzinfo=UTC), hours=1, weekday=3)
@example(start=datetime(2011, 12, 31, 9, tzinfo=UTC), hours=1, weekday=3)
def test_a_stretch_holds_what_a_longer_one_holds_of_it(zone, start, hours, weekday):
    week = tuple(CROSSING if number == weekday else () for number in range(7))
    days, first = Days(Calendar(zone, week)), to_us(start)
    last = first + hours * HOUR
    assert days(first, last) == clipped(days(first - FAR, last + FAR), first, last)


def test_spells_of_one_day_may_touch_and_cross_and_are_then_one():
    spells = ((time(9), time(12)), (time(12), time(13)), (time(12, 30), time(17)), (time(20), time(21)))
    first = to_us(datetime(2026, 11, 20, tzinfo=UTC))
    found = Days(Calendar("UTC", (spells,) * 7))(first, first + 24 * HOUR)
    assert found == [(first + 9 * HOUR, first + 17 * HOUR), (first + 20 * HOUR, first + 21 * HOUR)]


def test_a_spell_as_long_as_a_day_begins_when_it_says():
    first = to_us(datetime(2026, 11, 20, tzinfo=UTC))
    week = (((time(9), time(9)),), *((),) * 6)
    monday = first + 3 * 24 * HOUR
    assert Days(Calendar("UTC", week))(first, first + 7 * 24 * HOUR) == [(monday + 9 * HOUR, monday + 33 * HOUR)]
