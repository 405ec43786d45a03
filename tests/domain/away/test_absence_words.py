"""Absences in words. It is Wednesday 25 November 2026, 11:30 in Helsinki."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.away.absence_words import ends_words, past_words, span_words

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI).astimezone(UTC)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "words"),
    [
        ("2026-11-25T11:30", "2026-11-26", "from now until the end of Wed 25 Nov"),
        ("2026-11-25T11:30", "2026-11-25T15:30", "from now until Wed 25 Nov, 15:30"),
        ("2026-11-25T11:30", "2026-12-02", "from now until the end of Tue 1 Dec, 7 days"),
        ("2026-11-27", "2026-11-28", "on Fri 27 Nov"),
        ("2026-11-27", "2026-11-29", "from Fri 27 Nov until the end of Sat 28 Nov, 2 days"),
        ("2026-11-27T12:00", "2026-11-28", "from Fri 27 Nov, 12:00 until the end of Fri 27 Nov"),
        ("2026-11-27T22:00", "2026-11-28T06:00", "from Fri 27 Nov, 22:00 until Sat 28 Nov, 06:00"),
        ("2026-11-30T09:00", "2026-12-02T12:00", "from Mon 30 Nov, 09:00 until Wed 2 Dec, 12:00, 3 days"),
        ("2026-12-24", "2027-01-03", "from Thu 24 Dec until the end of Sat 2 Jan 2027, 10 days"),
        ("2027-03-28", "2027-03-29", "on Sun 28 Mar 2027"),
        ("2027-03-28", "2027-03-30", "from Sun 28 Mar 2027 until the end of Mon 29 Mar 2027, 2 days"),
        ("2027-10-31", "2027-11-01", "on Sun 31 Oct 2027"),
    ],
)
def test_a_time_away_is_said_as_it_will_be_taken(starts_at: str, ends_at: str, words: str):
    assert span_words((local(starts_at), local(ends_at)), HELSINKI, NOW) == words


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "words"),
    [
        ("2026-12-10", "2026-12-02", "until Tue 1 Dec is before Thu 10 Dec"),
        ("2026-12-10T09:00", "2026-12-02", "until Tue 1 Dec is before Thu 10 Dec, 09:00"),
        ("2027-01-10", "2026-12-02", "until Tue 1 Dec is before Sun 10 Jan 2027"),
        ("2026-12-10T16:00", "2026-12-10T14:00", "from Thu 10 Dec, 16:00 until Thu 10 Dec, 14:00"),
        ("2026-12-10T16:00", "2026-12-02T14:00", "from Thu 10 Dec, 16:00 until Wed 2 Dec, 14:00"),
    ],
)
def test_what_ends_before_it_starts_names_the_days_that_were_typed(starts_at: str, ends_at: str, words: str):
    assert ends_words(local(starts_at), local(ends_at), HELSINKI, NOW) == f"That ends before it starts: {words}."


def test_a_day_whose_midnight_does_not_exist_is_a_whole_day():
    """In Beirut the clocks go forward at midnight: the day begins at one."""
    beirut = ZoneInfo("Asia/Beirut")
    day = (datetime(2027, 3, 27, 22, tzinfo=UTC), datetime(2027, 3, 28, 21, tzinfo=UTC))
    assert span_words(day, beirut, NOW) == "on Sun 28 Mar 2027"


@pytest.mark.parametrize(
    ("ends_at", "words"),
    [
        (NOW, "11:30 is past: it is 11:30 now."),
        (NOW - timedelta(minutes=1), "11:29 is past: it is 11:30 now."),
        (local("2026-11-25T00:01"), "00:01 is past: it is 11:30 now."),
        (local("2026-11-25"), "Yesterday is over."),
        (local("2026-11-24T23:59"), "Tue 24 Nov, 23:59 is past."),
        (local("2026-11-24"), "Mon 23 Nov is over."),
        (local("2025-12-24"), "Tue 23 Dec 2025 is over."),
    ],
)
def test_what_is_over_is_said_as_people_would(ends_at: datetime, words: str):
    assert past_words(ends_at, NOW, HELSINKI) == words


def test_what_ends_at_the_instant_at_which_it_starts_ends_as_it_starts():
    at = local("2026-12-10T16:00")
    assert ends_words(at, at, HELSINKI, NOW) == "That ends as it starts, Thu 10 Dec, 16:00."
    assert ends_words(at, at - timedelta(minutes=1), HELSINKI, NOW).startswith("That ends before it starts: ")
