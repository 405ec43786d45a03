"""Whether somebody's hours end: a week without any, and a few special days, are over one day."""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.working_time import BOUND, NoWorkingTimeError, WorkingTime

SOON: Final = timedelta(days=7)
"""Who is to choose hours that go on is told so long before the last ones end."""

_GO_ON: Final = timedelta(days=366)
"""Hours with work in the last year of those that are looked at go on."""


def ends_at(hours: WorkingTime, now: datetime) -> datetime | None:
    """Return when the last of these hours ends or has ended, None while they go on: ten years are looked at."""
    for until in (now + BOUND, now):
        try:
            last = hours.previous_close(until)
        except NoWorkingTimeError:
            continue
        return None if last > now + BOUND - _GO_ON else last
    return now


def end_soon(hours: WorkingTime, now: datetime) -> datetime | None:
    """Return when these hours end, when that is soon or has been; None when there is time."""
    at = ends_at(hours, now)
    return at if at is not None and at <= now + SOON else None
