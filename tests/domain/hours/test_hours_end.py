"""Hours end where a week has none and the last special day is over."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.hours.hours_end import SOON, end_soon, ends_at
from bot.domain.working_time import ALWAYS, Calendar, WorkingTime, working_time

OFFICE = ((time(9), time(17)),)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
LAST = datetime(2026, 11, 30, 17, tzinfo=UTC)
ENDING = working_time(Calendar("UTC", ((),) * 7, overrides=((date(2026, 11, 30), OFFICE),)))
MONDAYS = working_time(Calendar("UTC", (OFFICE, *((),) * 6)))
NEVER = working_time(Calendar("UTC", ((),) * 7))
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("hours", [ALWAYS, MONDAYS])
def test_a_week_with_hours_goes_on(hours: WorkingTime):
    assert ends_at(hours, NOW) is None
    assert end_soon(hours, NOW) is None


@pytest.mark.parametrize("now", [NOW, LAST - SECOND, LAST, LAST + SECOND, LAST + timedelta(days=3000)])
def test_hours_of_single_days_end_with_the_last_of_them(now: datetime):
    assert ends_at(ENDING, now) == LAST


@pytest.mark.parametrize(
    ("now", "soon"), [(LAST - SOON - SECOND, False), (LAST - SOON, True), (LAST, True), (LAST + SOON, True)]
)
def test_soon_is_a_week_and_stays_so(now: datetime, *, soon: bool):
    assert (end_soon(ENDING, now) is not None) is soon


def test_hours_that_never_were_have_ended():
    assert ends_at(NEVER, NOW) == NOW
