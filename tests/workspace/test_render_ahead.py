"""How far ahead a moment lies: to the nearest of what it is counted in, and never in none or in sixty of it."""

import re
from datetime import UTC, datetime

import pytest

from bot.workspace.render.ahead import told_ahead
from bot.workspace.render.reader import Reader

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC).timestamp()
MINUTE, HOUR, DAY = 60, 3600, 86_400
UNITS = {"minute": MINUTE, "hour": HOUR, "day": DAY}


def span(seconds: float, now: float = NOW) -> str:
    return told_ahead(now + seconds, Reader("UTC", now, twelve_hours=False)).rpartition(", in ")[2]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a minute"),
        (1, "less than a minute"),
        (29, "less than a minute"),
        (31, "1 minute"),
        (MINUTE, "1 minute"),
        (89, "1 minute"),
        (91, "2 minutes"),
        (59 * MINUTE + 29, "59 minutes"),
        (59 * MINUTE + 31, "1 hour"),
        (HOUR, "1 hour"),
        (1.49 * HOUR, "1 hour"),
        (1.51 * HOUR, "2 hours"),
        (22.4 * HOUR, "22 hours"),
        (22.6 * HOUR, "23 hours"),
        (47.4 * HOUR, "47 hours"),
        (47.6 * HOUR, "2 days"),
        (2 * DAY, "2 days"),
        (2.49 * DAY, "2 days"),
        (2.51 * DAY, "3 days"),
        (365 * DAY, "365 days"),
    ],
)
def test_a_span_is_told_in_what_it_is_nearest_to(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_no_span_is_told_further_off_than_half_of_what_it_is_counted_in() -> None:
    for seconds in [*range(2 * HOUR), *range(2 * HOUR, 4 * DAY, 59)]:
        said = span(seconds)
        if said == "less than a minute":
            assert seconds < MINUTE
            continue
        count, unit = re.fullmatch(r"(\d+) (minute|hour|day)s?", said).groups()
        assert abs(int(count) * UNITS[unit] - seconds) <= UNITS[unit] / 2
        assert 1 <= int(count) < {"minute": 60, "hour": 48, "day": 366}[unit]
        assert said.endswith("s") is (count != "1")


def test_the_night_on_which_clocks_change_is_as_long_as_it_is() -> None:
    """From eight to eight over the end of summer time in Helsinki pass twenty-five hours."""
    now = datetime(2026, 10, 24, 5, tzinfo=UTC).timestamp()
    told = told_ahead(now + 25 * HOUR, Reader("Europe/Helsinki", now, twelve_hours=False))
    assert told == "tomorrow, Sunday 25 October 08:00, in 25 hours"
