"""Times in a person's own words, in their zone: "+1h", "15:00", "tomorrow 08:30", "fri 16:15", "2026-11-23 15:00"."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.workspace.errors import ControlError

_SPAN: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(d|h|min|m|s)", re.IGNORECASE)
_UNITS: Final = {"d": 86_400, "h": 3_600, "min": 60, "m": 60, "s": 1}
_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?")
_ISO: Final = re.compile(r"(\d)t(\d)")
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT: Final = 3
_EXAMPLES: Final = "+1h, 15:00, tomorrow 08:30, fri 16:15, 2026-11-23 15:00"


def parse_span(words: str) -> float:
    """A length of time such as 10s, 15m, +1h or 1h30m, in seconds; ControlError for what is none."""
    text = words.strip().removeprefix("+").strip()
    parts = _SPAN.findall(text)
    if not parts or _SPAN.sub("", text).strip(" ,"):
        raise ControlError(f"{words!r} is no length of time; write 10s, 15m, 2h or 1d")
    return sum(float(number) * _UNITS[unit.lower()] for number, unit in parts)


def parse_time(words: str, now: float, tz: str) -> float:
    """An instant (Unix seconds) from words in a zone; a bare time is the next one that comes.

    A time that the clock skips is taken with the offset before the change, a doubled one is its first.
    """
    text = words.strip().lower()
    if text == "now":
        return now
    if text.startswith("+"):
        return now + parse_span(text)
    if text.startswith("-"):
        return now - parse_span(text.removeprefix("-"))
    zone = ZoneInfo(tz)
    here = datetime.fromtimestamp(now, UTC).astimezone(zone)
    day_words, clock = _split(text, words)
    day = _day(day_words, here.date(), words) if day_words else here.date()
    moment = datetime.combine(day, clock, zone)
    if not day_words and moment <= here:
        moment = datetime.combine(day + timedelta(days=1), clock, zone)
    if day_words and _is_weekday(day_words) and moment <= here:
        moment = datetime.combine(day + timedelta(days=7), clock, zone)
    return moment.timestamp()


def parse_day(words: str, now: float, tz: str) -> date:
    """A day from words: today, tomorrow, fri, 2026-11-23."""
    here = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(tz)).date()
    return _day(words.strip().lower(), here, words)


def parse_clock(words: str) -> time:
    """A time of day: 9:00, 16.15, 08:30:10."""
    match = _CLOCK.fullmatch(words.strip())
    try:
        if match:
            return time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        pass
    raise ControlError(f"{words!r} is no time of day; write it like 15:00")


def _split(text: str, words: str) -> tuple[str, time]:
    day, _, clock = _ISO.sub(r"\1 \2", text).rpartition(" ")
    try:
        return day.strip().removesuffix(" at").strip(" ,"), parse_clock(clock)
    except ControlError:
        raise ControlError(f"{words!r} is no time that I understand; write one like {_EXAMPLES}") from None


def _is_weekday(words: str) -> bool:
    return len(words) >= _SHORT and any(name.startswith(words) for name in _WEEKDAYS)


def _day(text: str, today: date, words: str) -> date:
    if text in {"today", "tomorrow", "yesterday"}:
        return today + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[text])
    if _is_weekday(text):
        index = next(index for index, name in enumerate(_WEEKDAYS) if name.startswith(text))
        return today + timedelta(days=(index - today.weekday()) % 7)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ControlError(f"{words!r} names no day that I understand; write one like {_EXAMPLES}") from None
