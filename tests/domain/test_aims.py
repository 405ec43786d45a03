"""Aims are data: by category, by client, and as a setting says."""

from datetime import timedelta

import pytest

from bot.domain.aims import FIRST_ANSWER, NEXT_ANSWER, Aims, aims, read_aims
from bot.domain.categories import BILLING, CATEGORIES, COMPLAINT, FOLLOW_UP, NEW_WORK, SUPPORT, THANKS
from bot.domain.spans import read_span, span_text, span_words

HOUR = timedelta(hours=1)


def test_a_complaint_is_heard_sooner_and_thanks_wait_for_nothing():
    for each in (FIRST_ANSWER, NEXT_ANSWER):
        assert each.of(SUPPORT) == each.usual
        assert each.of(COMPLAINT) == each.usual / 2
        assert each.of(THANKS) is None
        assert each.without == (THANKS,)
    assert FIRST_ANSWER.usual < NEXT_ANSWER.usual


def test_every_aim_leaves_time_to_be_reminded_and_none_is_for_a_category_that_does_not_exist():
    known = {row.key for row in CATEGORIES}
    for each in (FIRST_ANSWER, NEXT_ANSWER):
        assert {category for category, _ in each.by_category} <= known
        assert all(aim is None or timedelta(minutes=30) <= aim <= timedelta(hours=8) for _, aim in each.by_category)


@pytest.mark.parametrize(
    ("text", "category", "span"),
    [
        ("1h", SUPPORT, HOUR),
        ("1h", COMPLAINT, HOUR / 2),
        ("1h, complaint=10m", COMPLAINT, HOUR / 6),
        ("1h,billing=4h", BILLING, 4 * HOUR),
        ("1h, thanks=1d", THANKS, 24 * HOUR),
        ("1h, new work=2h , Follow-Up=3h", NEW_WORK, 2 * HOUR),
        ("1h, new work=2h , Follow-Up=3h", FOLLOW_UP, 3 * HOUR),
        ("2h, billing=NONE,", BILLING, None),
        ("2h; billing=30m", BILLING, HOUR / 2),
    ],
)
def test_a_setting_names_the_usual_aim_and_the_categories_that_differ(text, category, span):
    assert read_aims(text).of(category) == span


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("complaint=30m", "begin with the usual time"),
        ("1h, complaints=30m", "not a category"),
        ("1h, complaint", "not a category"),
        ("1h, complaint=soon", "not a duration"),
        ("1h, complaint=5m, complaint=6m", "twice"),
        ("0m", "from 1m to 14d"),
        ("1h, complaint=15d", "from 1m to 14d"),
        ("none", "not a duration"),
        ("", "not a duration"),
    ],
)
def test_a_setting_that_cannot_be_read_says_what_to_write(text, says):
    with pytest.raises(ValueError, match=says):
        read_aims(text)


def test_aims_read_back_as_they_are_written():
    for each in (FIRST_ANSWER, NEXT_ANSWER, read_aims("90m, billing=2d, follow_up=none")):
        assert read_aims(str(each)) == each


@pytest.mark.parametrize(
    ("own", "category", "span"),
    [
        (None, SUPPORT, HOUR),
        (8 * HOUR, SUPPORT, 8 * HOUR),
        (HOUR / 4, SUPPORT, HOUR / 4),
        (8 * HOUR, COMPLAINT, HOUR / 2),
        (HOUR / 4, COMPLAINT, HOUR / 4),
        (HOUR / 4, BILLING, HOUR / 4),
        (HOUR, THANKS, None),
    ],
)
def test_a_clients_own_aim_wins_but_makes_nothing_urgent_wait(own, category, span):
    assert aims(HOUR, {BILLING: 4 * HOUR}).of(category, own) == span


def test_a_bare_aim_holds_for_all():
    assert Aims(HOUR).of(THANKS) == HOUR
    assert Aims(HOUR).without == ()


@pytest.mark.parametrize("text", ["1s", "90s", "1m", "90m", "1h", "36h", "2d"])
def test_a_span_reads_back_as_it_is_written(text):
    assert read_span(span_text(read_span(text))) == read_span(text)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 min"),
        (-5, "0 min"),
        (20, "20 s"),
        (60, "1 min"),
        (119, "1 min"),
        (5400, "1 h 30 min"),
        (7200, "2 h"),
        (108_000, "30 h"),
    ],
)
def test_people_read_hours_and_minutes(seconds, words):
    assert span_words(timedelta(seconds=seconds)) == words
