"""How long ago something was, and how soon it is: in whole units, never more than it is."""

from datetime import UTC, datetime

import pytest

from bot.workspace.render.dates import show_date
from bot.workspace.render.reader import Reader

NOW = datetime(2026, 11, 27, 8, 30, tzinfo=UTC).timestamp()
READER = Reader(tz="UTC", now=NOW)
MINUTE, HOUR, DAY = 60, 3600, 86_400


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds ago"),
        (59.9, "59 seconds ago"),
        (MINUTE, "1 minute ago"),
        (MINUTE + 1, "1 minute ago"),
        (2 * MINUTE - 0.1, "1 minute ago"),
        (2 * MINUTE, "2 minutes ago"),
        (HOUR - 1, "59 minutes ago"),
        (HOUR, "1 hour ago"),
        (2 * HOUR - 1, "1 hour ago"),
        (DAY - 1, "23 hours ago"),
        (DAY, "1 day ago"),
        (2 * DAY - 1, "1 day ago"),
        (-MINUTE, "in 1 minute"),
        (-2 * MINUTE + 1, "in 1 minute"),
        (-2 * HOUR + 1, "in 1 hour"),
    ],
)
def test_what_is_past_or_ahead_is_counted_in_whole_units(seconds: float, words: str):
    assert show_date(NOW - seconds, "{ago}", READER) == words
