"""An answer about working time can be checked by hand: each spell that counts is told."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hours.working_words import step_words, steps, steps_words
from bot.domain.working_time import ALWAYS, Calendar, working_time

HELSINKI = ZoneInfo("Europe/Helsinki")
OFFICE = working_time(Calendar("Europe/Helsinki", (((time(9), time(17)),),) * 5 + ((), ())))
NIGHTS = working_time(Calendar("Europe/Helsinki", (((time(22), time(6)),),) * 7))
NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def told(hours, start: str, end: str) -> str:
    return steps_words(steps(hours, at(start), at(end)), HELSINKI, NOW)


def test_an_hour_before_monday_0915_is_explained_by_friday_and_monday():
    due = at("2026-11-23T09:15")
    found = steps(OFFICE, OFFICE.subtract(due, HOUR), due)
    assert found == ((at("2026-11-20T16:15"), at("2026-11-20T17:00")), (at("2026-11-23T09:00"), due))
    assert steps_words(found, HELSINKI, NOW) == "45 min on Fri 20 Nov 16:15–17:00 and 15 min on Mon 23 Nov 09:00–09:15"


def test_steps_add_up_to_the_time_between_whichever_way_round():
    a, b = at("2026-11-18T11:11:11.111111"), at("2026-11-25T12:12")
    for found in (steps(OFFICE, a, b), steps(OFFICE, b, a)):
        assert sum((end - start for start, end in found), timedelta()) == OFFICE.between(a, b)
        assert (found[0][0], found[-1][1]) == (a, b)


@pytest.mark.parametrize(
    ("hours", "start", "end", "words"),
    [
        (OFFICE, "2026-11-20T10:00", "2026-11-20T11:30", "1 h 30 min on Fri 20 Nov 10:00–11:30"),
        (OFFICE, "2026-11-21T10:00", "2026-11-22T11:30", "no working time"),
        (OFFICE, "2026-11-20T17:00", "2026-11-23T09:00", "no working time"),
        (OFFICE, "2026-11-23T09:00", "2026-11-23T09:00:20", "20 s on Mon 23 Nov 09:00:00–09:00:20"),
        (NIGHTS, "2026-11-20T22:00", "2026-11-21T06:00", "8 h from Fri 20 Nov 22:00 to Sat 21 Nov 06:00"),
        (NIGHTS, "2026-10-24T22:00", "2026-10-25T06:00", "9 h from Sat 24 Oct 22:00 to Sun 25 Oct 06:00"),
        (NIGHTS, "2026-11-20T22:00", "2026-11-21T00:00", "2 h on Fri 20 Nov 22:00–24:00"),
        (ALWAYS, "2026-12-31T12:00", "2027-01-02T12:00", "48 h from Thu 31 Dec 12:00 to Sat 2 Jan 2027 12:00"),
        (
            OFFICE,
            "2026-11-20T09:00",
            "2026-11-25T10:00",
            (
                "8 h on Fri 20 Nov 09:00–17:00, 8 h on Mon 23 Nov 09:00–17:00, 8 h on Tue 24 Nov 09:00–17:00 "
                "and 1 h on Wed 25 Nov 09:00–10:00"
            ),
        ),
        (
            OFFICE,
            "2026-11-20T16:00",
            "2026-12-02T10:00",
            (
                "1 h on Fri 20 Nov 16:00–17:00, 8 h on Mon 23 Nov 09:00–17:00, 48 h in 6 spells after that "
                "and 1 h on Wed 2 Dec 09:00–10:00"
            ),
        ),
    ],
)
def test_what_counts_is_told_in_the_zone_of_the_reader(hours, start, end, words):
    assert told(hours, start, end) == words


def test_the_reader_may_be_elsewhere():
    step = (at("2026-11-20T09:00"), at("2026-11-20T17:00"))
    assert step_words(step, ZoneInfo("Pacific/Auckland"), NOW) == "8 h from Fri 20 Nov 20:00 to Sat 21 Nov 04:00"
