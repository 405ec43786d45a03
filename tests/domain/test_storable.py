"""What no database takes is taken out of words, and nothing moves."""

import json

import pytest

from bot.domain.storable import storable, storable_json


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("caf\u00e9 \U0001f334", "caf\u00e9 \U0001f334"),
        ("a\u0000b", "a\u2400b"),
        ("a\ud83cb", "a\ufffdb"),
        ("\udf34", "\ufffd"),
        ("\u0007\u202e", "\u0007\u202e"),
    ],
)
def test_each_character_that_cannot_be_stored_becomes_one_that_can(given: str, kept: str):
    assert storable(given) == kept
    storable(given).encode()


def test_every_word_of_a_payload_is_looked_at():
    given = json.loads(r'{"a\u0000": ["\ud83c", {"b": "\u0000"}, 1, null, true]}')
    assert storable_json(given) == {"a\u2400": ["\ufffd", {"b": "\u2400"}, 1, None, True]}
