"""Which Slack statuses say that somebody is away."""

import math
from datetime import UTC, datetime

import pytest

from bot.domain.away.away_signs import DEFAULT_SIGNS, emoji_name, is_away, read_status
from bot.domain.hours.settings import AwaySigns


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("", ":palm_tree:"),
        ("", ":airplane:"),
        ("", ":face_with_thermometer:"),
        ("Vacationing", ":palm_tree:"),
        ("On vacation until the 4th", ""),
        ("VACATION", ""),
        ("Out sick", ""),
        ("ooo", ""),
        ("OOO: back Monday", ""),
        ("parental  leave", ""),
        ("Bin im Urlaub", ""),
        (
            "\u0432 \u043e\u0442\u043f\u0443\u0441\u043a\u0435 \u0434\u043e \u043f\u044f\u0442\u043d\u0438\u0446\u044b",
            "",
        ),
        ("Lomalla", ""),
        ("\u6211\u5728\u4f11\u5047\u4e2d", ""),
        ("\uff2f\uff2f\uff2f", ""),
    ],
)
def test_these_say_so(text: str, emoji: str):
    assert is_away(text, emoji, DEFAULT_SIGNS)


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("", ""),
        ("In a meeting", ":spiral_calendar_pad:"),
        ("Working remotely", ":house_with_garden:"),
        ("Commuting", ":bus:"),
        ("Gateway migration", ""),
        ("takeaway lunch", ""),
        ("Looosing my mind", ""),
        ("Lomakkeet", ""),
        ("", "::"),
    ],
)
def test_these_do_not(text: str, emoji: str):
    assert not is_away(text, emoji, DEFAULT_SIGNS)


def test_an_emoji_counts_whatever_its_skin_tone():
    assert emoji_name(":Walking::skin-tone-3:") == "walking"
    assert is_away("", ":walking::skin-tone-5:", AwaySigns(emoji=("walking",)))


def test_a_word_may_hold_what_a_pattern_would_read():
    assert is_away("gone (fishing)", "", AwaySigns(words=("(fishing)",)))
    assert not is_away("anything", "", AwaySigns(words=(".*",)))


def test_without_signs_nobody_is_away():
    assert not is_away("vacation", ":palm_tree:", AwaySigns())


@pytest.mark.parametrize(
    ("expiration", "until"),
    [
        (None, None),
        (0, None),
        (-5, None),
        (1_795_420_800, datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (1_795_420_800.5, datetime(2026, 11, 23, 8, 0, 0, 500_000, tzinfo=UTC)),
        (253_402_300_799, None),
        (1e18, None),
        (10**400, None),
        (math.inf, None),
        (math.nan, None),
        ("soon", None),
    ],
)
def test_a_status_ends_when_a_calendar_has_that_moment(expiration: object, until: datetime | None):
    assert read_status("Away", ":palm_tree:", expiration).until == until
