"""What cannot be seen does not reach a terminal, and what people write does."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.characters import clean, visible

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HEART = "\u2764\ufe0f\u200d\U0001f525"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
MALAYALAM = "\u0d15\u0d4d\u200d"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Company \u202egnituo", "Company gnituo"),
        ("\u2066closed\u2069", "closed"),
        ("Mi\u200bra", "Mira"),
        ("Mi\u200dra", "Mira"),
        ("Mi\u200c\u200dra\u200d", "Mira"),
        ("\ufeffMira\u2060", "Mira"),
        ("Mi\u00adra", "Mira"),
        ("\u200eMira\u200f\u061c", "Mira"),
        ("Mi\u2063ra\u206a", "Mira"),
        ("Mi\U000e0061\U000e007fra", "Mira"),
        ("\u3164\u115f\uffa0\u2800", ""),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x9b31mred", "31mred"),
        ("over\rwritten", "over written"),
        ("one\u2028two\u2029three\x85four\x0bfive\r\nsix", "one two three four five six"),
        ("a\x00\x07\x08b", "ab"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_what_cannot_be_seen_or_moves_others_about_is_left_out(text: str, shown: str):
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "one\ntwo\tthree",
        "Hämäläinen, Nguyễn, Łódź",
        "\N{GRINNING FACE} --",
        "\u05e9\u05dc\u05d5\u05dd",
        FAMILY,
        HEART,
        PERSIAN,
        "\u0600\u0661\u0662",
        "\U0001f1eb\U0001f1ee",
        "e\u0301",
    ],
)
def test_what_people_write_stays(text: str):
    assert visible(text) == text


def test_a_joiner_with_nothing_to_join_goes():
    assert visible(MALAYALAM) == MALAYALAM.removesuffix("\u200d")
    assert visible(f"{FAMILY}\u200d x") == f"{FAMILY} x"


@given(st.text() | st.text(alphabet="ab \n\u200b\u200c\u200d\u202e\u05d0\U0001f468\r\u2028\x1b"))
def test_nothing_unseen_is_left_and_no_line_is_made(text: str):
    shown = visible(text)
    assert visible(shown) == shown
    assert shown.count("\n") == text.count("\n") - text.count("\r\n")
    assert not any(
        unicodedata.bidirectional(char) in {"LRO", "RLO", "LRE", "RLE", "PDF", "LRI", "RLI"} for char in shown
    )
    assert not any(unicodedata.category(char) == "Cc" for char in shown.replace("\n", "").replace("\t", ""))
    assert not {"\u200b", "\ufeff", "\u2060"} & set(shown)


@given(st.text())
def test_what_slack_gets_keeps_the_marks_that_natural_text_needs(text: str):
    kept = "\u200c\u200d\u200e\u200f"
    assert [char for char in clean(text) if char in kept] == [char for char in text if char in kept]
