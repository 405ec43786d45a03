"""Spans of time as people write and read them: `15m`, `2h`, and back."""

import re
from datetime import timedelta
from typing import Final

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN: Final = re.compile(r"([0-9]{1,6})([smhd])")
_SIZES: Final = (("d", timedelta(days=1)), ("h", timedelta(hours=1)), ("m", timedelta(minutes=1)))
_WORDS: Final = ("h", "min", "s")


def read_span(text: str) -> timedelta:
    """Read `10s`, `15m`, `2h` or `1d`; a day is 24 hours.

    Raises:
        ValueError: its sentence says what to write instead.
    """
    match = _SPAN.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(f"“{text[:60]}” is not a duration; write a number and a unit, such as 10s, 15m or 2h")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def span_text(span: timedelta) -> str:
    """Return the shortest text that `read_span` reads as this span, whole seconds of it."""
    for unit, size in _SIZES:
        if span and span % size == timedelta():
            return f"{span // size}{unit}"
    return f"{span // timedelta(seconds=1)}s"


def span_words(span: timedelta) -> str:
    """Return a span for people, the two largest parts of it: "1 h 30 min", "45 min", "20 s". Days are hours: 30 h."""
    seconds = max(0, span // timedelta(seconds=1))
    parts = (seconds // 3600, seconds % 3600 // 60, seconds % 60)
    shown = parts[:2] if seconds >= 60 else parts  # noqa: PLR2004 - from a minute on seconds are noise
    return " ".join(f"{count} {word}" for count, word in zip(shown, _WORDS, strict=False) if count) or "0 min"
