"""Do not disturb as Slack tells it: the spell that runs or comes next."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.quiet import next_change, quiet_spell, quiet_until

NINE = datetime(2027, 1, 4, 21, tzinfo=UTC)
SEVEN = datetime(2027, 1, 5, 7, tzinfo=UTC)
NIGHT = (NINE, SEVEN)
SECOND = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "until", "change"),
    [
        (NINE - SECOND, None, NINE),
        (NINE, SEVEN, SEVEN),
        (SEVEN - SECOND, SEVEN, SEVEN),
        (SEVEN, None, None),
        (SEVEN + timedelta(days=3), None, None),
    ],
    ids=["just before it begins", "as it begins", "just before it ends", "as it ends", "long after"],
)
def test_a_spell_holds_from_its_beginning_until_its_end(now, until, change):
    assert quiet_until(NIGHT, now) == until
    assert next_change(NIGHT, now) == change


def test_who_has_no_spell_may_always_be_disturbed():
    assert quiet_until(None, NINE) is None
    assert next_change(None, NINE) is None


def test_slack_tells_a_spell_in_unix_seconds_and_none_as_one_and_one():
    assert quiet_spell(NINE.timestamp(), SEVEN.timestamp()) == NIGHT
    assert quiet_spell(1, 1) is None
    assert quiet_spell(None, None) is None
    assert quiet_spell(0, None) is None
    assert quiet_spell(200, 100) is None


def test_a_snooze_without_an_end_is_a_long_spell_and_no_error():
    begun, ends = quiet_spell(NINE.timestamp(), 10**18)
    assert begun == NINE
    assert ends.year == 2100
