"""The one rule about characters that no database takes, for every source."""

from typing import Any

_NUL = "\N{SYMBOL FOR NULL}"
_LONE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
_UNSTORABLE = {0: _NUL, **_LONE_SURROGATES}


def storable(text: str) -> str:
    """Return a text that PostgreSQL and UTF-8 take, otherwise unchanged.

    NUL becomes its picture U+2400 and half of a surrogate pair becomes U+FFFD: each is one character, so nothing
    moves, and a person sees that something stood there. Every other character is kept, control characters too. The
    raw bytes that arrived are kept beside it.
    """
    return text.translate(_UNSTORABLE)


def storable_json(value: Any) -> Any:
    """Apply `storable` to every text in a JSON value, names of fields too."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_json(each) for each in value]
    if isinstance(value, dict):
        return {storable(key): storable_json(each) for key, each in value.items()}
    return value
