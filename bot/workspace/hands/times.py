"""Times in a person's own words, in their zone: "2h", "15:00", "tomorrow 08:30", "fri 17", "2026-11-23 15:00"."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.workspace.errors import UnclearError
from bot.workspace.hands.naming import quote

_SPAN: Final = re.compile(
    r"(?<!\d)(\d+(?:\.\d+)?)\s*(d|h|m|s)(?:(?<=d)ays?|(?<=h)(?:ours?|rs?)|(?<=m)in(?:ute)?s?|(?<=s)ec(?:ond)?s?)?(?![a-z])",
    re.IGNORECASE,
)
_UNITS: Final = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_BEYOND: Final = 1e12
"""Thirty thousand years: longer than anything that may be asked for, and still a number that can be counted with."""

_JOINTS: Final = re.compile(r"[\s,]+|\band\b")
_IN: Final = re.compile(r"in\s+(?:an?\s+(?=\D))?")
_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?")
_HALVES: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?$")
_HOUR: Final = re.compile(r"\d{1,2}")
_ISO: Final = re.compile(r"(\d)t(\d)")
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT: Final = 3
_HALF_A_DAY: Final = 12
_BEGINS: Final = time(9)
"""The time of a day that is named without one."""

_EXAMPLES: Final = "2h, 15:00, tomorrow 08:30, fri 16:15"


def parse_span(words: str) -> float:
    """A length of time such as 10s, 15m, +1h, 1h30m or 2 hours, in seconds; UnclearError for what is none."""
    text = words.strip().removeprefix("+").strip()
    parts = _SPAN.findall(text)
    if not parts or _JOINTS.sub("", _SPAN.sub("", text)):
        raise UnclearError(f"{quote(words)} is no length of time; write 10s, 15m, 2h or 1d")
    return min(_BEYOND, sum(float(number) * _UNITS[unit.lower()] for number, unit in parts))


def parse_time(words: str, now: float, tz: str) -> float:
    """An instant (Unix seconds) from words in a zone; a bare time is the next one that comes.

    A day without a time begins at nine. A time that the clock skips is taken with the offset before the change, a
    doubled one is its first.
    """
    text = words.strip().lower()
    if text == "now":
        return now
    if text.startswith("-"):
        return now - parse_span(text.removeprefix("-"))
    span = _span(text)
    if span is not None:
        return now + span
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
    raise UnclearError(f"{quote(words)} is no time of day; write it like 15:00")


def _span(text: str) -> float | None:
    """The seconds of "+1h", "2h" and "in 2 hours"; None for what begins like no span."""
    begun = _IN.match(text)
    if begun:
        return parse_span(("1 " if begun.group().split()[1:] else "") + text[begun.end() :])
    return parse_span(text) if text.startswith("+") or _SPAN.match(text) else None


def _split(text: str, words: str) -> tuple[str, time]:
    if text == "tomorrow" or _is_weekday(text):
        return text, _BEGINS
    day, _, clock = _HALVES.sub(_of_24, _ISO.sub(r"\1 \2", text)).rpartition(" ")
    day = day.strip().removesuffix(" at").strip(" ,")
    try:
        return day, parse_clock(f"{clock}:00" if day and _HOUR.fullmatch(clock) else clock)
    except UnclearError:
        raise UnclearError(f"{quote(words)} is no time that I understand; write one like {_EXAMPLES}") from None


def _of_24(match: re.Match[str]) -> str:
    """5 pm as 17:00; what no clock shows, such as 13 am, stays what it is."""
    hour, minutes, half = int(match[1]), match[2] or "00", match[3]
    if not 1 <= hour <= _HALF_A_DAY:
        return match.group()
    return f"{hour % _HALF_A_DAY + (_HALF_A_DAY if half == 'p' else 0)}:{minutes}"


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
        raise UnclearError(f"{quote(words)} names no day that I understand; write one like {_EXAMPLES}") from None
