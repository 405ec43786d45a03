"""Slack's date tokens in the reader's zone (docs: /messaging/formatting-message-text#date-formatting)."""

import re
from datetime import date, datetime
from typing import Final

from bot.workspace.render.reader import Reader

_TOKEN: Final = re.compile(r"\{([a-z_]+)\}")
_HALF_A_YEAR_DAYS: Final = 183
_STEPS: Final = ((60, "second", 1), (3600, "minute", 60), (86_400, "hour", 3600), (float("inf"), "day", 86_400))
_TEENS: Final = range(11, 14)


def show_date(instant: float, template: str, reader: Reader, fallback: str = "") -> str:
    """A template such as "{date_short_pretty} at {time}" filled in; the fallback when a token is not one of Slack's."""
    try:
        return _TOKEN.sub(lambda match: _fill(match, instant, reader), template)
    except (KeyError, ValueError, OverflowError, OSError):
        return fallback or template


def day_of(instant: float, reader: Reader) -> str:
    """The day as a chat's divider shows it: Today, Yesterday, or Monday, November 23rd."""
    return show_date(instant, "{day_divider_pretty}", reader)


def _fill(match: re.Match[str], instant: float, reader: Reader) -> str:
    token, moment = match.group(1), reader.local(instant)
    today = reader.local(reader.now).date()
    if token in {"time", "time_secs"}:
        return reader.clock(instant, seconds=token == "time_secs")  # noqa: S105 the name of a format, no secret
    if token == "ago":  # noqa: S105 likewise
        return _ago(instant - reader.now)
    if token.endswith("_pretty"):
        word = _near(moment.date(), today)
        if word:
            return word.capitalize() if match.start() == 0 else word
        token = "date_long" if token == "day_divider_pretty" else token.removesuffix("_pretty")  # noqa: S105 likewise
    return _spell(token, moment, today)


def _near(day: date, today: date) -> str:
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days, "")


def _spell(token: str, moment: datetime, today: date) -> str:
    year = "" if abs((moment.date() - today).days) < _HALF_A_YEAR_DAYS else f", {moment.year}"
    forms = {
        "date_num": f"{moment:%Y-%m-%d}",
        "date_slash": f"{moment:%d/%m/%Y}",
        "date": f"{moment:%B} {_ordinal(moment.day)}{year}",
        "date_short": f"{moment:%b} {moment.day}{year}",
        "date_long": f"{moment:%A}, {moment:%B} {_ordinal(moment.day)}{year}",
        "date_long_full": f"{moment:%B} {moment.day}, {moment.year}",
    }
    return forms[token]


def _ordinal(day: int) -> str:
    return f"{day}th" if day in _TEENS else f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"


def _ago(seconds: float) -> str:
    size = abs(seconds)
    unit, length = next((unit, length) for most, unit, length in _STEPS if size < most)
    count = int(size // length)
    span = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {span}" if seconds > 0 else f"{span} ago"
