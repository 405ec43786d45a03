"""Words and values: nothing of a client's is read as ours, nothing is lost in the codec, nothing is cut in half."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.ids import Action, Field, Window, decode, encode
from bot.blocks.limits import chunks, cut, width, word_chunks
from bot.blocks.words import (
    escape,
    fallback,
    in_utc,
    is_blank,
    listed,
    mention,
    one_line,
    person,
    spoken,
    when,
    when_element,
    written,
)
from bot.domain.characters import clean
from tests.blocks.block_samples import HOSTILE, NOW


@given(st.text(max_size=60))
def test_what_is_encoded_is_decoded(word):
    assert dict(decode(encode("view.private_metadata", request=142, word=word))) == {"request": "142", "word": word}


@pytest.mark.parametrize(
    "value", [None, "", "0&request=1", "2&request=1", "request=1", "1&request", "143", "<!channel>"]
)
def test_what_is_not_of_this_version_is_refused(value):
    with pytest.raises(ValueError, match="version"):
        decode(value)


def test_a_value_that_would_not_fit_is_a_programming_error():
    assert width(encode(word="x" * 143)) == 150
    with pytest.raises(ValueError, match="fit"):
        encode(word="x" * 144)


def test_ids_are_plain_words_and_differ():
    for kind in (Action, Window, Field):
        names = [str(entry) for entry in kind]
        assert len(set(names)) == len(names)
        assert all(name.replace("_", "").isalpha() for name in names)


@given(st.text(), st.integers(min_value=2, max_value=40))
def test_a_cut_text_fits_and_begins_the_same(text, limit):
    short = cut(text, limit)
    assert width(short) <= limit
    assert short == text or text.startswith(short[:-1])


@given(st.text(), st.integers(min_value=2, max_value=9))
def test_chunks_are_the_whole_text(text, size):
    assert "".join(chunks(text, size)) == text
    assert all(width(piece) <= size for piece in chunks(text, size))


@given(st.text(), st.integers(min_value=2, max_value=9))
def test_parted_between_words_a_text_is_whole_as_well(text, size):
    assert "".join(word_chunks(text, size)) == text
    assert all(width(piece) <= size for piece in word_chunks(text, size))


def test_a_text_is_parted_between_lines_else_between_words():
    assert word_chunks("one two three four", 9) == ["one two ", "three ", "four"]
    assert word_chunks("one two\nthree four", 12) == ["one two\n", "three four"]
    assert word_chunks("x" * 20, 9) == ["x" * 9, "x" * 9, "xx"]


def test_a_cut_leaves_a_word_out_rather_than_half_of_it():
    assert cut("send the invoice again", 14) == "send the…"
    assert cut("send the invoice again", 18) == "send the invoice…"
    assert cut("send " + "x" * 40, 30) == "send " + "x" * 24 + "…"


def test_a_family_is_not_torn_apart():
    family = "👩‍👩‍👧‍👦"
    for limit in range(2, 14):
        assert not cut(family * 3, limit).removesuffix("…").endswith("\u200d")


@given(st.text())
def test_an_escaped_text_holds_no_token(text):
    assert "<" not in escape(text)
    assert ">" not in escape(text)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_line_is_one_line_of_bounded_width_without_controls(words):
    line = one_line(words, 80)
    assert width(line) <= 80
    assert "\n" not in line
    assert all(char >= " " for char in line)


def test_right_to_left_words_cannot_reorder_ours():
    assert one_line("מה שלומך", 80) == "\u2068מה שלומך\u2069"
    assert one_line("\u202eevil", 80) == "evil"
    assert one_line("plain", 80) == "plain"


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u200b\u2060", "\ufeff", "\u200d"])
def test_what_cannot_be_seen_is_blank(blank):
    assert is_blank(blank)


def test_halves_of_characters_are_replaced():
    assert clean("a\ud800b") == "a\ufffdb"


def test_times_follow_the_reader_and_name_their_zone_otherwise():
    assert when(NOW) == "<!date^1795784400^{date_short_pretty} at {time}|27 Nov 2026, 13:00 UTC>"
    assert when_element(NOW)["fallback"] == in_utc(NOW) == "27 Nov 2026, 13:00 UTC"


def test_a_day_within_a_sentence_is_written_small():
    """Slack begins "Today" with a capital only where a token begins: what leads to it must stand within."""
    assert when(NOW, "by ").startswith("<!date^1795784400^by {date_short_pretty} at {time}|by 27 Nov 2026")
    assert when_element(NOW, "by ")["format"] == "by {date_short_pretty} at {time}"
    assert spoken(["It ", ("leaves ", NOW)]) == f"It {when(NOW, 'leaves ')}"
    assert written(["It ", ("leaves ", NOW)])["elements"][1] == when_element(NOW, "leaves ")
    assert spoken(["Sent · ", NOW]) == f"Sent · {when(NOW)}"


@pytest.mark.parametrize(
    ("words", "sentence"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_words_are_listed_as_in_a_sentence(words, sentence):
    assert listed(words) == sentence


@pytest.mark.parametrize("user", ["<!channel>", "U1>|x", "", "u1", "#C1"])
def test_only_an_id_becomes_a_mention(user):
    assert person(user, "A & B") == "A &amp; B"
    assert mention(user, "Ben")["type"] == "text"


def test_a_fallback_is_never_empty_and_cuts_no_token_through():
    assert fallback([]) == "(no words)"
    for extra in range(120):
        text = fallback(["x" * (3_900 + extra), *[when(NOW)] * 9])
        assert len(text) <= 4_000
        assert text.count("<") == text.count(">")
