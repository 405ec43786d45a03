"""What is no time away, and which fault is said first. It is Wednesday 25 November 2026, 11:30 in Helsinki."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.away.absences import AbsenceError, check_spell

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ORDER, PAST = "That ends before it starts", "is past: it is 11:30 now."


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-25T{clock}").replace(tzinfo=HELSINKI).astimezone(UTC)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "words"),
    [
        (at("16:00"), at("14:00"), ORDER),
        (at("16:00"), at("11:00"), ORDER),
        (at("11:00"), at("10:00"), ORDER),
        (NOW + SECOND, NOW, ORDER),
        (NOW, NOW, PAST),
        (NOW, NOW - SECOND, PAST),
        (NOW, at("08:00"), PAST),
        (NOW - SECOND, NOW, PAST),
        (at("08:00"), at("10:00"), PAST),
        (at("10:00"), at("10:00"), "That ends as it starts"),
    ],
)
def test_a_wrong_order_is_said_whatever_the_time_is(starts_at: datetime, ends_at: datetime, words: str):
    with pytest.raises(AbsenceError) as refused:
        check_spell(starts_at, ends_at, now=NOW, tz=HELSINKI)
    assert words in refused.value.sentence
    assert refused.value.field == "until"


def test_what_began_before_is_taken_from_now():
    assert check_spell(at("08:00"), NOW + SECOND, now=NOW, tz=HELSINKI) == (NOW, NOW + SECOND)
